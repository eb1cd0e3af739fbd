"""Where a link really leads: mail programs and search engines put their own address before it."""

import base64
import re
from urllib.parse import parse_qs, unquote, urlsplit

WRAPPERS: tuple[tuple[str, str], ...] = (
    ("safelinks.protection.outlook.com", "url"),
    ("safelinks.protection.office365.us", "url"),
    ("statics.teams.cdn.office.net", "url"),
    ("linkprotect.cudasvc.com", "a"),
    ("l.facebook.com", "u"),
    ("lm.facebook.com", "u"),
    ("l.instagram.com", "u"),
    ("slack-redir.net", "url"),
    ("protect-de.mimecast.com", "url"),
)
"""Hosts, and in which parameter each carries the address."""
MOST = 5
SCHEMES = {"http", "https", "mailto", "tel"}
SIGNS = {"http": "//", "https": "//"}


def real(address: str) -> str:
    """``address`` without what was put before it; empty when it leads nowhere that visitors could follow.

    An address of another kind (a file of the author's computer, a place in the same document, a script) is none.
    """
    address = address.strip()
    for _step in range(MOST):
        inner = _inner(address)
        if not inner or inner == address:
            break
        address = inner
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme.lower() not in SCHEMES or (parts.scheme.lower() in SIGNS and not parts.netloc):
        return ""
    return "" if re.search(r"\s", address) else address


def _inner(address: str) -> str:
    """What a wrapper carries; empty when ``address`` is none."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
        query = parse_qs(parts.query)
    except ValueError:
        return ""
    for wrapper, name in WRAPPERS:
        if host == wrapper or host.endswith(f".{wrapper}"):
            return query.get(name, [""])[0]
    if re.fullmatch(r"(www\.)?google(\.[a-z]{2,3}){1,2}", host) and parts.path == "/url":
        return (query.get("q") or query.get("url") or [""])[0]
    if host in {"urldefense.proofpoint.com", "urldefense.com"}:
        return _defended(address, parts.path, query)
    if host.endswith(".protection.sophos.com"):
        return _decoded(query.get("u", [""])[0])
    return ""


def _defended(address: str, path: str, query: dict[str, list[str]]) -> str:
    """Proofpoint's URL Defense, versions 1 to 3."""
    if path.startswith("/v3/"):
        found = re.search(r"/v3/__(.+?)__;", address)
        return _with_signs_put_back(found[1], address) if found else ""
    wrapped = query.get("u", [""])[0]
    if path.startswith("/v2/"):
        wrapped = unquote(wrapped.replace("-", "%").replace("_", "/"))
    return wrapped


def _with_signs_put_back(wrapped: str, address: str) -> str:
    """Version 3 puts ``*`` in the place of signs and names them in base64 behind ``__;``."""
    after = address.partition("__;")[2].partition("!")[0]
    signs = iter(_decoded(after))
    return re.sub(r"\*", lambda _found: next(signs, "*"), wrapped)


def _decoded(text: str) -> str:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (ValueError, UnicodeDecodeError):
        return ""

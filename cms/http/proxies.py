"""Where a request comes from, when proxies of the city stand in between; and whether the settings fit them."""

import ipaddress
import json
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_noop

HEADERS = ("X-Forwarded-For", "Forwarded")
FORGOTTEN_AFTER = 48 * 60 * 60
ONCE_AN = 60 * 60
ENOUGH_FROM_ONE = 500
"""So many requests one after another from one private address are not those of one person."""
FINDINGS = {
    "missing": gettext_noop(
        "PROXY_COUNT says that proxies stand in front, but requests arrive without the header that names the visitor. "
        "All visitors count as one, or a forged header is believed: let the proxy set it."
    ),
    "short": gettext_noop(
        "Requests name fewer proxies than PROXY_COUNT. They came past a proxy, or PROXY_COUNT is too high."
    ),
    "unreadable": gettext_noop(
        "The header of the proxy that should name the visitor holds no address. All visitors count as one."
    ),
    "unexpected": gettext_noop(
        "Requests come through a proxy, but PROXY_COUNT is 0. All visitors count as one: set PROXY_COUNT."
    ),
    "one": gettext_noop(
        "All requests seem to come from one address inside the network. PROXY_COUNT is probably too low."
    ),
}
"""What can be wrong. For the operator."""

logger = logging.getLogger(__name__)


def read_address(entry: str) -> str:
    """The address of an entry of ``X-Forwarded-For``, or of ``for=`` in ``Forwarded`` (RFC 7239, 6), without its
    port; empty when there is none.
    """
    text = entry.strip().strip('"').strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    return str(mapped or found)


def chain(request: HttpRequest) -> list[str]:
    """The entries of the header that our proxies write, nearest proxy last; unreadable ones are empty.

    Only one header is read, the other could be forged. Split from the right, an open quotation mark that a visitor
    sends cannot swallow what a proxy has added.
    """
    value = request.headers.get(settings.PROXY_HEADER, "")
    if not value.strip():
        return []
    entries = value.split(",")
    if settings.PROXY_HEADER == "Forwarded":
        entries = [_for(entry) for entry in entries]
    return [read_address(entry) for entry in entries]


def _for(element: str) -> str:
    for pair in reversed(element.split(";")):
        name, _equals, value = pair.partition("=")
        if name.strip().lower() == "for":
            return value
    return ""


def address(request: HttpRequest) -> str:
    """From where a request comes. Only what our own proxies have written is believed: anybody can send the rest."""
    found, count = chain(request), settings.PROXY_COUNT
    if 0 < count <= len(found) and found[-count]:
        return found[-count]
    direct = str(request.META.get("REMOTE_ADDR", ""))
    return read_address(direct) or direct


def network(address: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 that a household gets in IPv6 (RFC 6177)."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network(f"{found}/64", strict=False).network_address)


def client(request: HttpRequest) -> str:
    """Who asks, for counting."""
    return network(address(request))


# Whether the settings fit


def wrong(request: HttpRequest) -> str:
    """The key of a finding that this request alone shows; empty when all is well."""
    found, count = chain(request), settings.PROXY_COUNT
    if count == 0:
        return "unexpected" if any(request.headers.get(header) for header in HEADERS) else ""
    if not found:
        return "missing"
    if len(found) < count:
        return "short"
    return "" if found[-count] else "unreadable"


class ProxyMiddleware:
    """Looks at requests as they arrive, and tells the operator once an hour what shows wrong settings."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._told: dict[str, float] = {}
        self._last, self._times, self._lock = "", 0, threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        finding = wrong(request) or self._is_always_the_same(request)
        if finding and time.monotonic() - self._told.get(finding, -ONCE_AN) >= ONCE_AN:
            self._told[finding] = time.monotonic()
            logger.warning("%s (from %s)", FINDINGS[finding], request.META.get("REMOTE_ADDR", "?"))
            note(finding)
        return self.get_response(request)

    def _is_always_the_same(self, request: HttpRequest) -> str:
        now = address(request)
        with self._lock:
            self._times = self._times + 1 if now == self._last else 1
            self._last = now
            is_suspicious = self._times >= ENOUGH_FROM_ONE
        return "one" if is_suspicious and settings.PROXY_COUNT and _is_inside(now) else ""


def _is_inside(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_private
    except ValueError:
        return False


def _file() -> Path:
    return Path(settings.DATA_DIR, "proxy-findings.json")


def note(finding: str) -> None:
    """Keeps a finding where other processes of this machine find it; not in the database, which reading never locks."""
    path = _file()
    try:
        kept = {**_noted(), finding: time.time()}
        new = path.with_suffix(".new")
        new.write_text(json.dumps(kept))
        new.replace(path)
    except OSError as error:
        logger.warning("proxy finding could not be kept: %s", error)


def _noted() -> dict[str, float]:
    try:
        kept: dict[str, float] = json.loads(_file().read_text())
    except (OSError, ValueError):
        return {}
    return {key: at for key, at in kept.items() if key in FINDINGS and time.time() - at < FORGOTTEN_AFTER}


def findings() -> list[str]:
    """What was seen in the last two days, in English sentences that gettext knows."""
    return [FINDINGS[key] for key in sorted(_noted())]

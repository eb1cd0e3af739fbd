"""Under which names this site is reached: a calendar there is one of ours."""

from contextlib import suppress
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from wagtail.models import Site

USUAL_PORTS = ("", "80", "443")
EVERY_HOST = "*"
"""Only for development: it would make every calendar one of ours."""


def is_own_host(name: str) -> bool:
    """``name``: host, and port where it is not the usual one, as ``cms.outbound.host_of`` gives it.

    Names that Django answers to (``ALLOWED_HOSTS``) count at the usual ports, those of the Sites at any: a Site may
    note the port on which the platform listens behind a proxy.
    """
    host, port = _plain(name)
    if host in {_plain(urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc)[0], *_of_sites()}:
        return True
    return port in USUAL_PORTS and validate_host(host, _allowed())


def _of_sites() -> set[str]:
    return {_plain(host)[0] for host in Site.objects.values_list("hostname", flat=True)}


def _allowed() -> list[str]:
    """A pattern that begins with a dot stands for a domain and all below it."""
    patterns = [pattern for pattern in settings.ALLOWED_HOSTS if pattern != EVERY_HOST]
    return [f"{'.' if pattern.startswith('.') else ''}{_plain(pattern.lstrip('.'))[0]}" for pattern in patterns]


def _plain(name: str) -> tuple[str, str]:
    """Host and port, however they are spelt: case, dot at the end, percent signs, letters beyond ASCII, "www."."""
    name = unquote(name).strip().rstrip(".")
    with suppress(UnicodeError):
        name = name.encode("idna").decode()
    name = name.lower()
    host, port = split_domain_port(name)
    return (host or name).rstrip(".").removeprefix("www."), port

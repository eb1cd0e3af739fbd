"""Dates of this site itself that come back by way of another calendar: each look would have them once more."""

from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from wagtail.models import Site

from dates.calendar_import.foreign import Reading
from dates.council.session_history import FormerAddress
from dates.council.sessions import CouncilSession
from dates.events.event_page import EventPage

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


def leave_out_own(reading: Reading) -> int:
    """Takes out what was published here and comes back by way of another calendar; says how many there were."""
    wanted = {foreign.uid for foreign in (*reading.events, *reading.beyond) if _is_uuid(foreign.uid)}
    own = set(_ours(wanted)) if wanted else set()
    if not own:
        return 0
    before = len(reading.events)
    reading.events = [foreign for foreign in reading.events if _key(foreign.uid) not in own]
    reading.beyond = [foreign for foreign in reading.beyond if _key(foreign.uid) not in own]
    return before - len(reading.events)


def _ours(uids: Iterable[str]) -> Iterable[str]:
    wanted = [UUID(uid) for uid in uids]
    yield from map(str, EventPage.objects.filter(uid__in=wanted).values_list("uid", flat=True))
    yield from map(str, CouncilSession.objects.filter(uid__in=wanted).values_list("uid", flat=True))
    yield from map(str, FormerAddress.objects.filter(uid__in=wanted).values_list("uid", flat=True))


def _key(uid: str) -> str:
    return str(UUID(uid)) if _is_uuid(uid) else ""


def _is_uuid(uid: str) -> bool:
    try:
        UUID(uid)
    except ValueError:
        return False
    return True

"""Dates of this site itself that come back by way of another calendar: each look would have them once more."""

from collections.abc import Iterable
from uuid import UUID

from dates.calendar_import.foreign import Reading
from dates.council.session_history import FormerAddress
from dates.council.sessions import CouncilSession
from dates.events.event_page import EventPage


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

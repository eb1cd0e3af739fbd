"""What a server says about a meeting: whatever it is, it becomes values with flags.

Nothing here asks the network or the database.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cms.localization.accepted_dates import is_accepted
from dates.oparl.objects import LONGEST_TEXT, kind, references, short, text

LONGEST_SESSION = dt.timedelta(hours=24)

NOTHING_SAID = {"", "n/a", "n.a.", "k.a.", "k. a.", "null", "none", "unbekannt", "-", "–", "—", "."}
"""How servers write that they know no place."""
CANCELLED_NAME = re.compile(r"\W*entf(ä|ae)llt\b", re.IGNORECASE)
CANCELLED_HINT = re.compile(r"abgesagt|entf(ä|ae)llt|verschoben|verlegt|cancel|aufgehoben|vertagt", re.IGNORECASE)
KEPT = (
    "id type name meetingState cancelled start end location organization invitation resultsProtocol web deleted"
).split()
"""What is kept of a meeting. Agenda and participants are not: they are of no use here, and some of it is personal."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a meeting is; all empty when the server does not know."""

    name: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""

    @property
    def text(self) -> str:
        town = f"{self.postal_code} {self.city}".strip()
        return ", ".join(filter(None, (self.name, self.street, town)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting. ``flags`` are stable words for what a person should look at, in ``dates.oparl.doubts``."""

    id: str
    name: str = ""
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    location: Location = Location()
    cancelled: bool = False
    deleted: bool = False
    organizations: tuple[str, ...] = ()
    web: str = ""
    agenda: str = ""
    minutes: str = ""
    flags: tuple[str, ...] = ()
    raw: dict[str, Any]


def read_meeting(value: Any) -> Meeting | None:
    """A meeting, or a note that it was deleted (which may lack everything but the id); None for anything else."""
    if not isinstance(value, dict):
        return None
    identity = text(value.get("id"))
    deleted = value.get("deleted") is True
    if (
        not identity
        or len(identity) > 2 * LONGEST_TEXT
        or (kind(value) != "Meeting" and not (deleted and "type" not in value))
    ):
        return None
    name = short(value.get("name"))
    start, flags = _start(value.get("start"))
    cancelled = value.get("cancelled") is True or bool(CANCELLED_NAME.match(name))
    if not cancelled and _may_be_cancelled(value, name):
        flags.append("maybe_cancelled")
    if not deleted and value.get("deleted") not in (None, False):
        flags.append("maybe_deleted")
    end, strange = _end(value.get("end"), start)
    return Meeting(
        id=identity,
        name=name,
        start=start,
        end=end,
        location=read_location(value.get("location")),
        cancelled=cancelled,
        deleted=deleted,
        organizations=references(value.get("organization")),
        web=_url(value.get("web")),
        agenda=_file(value.get("invitation")),
        minutes=_file(value.get("resultsProtocol")),
        flags=() if deleted else (*flags, *strange),
        raw={key: value[key] for key in KEPT if key in value},
    )


def _may_be_cancelled(value: dict[str, Any], name: str) -> bool:
    said = f"{name} {text(value.get('meetingState'))}"
    return bool(CANCELLED_HINT.search(said)) or value.get("cancelled") not in (None, False)


def _start(value: Any) -> tuple[dt.datetime | None, list[str]]:
    """The start in the time of the city. A day without time is no start: nobody meets at midnight."""
    if value is None:
        return None, ["no_start"]
    found, naive = _moment(value)
    if found is None:
        return None, ["strange_start"]
    if (found.hour, found.minute) == (0, 0):
        return None, ["no_time"]
    return found, ["naive_time"] if naive else []


def _end(value: Any, start: dt.datetime | None) -> tuple[dt.datetime | None, list[str]]:
    """Unknown if it is not after the start or at midnight: servers fill it with the next one or with that day's."""
    found, _naive = _moment(value)
    if start is None or found is None or found <= start or (found.hour, found.minute) == (0, 0):
        return None, []
    return (found, []) if found - start <= LONGEST_SESSION else (None, ["strange_end"])


def _moment(value: Any) -> tuple[dt.datetime | None, bool]:
    """A moment to the minute in the time of the city, and whether the server left out the time zone."""
    try:
        found = dt.datetime.fromisoformat(text(value))
        naive = found.tzinfo is None
        zone = timezone.get_default_timezone()
        found = (found.replace(tzinfo=zone) if naive else found.astimezone(zone)).replace(second=0, microsecond=0)
    except (ValueError, OverflowError):
        return None, False
    return (found, naive) if is_accepted(found) else (None, False)


def read_location(value: Any) -> Location:
    """An embedded location; a name alone is taken as it is, an address of one says nothing yet."""
    if isinstance(value, str):
        return Location() if value.startswith(("http://", "https://")) else Location(name=_said(value))
    if not isinstance(value, dict):
        return Location()
    description, room = _said(value.get("description")), _said(value.get("room"))
    name = description if room.casefold() in description.casefold() else ", ".join(filter(None, (description, room)))
    return Location(
        name[:LONGEST_TEXT],
        _said(value.get("streetAddress"))[:150],
        _said(value.get("postalCode"))[:10],
        _said(value.get("locality"))[:100],
    )


def _said(value: Any) -> str:
    found = short(value)
    return "" if found.casefold() in NOTHING_SAID else found


def _url(value: Any) -> str:
    found = text(value)
    return found if re.fullmatch(r"https://[^\s\\@]{4,190}", found) else ""


def _file(value: Any) -> str:
    return _url(value.get("accessUrl")) if isinstance(value, dict) else ""

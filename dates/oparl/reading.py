"""What a server says about a meeting: whatever it is, it becomes values with flags.

Nothing here asks the network or the database.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from cms.localization.accepted_dates import is_accepted
from dates.oparl.items import ReadItem, first_file, link, may_be_kept, read_items, unread_items
from dates.oparl.objects import LONGEST_TEXT, is_false, is_true, kind, many, references, restful, short, text

LONGEST_SESSION = dt.timedelta(hours=24)

NOTHING_SAID = {"", "na", "ka", "nn", "tba", "null", "none", "unbekannt", "nicht bekannt", "keine angabe"}
"""How servers write that they know no place, without blanks and signs at its ends and inside abbreviations."""
CANCELLED_NAME = re.compile(r"\W*entf(ä|ae)llt\b", re.IGNORECASE)
CANCELLED_HINT = re.compile(r"abgesagt|entf(ä|ae)llt|verschoben|verlegt|cancel|aufgehoben|vertagt", re.IGNORECASE)
KEPT = (
    "id type name meetingState cancelled start end location organization invitation resultsProtocol auxiliaryFile web "
    "deleted"
).split()
"""What is kept of a meeting, beside the public points of its agenda. Participants are not: they are people."""


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
        where = (self.name, self.street)
        return ", ".join(filter(None, (*where, town))) if any(where) else ""  # a town alone is no place to meet


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
    papers: str = ""
    items: tuple[ReadItem, ...] | None = None
    """Public points of the agenda; None when the server says nothing of an agenda."""
    unread_items: frozenset[str] = frozenset()
    modified: dt.datetime | None = field(default=None, compare=False)
    flags: tuple[str, ...] = ()
    raw: dict[str, Any]

    @property
    def has_strange_end(self) -> bool:
        """An end was told, but none that could be."""
        return self.end is None and self.raw.get("end") is not None


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
    by_name = bool(CANCELLED_NAME.match(name))
    cancelled = is_true(value.get("cancelled")) or by_name
    if by_name and not is_true(value.get("cancelled")):
        flags.append("cancelled_by_name")
    if not cancelled and _may_be_cancelled(value, name):
        flags.append("maybe_cancelled")
    if not deleted and value.get("deleted") not in (None, False):
        flags.append("maybe_deleted")
    end, strange = _end(value.get("end"), start)
    items, unclear = read_items(value.get("agendaItem"))
    return Meeting(
        id=identity,
        name=name,
        start=start,
        end=end,
        location=read_location(value.get("location")),
        cancelled=cancelled,
        deleted=deleted,
        organizations=references(value.get("organization")),
        web=link(value.get("web")),
        agenda=first_file(value.get("invitation")),
        minutes=first_file(value.get("resultsProtocol")),
        papers=first_file(value.get("auxiliaryFile")),
        items=items,
        unread_items=unread_items(value.get("agendaItem")),
        modified=_moment(value.get("modified"))[0],
        flags=() if deleted else (*flags, *strange, *(["agenda_unclear"] if unclear else [])),
        raw=kept(value),
    )


def kept(value: dict[str, Any]) -> dict[str, Any]:
    """What may be stored: nothing that is not public, and nobody who takes part."""
    found = {key: restful(value[key]) for key in KEPT if key in value}
    if "agendaItem" in value:
        found["agendaItem"] = [may_be_kept(each) for each in many(value["agendaItem"]) if may_be_kept(each)]
    return found


def _may_be_cancelled(value: dict[str, Any], name: str) -> bool:
    said = f"{name} {text(value.get('meetingState'))}"
    return bool(CANCELLED_HINT.search(said)) or not is_false(value.get("cancelled"))


def _start(value: Any) -> tuple[dt.datetime | None, list[str]]:
    """The start in the time of the city. A day without time is no start: nobody meets at midnight."""
    if value is None:
        return None, ["no_start"]
    found, naive = _moment(value)
    if found is None:
        return None, ["strange_start"]
    if (found.hour, found.minute) == (0, 0):
        return None, ["no_time"]
    if naive:
        return found, ["naive_time"]
    return found, [] if _fits(value, found) else ["strange_offset"]


def _fits(value: Any, found: dt.datetime) -> bool:
    """Whether an offset is that of the city on that day, or UTC: some servers write that of summer all the year."""
    return dt.datetime.fromisoformat(text(value)).utcoffset() in (dt.timedelta(0), found.utcoffset())


def _end(value: Any, start: dt.datetime | None) -> tuple[dt.datetime | None, list[str]]:
    """Unknown if it is not after the start or at midnight: servers fill it with the next one or with that day's."""
    found, _naive = _moment(value)
    if start is None or found is None or found == start or (found.hour, found.minute) == (0, 0):
        return None, []
    if found < start:
        return None, ["early_end"]
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
    if isinstance(value, list) and len(value) == 1:
        return read_location(value[0])
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
    bare = re.sub(r"[^\w ]", "", found).casefold().strip()
    return "" if bare in NOTHING_SAID or bare.replace(" ", "") in NOTHING_SAID else found

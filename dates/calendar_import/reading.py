"""From the bytes of a foreign calendar to what our events can say. Pure: asks neither database nor network.

The file comes from a stranger: whatever is in it, the answer is a ``Reading`` or ``NothingTaken``.
"""

import datetime as dt
import time

from dates.calendar_import import series, texts
from dates.calendar_import.components import (
    BROKEN,
    Component,
    Named,
    component_of,
    foreign_of,
    know_zones,
    moment,
    title_in,
    uid_in,
)
from dates.calendar_import.foreign import Addition, Change, Foreign, Reading, family_of, hashed
from dates.calendar_import.outcomes import NothingTaken, Outcome
from dates.calendar_import.privacy import is_private
from dates.calendar_import.source_lines import Lines, lines_of, name_of, value_of
from dates.calendar_import.texts import without_cancellation
from dates.calendars.document import PRODUCT

__all__ = ["Addition", "Change", "Foreign", "Reading", "read"]

AHEAD = dt.timedelta(days=366)
MOST_EVENTS = 200
MOST_SECONDS = 60


def read(data: bytes, today: dt.datetime) -> Reading:
    """Dates from ``today`` (a midnight) on, for a year. Raises NothingTaken."""
    until = time.monotonic() + MOST_SECONDS
    lines = lines_of(data)
    if any(name_of(line) == "PRODID" and value_of(line).strip() == PRODUCT for line in lines.header):
        raise NothingTaken(Outcome.OWN)
    reading = Reading(
        is_empty=not (lines.events or lines.broken or lines.busy),
        is_windows_1252=lines.is_windows_1252,
        private=lines.busy,
    )
    know_zones(lines.zones)
    known: dict[str, Foreign] = {}
    for name, family in _families(lines, reading).items():
        if time.monotonic() > until:
            raise NothingTaken(Outcome.TOO_LARGE)
        try:
            found = _of_family(name, family, reading, today)
        except BROKEN:
            title = texts.line(family[0].component.get("SUMMARY", ""), 80)
            _note_unread(reading, name, family[0].uid, title)
            continue
        for foreign in found:
            known.setdefault(foreign.key, foreign)
    for foreign in known.values():
        (reading.events if _is_in_time(foreign, today) else reading.beyond).append(foreign)
    if len(reading.events) > MOST_EVENTS:
        raise NothingTaken(Outcome.TOO_LARGE)
    return reading


def _is_in_time(foreign: Foreign, today: dt.datetime) -> bool:
    last = foreign.last_day
    return (last is None or last >= today.date()) and foreign.start < today + AHEAD


def _families(lines: Lines, reading: Reading) -> dict[str, list[Named]]:
    """Events by what they are called: the UID's hash, or that of their content where they have none."""
    families: dict[str, list[Named]] = {}
    for broken in lines.broken:
        _note_unread(reading, family_of(uid_in(broken)), uid_in(broken), title_in(broken))
    for each in lines.events:
        uid, hidden = uid_in(each), is_private(each)
        reading.private += hidden
        try:
            component = component_of(each)
            name = family_of(uid) if uid else _content(component)
        except BROKEN:
            if hidden:
                reading.private_families.add(family_of(uid))
            else:
                _note_unread(reading, family_of(uid), uid, title_in(each))
            continue
        if hidden and "RECURRENCE-ID" not in component:
            reading.private_families.add(name)
        families.setdefault(name, []).append(Named(uid, component, hidden))
    return families


def _note_unread(reading: Reading, family: str, uid: str, title: str) -> None:
    reading.skipped += 1
    reading.unread.append(title)
    reading.unread_families.add(family)
    reading.is_whole = reading.is_whole and bool(uid)


def _content(component: Component, *more: str) -> str:
    """What an event without a UID is known by, and one that shares its UID: title, without a word of cancellation."""
    title, _cancelled = without_cancellation(texts.line(component.get("SUMMARY", ""), 255))
    return hashed(*more, title.casefold(), moment(component["DTSTART"].dt).isoformat())


def _of_family(name: str, family: list[Named], reading: Reading, today: dt.datetime) -> list[Foreign]:
    public = _latest([named for named in family if not named.is_exception and not named.is_private])
    if not public and any(not named.is_exception for named in family):
        return []
    others = _latest([named for named in family if named.is_exception])
    if len(public) > 1:
        reading.shared += len(public)
    uid = family[0].uid
    if not public:
        return [
            foreign_of(each.component, key=hashed(uid, _original(each)), family=name, uid=uid)
            for each in others
            if not each.is_private
        ]
    for each in others:
        _complete(each.component, public[0].component)
    found: list[Foreign] = []
    takes_others = next((each for each in public if {"RRULE", "RDATE"} & set(each.component)), public[0])
    for named in public:
        of_it = others if named is takes_others else []
        source = series.Source(
            uid=uid,
            family=name,
            name="" if len(public) == 1 else _content(named.component, "content"),
            regular=named.component,
            others=[each.component for each in of_it if not each.is_private],
            private_days=[each.component["RECURRENCE-ID"].dt for each in of_it if each.is_private],
        )
        found += series.events_of(source, today, today + AHEAD)
    return found


def _complete(other: Component, regular: Component) -> None:
    """A date that differs says at least which one it is; what it leaves out is as on the others."""
    if "DTSTART" not in other:
        day, begin = other["RECURRENCE-ID"].dt, regular["DTSTART"].dt
        is_day = isinstance(begin, dt.datetime) and not isinstance(day, dt.datetime)
        other.add("DTSTART", dt.datetime.combine(day, begin.timetz()) if is_day else day)
    if "SUMMARY" not in other and "SUMMARY" in regular:
        other["SUMMARY"] = regular["SUMMARY"]


def _original(named: Named) -> str:
    return moment(named.component["RECURRENCE-ID"].dt).isoformat()


def _latest(found: list[Named]) -> list[Named]:
    """Without what is there twice, and without older versions of the same (RFC 5546: the highest SEQUENCE counts)."""
    kept: dict[str, Named] = {}
    for named in sorted(found, key=_sequence):
        kept[_original(named) if named.is_exception else _content(named.component)] = named
    if len(kept) > 1 and not found[0].is_exception and _are_versions(list(kept.values())):
        return [max(kept.values(), key=_sequence)]
    return [named for named in found if named in kept.values()] if len(kept) == len(found) else list(kept.values())


def _sequence(named: Named) -> int:
    try:
        return int(named.component.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        return 0


def _are_versions(found: list[Named]) -> bool:
    """Whether events with one UID are one that was changed: numbered differently, of one title or at one time."""
    titles = {str(named.component.get("SUMMARY", "")).casefold() for named in found}
    starts = {moment(named.component["DTSTART"].dt) for named in found}
    return len({_sequence(named) for named in found}) == len(found) and (len(titles) == 1 or len(starts) == 1)

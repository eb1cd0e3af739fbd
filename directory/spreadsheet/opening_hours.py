"""Opening hours in one cell, as offices write them: "Mo–Fr 9–12 und 14–17 Uhr, Sa n. V., feiertags geschlossen"."""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cms.localization import formats
from directory.hours import rules, saying
from directory.hours.models import OpeningHours
from directory.hours.timetable import Span
from directory.spreadsheet.weekly import weekdays

Value = dict[str, Any]
"""``week`` (rows of weekday, opens, closes), ``by_appointment``, ``closed_on_public_holidays``; empty: nothing."""

TOKEN = re.compile(
    r"""\s+
    | (?P<whole>rund\s+um\s+die\s+uhr|around\s+the\s+clock|24\s*/\s*7|24\s*stunden\b)
    | (?P<public>(?:an\s+)?(?:gesetzlichen\s+)?feiertag(?:en|s|e)?\s+(?:ist\s+)?(?:geschlossen|zu)\b
        |au(?:ß|ss)er\s+(?:an\s+)?(?:gesetzlichen\s+)?feiertagen
        |closed\s+on\s+public\s+holidays|except\s+(?:on\s+)?public\s+holidays)
    | (?P<appointment>(?:(?:nur|auch|oder|sonst|only|also|or|termine?)\s+)*
        (?:nach\s+(?:(?:telefonischer|vorheriger)\s+)?(?:vereinbarung|absprache|terminvereinbarung|terminabsprache)
        |n\.?\s?v\b\.?|by\s+appointment))
    | (?P<closed>(?:geschlossen|closed|zu|ruhetag)\b)
    | (?P<daily>(?:täglich|taeglich|jeden\s+tag|daily|every\s+day)\b)
    | (?P<dash>[-–—−]|(?:bis|to|until)\b)
    | (?P<time>(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?![:.]?\d)(?:\s*(?:uhr|h)\b)?)
    | (?P<between>[,;:|/&+]|(?:und|and|u|sowie|von|from|jeweils)\b\.?)
    | (?P<day>[^\W\d_]+)\.?
    """,
    re.VERBOSE | re.IGNORECASE,
)


KINDS = ("whole", "public", "appointment", "closed", "daily", "dash", "time", "between", "day")


class BadHours(ValueError):
    """The message says what cannot be read and how it should look."""


@dataclass
class _Reader:
    """What has been read so far: ``days`` of which the hours come, or have come while ``is_said``."""

    text: str
    week: list[tuple[int, Span]] = field(default_factory=list)
    flags: dict[str, bool] = field(default_factory=dict)
    days: list[int] = field(default_factory=list)
    is_said: bool = False
    opens: dt.time | None = None
    before: str = ""
    goes_on_from: str = ""
    """What stands before a dash: ``day`` or ``time``."""

    def take(self, kind: str, match: re.Match[str]) -> None:
        if self.goes_on_from and kind != self.goes_on_from:
            raise self.unreadable()
        if self.opens is not None and kind not in ("dash", "time"):
            raise self.unreadable()
        getattr(self, f"_{kind}")(match)
        self.before = kind
        self.goes_on_from = self.goes_on_from if kind == "dash" else ""

    def finish(self) -> None:
        if self.goes_on_from or self.opens is not None or (self.days and not self.is_said):
            raise self.unreadable()

    def unreadable(self) -> BadHours:
        return BadHours(
            _("“%(text)s” cannot be read as opening hours. Please write for example: Mo–Fr 9:00–12:00, 14:00–17:00.")
            % {"text": self.text}
        )

    def _day(self, match: re.Match[str]) -> None:
        number = _weekday(match["day"])
        if number is None:
            raise self.unreadable()
        self._begin()
        if self.goes_on_from:
            first = self.days[-1]
            self.days += [(first + step) % 7 + 1 for step in range((number - first) % 7)]
        else:
            self.days.append(number)

    def _daily(self, _match: re.Match[str]) -> None:
        self._begin()
        self.days = list(range(1, 8))

    def _begin(self) -> None:
        if self.is_said:
            self.days, self.is_said = [], False

    def _dash(self, _match: re.Match[str]) -> None:
        if self.before not in ("day", "time") or (self.before == "time" and self.opens is None):
            raise self.unreadable()
        self.goes_on_from = self.before

    def _time(self, match: re.Match[str]) -> None:
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        is_end = self.opens is not None
        if is_end != bool(self.goes_on_from) or not self.days:
            raise self.unreadable()
        if is_end and (hour, minute) == (24, 0):
            hour = 0
        if hour > 23 or minute > 59:
            raise self.unreadable()
        time = dt.time(hour, minute)
        if self.opens is None:
            self.opens = time
        else:
            self._add(Span(self.opens, time))
            self.opens = None

    def _whole(self, _match: re.Match[str]) -> None:
        self.days = self.days or list(range(1, 8))
        self._add(Span(dt.time.min, dt.time.min))

    def _add(self, span: Span) -> None:
        if span.is_whole_day and span.opens != dt.time.min:
            raise self.unreadable()
        self.week += [(day, span) for day in self.days]
        self.is_said = True

    def _closed(self, _match: re.Match[str]) -> None:
        if not self.days or self.is_said:
            raise self.unreadable()
        self.is_said = True

    def _appointment(self, _match: re.Match[str]) -> None:
        self.flags["by_appointment"] = self.is_said = True

    def _public(self, _match: re.Match[str]) -> None:
        self.flags["closed_on_public_holidays"] = True

    def _between(self, _match: re.Match[str]) -> None:
        """Tells parts from each other that are told apart anyway."""


def read(text: str) -> Value:
    """Raises BadHours."""
    reader, place = _Reader(text), 0
    while place < len(text):
        match = TOKEN.match(text, place)
        if match is None:
            raise reader.unreadable()
        place = match.end()
        kind = next((name for name in KINDS if match[name]), "")
        if kind:
            reader.take(kind, match)
    reader.finish()
    week = sorted(set(reader.week))
    if not week and not reader.flags.get("by_appointment"):
        raise reader.unreadable()
    if weekday := rules.clash(week):
        raise BadHours(_("On this day two times overlap: %(day)s.") % {"day": formats.weekday_name(weekday)})
    rows = [[day, formats.time(span.opens), formats.time(span.closes)] for day, span in week]
    return value(rows, **reader.flags)


def value(week: list[list[Any]], *, by_appointment: bool = False, closed_on_public_holidays: bool = False) -> Value:
    if not (week or by_appointment or closed_on_public_holidays):
        return {}
    flags = {"by_appointment": by_appointment, "closed_on_public_holidays": closed_on_public_holidays}
    return {"week": week, **flags}


def _weekday(name: str) -> int | None:
    """Also "montags"."""
    return weekdays().get(name.casefold()) or weekdays().get(name.casefold().removesuffix("s"))


def write(hours: Value) -> str:
    """As ``read`` reads it again."""
    if not hours:
        return ""
    lines = saying.week_in_words((day, _span(opens, closes)) for day, opens, closes in hours["week"])
    said = [" ".join(lines.split("\u2009"))] if lines else []
    said += [_("by appointment")] if hours["by_appointment"] else []
    said += [_("closed on public holidays")] if hours["closed_on_public_holidays"] else []
    return "\n".join(said)


def of(page: Any) -> Value:
    rows = sorted((row.weekday, row.opens, row.closes) for row in page.opening_hours.all())
    return value(
        [[day, formats.time(opens), formats.time(closes)] for day, opens, closes in rows],
        by_appointment=page.by_appointment,
        closed_on_public_holidays=page.closed_on_public_holidays,
    )


def give(page: Any, hours: Value) -> None:
    rows = [(day, _span(opens, closes)) for day, opens, closes in hours.get("week", ())]
    page.opening_hours = [OpeningHours(weekday=day, opens=span.opens, closes=span.closes) for day, span in rows]
    page.by_appointment = hours.get("by_appointment", False)
    page.closed_on_public_holidays = hours.get("closed_on_public_holidays", False)


def _span(opens: str, closes: str) -> Span:
    return Span(dt.time.fromisoformat(opens), dt.time.fromisoformat(closes))

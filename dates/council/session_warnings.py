"""What looks odd about the date or number of a session, in words. Odd is allowed: a person decides."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from cms.localization import formats, public_holidays
from cms.routing.site_settings import NORTH_RHINE_WESTPHALIA

if TYPE_CHECKING:
    from dates.council.sessions import CouncilSession

EARLIEST, LATEST = dt.time(8), dt.time(21)
"""Councils begin between these; other times are mostly typing mistakes."""
FAR = dt.timedelta(days=2 * 366)


@dataclass(frozen=True)
class Dated:
    """What the rules look at: number and start (aware) of a session; one that was called off keeps its number."""

    number: int
    start: dt.datetime
    takes_place: bool = True

    @property
    def clock(self) -> dt.datetime:
        return formats.local(self.start)

    @property
    def day(self) -> dt.date:
        return self.clock.date()


def dated(session: "CouncilSession") -> Dated:
    return Dated(session.number, session.start, session.takes_place)


def about(
    one: Dated,
    others: Iterable[Dated],
    *,
    today: dt.date,
    is_new: bool = False,
    federal_state: str = NORTH_RHINE_WESTPHALIA,
) -> list[str]:
    """Sentences about ``one`` among the ``others`` of its body and year; the gravest first."""
    others = list(others)
    held = [other for other in others if other.takes_place]
    found = [_clash(one, held), _order(one, held), _gap(one, others), _holiday(one, federal_state), _weekday(one, held)]
    found += [_hour(one), _past(one, today) if is_new else "", _far(one, today)]
    return [sentence for sentence in found if sentence]


def _clash(one: Dated, others: list[Dated]) -> str:
    same_day = [other for other in others if other.day == one.day]
    if not same_day:
        return ""
    sentence = gettext("Meeting %(number)s of the same body is on the same day, at %(time)s.")
    return sentence % {"number": same_day[0].number, "time": formats.time(same_day[0].start)}


def _order(one: Dated, others: list[Dated]) -> str:
    crossing = [other for other in others if (other.number < one.number) != (other.day < one.day)]
    crossing = [other for other in crossing if other.day != one.day and other.number != one.number]
    if not crossing:
        return ""
    sentence = gettext("The number does not fit the order of dates: meeting %(number)s is on %(date)s.")
    return sentence % {"number": crossing[0].number, "date": formats.medium_date(crossing[0].start)}


def _gap(one: Dated, others: list[Dated]) -> str:
    missing = one.number - 1
    if missing < 1 or any(other.number == missing for other in others):
        return ""
    return gettext("Meeting %(number)s of this year is missing.") % {"number": missing}


def _holiday(one: Dated, federal_state: str) -> str:
    name = public_holidays.name_of(one.day, federal_state)
    if not name:
        return ""
    return gettext("This day is a public holiday: %(name)s.") % {"name": name}


def _weekday(one: Dated, others: list[Dated]) -> str:
    own = one.day.isoweekday()
    days = Counter(other.day.isoweekday() for other in others)
    usual, count = days.most_common(1)[0] if days else (own, 0)
    if usual != own and count > 1 and count * 2 > days.total():
        sentence = gettext("The other meetings of this year are on this weekday: %(usual)s. This one: %(own)s.")
        return sentence % {"usual": formats.weekday_name(usual), "own": formats.weekday_name(own)}
    if own > 5:
        return gettext("This day is at the weekend: %(weekday)s.") % {"weekday": formats.weekday_name(own)}
    return ""


def _hour(one: Dated) -> str:
    if EARLIEST <= one.clock.time() <= LATEST:
        return ""
    return gettext("The meeting would begin at %(time)s.") % {"time": formats.time(one.start)}


def _past(one: Dated, today: dt.date) -> str:
    return gettext("This date is in the past.") if one.day < today else ""


def _far(one: Dated, today: dt.date) -> str:
    return gettext("This date is more than two years away.") if one.day > today + FAR else ""

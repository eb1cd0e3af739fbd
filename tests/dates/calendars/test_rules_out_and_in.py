"""Any rule that events can say goes out as a calendar and is read by two independent libraries: the same dates."""

import datetime as dt
from dataclasses import dataclass
from itertools import takewhile

import icalendar
import pytest
import recurring_ical_events
import vobject
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from wagtail.models import Site

from cms.localization.localized_text import LocalizedText
from dates import recurrence
from dates.calendars import document, event_entries
from dates.models import EventAddition, EventBreak, EventException, EventPage
from tests import factories
from tests.dates.recurrence import sayable
from tests.factories import BERLIN

pytestmark = pytest.mark.django_db
SPAN = dt.timedelta(days=recurrence.MOST_OCCURRENCES - 100)
"""Every day of it and what is added stay below the number of dates that are worked out at once."""


@dataclass
class SummerHolidays:
    def is_public(self, day: dt.date) -> bool:
        return (day.month, day.day) in ((5, 1), (10, 3), (12, 25))

    def is_of_schools(self, day: dt.date) -> bool:
        return day.month == 7


@pytest.fixture
def event(db: None) -> EventPage:
    site: Site = factories.municipality()
    return factories.event(factories.event_index(site), "Café")


def starts(event: EventPage, until: dt.datetime) -> list[dt.datetime]:
    return [date.start.astimezone(dt.UTC) for date in recurrence.occurrences(event, event.start, until)]


def read_by_icalendar(data: bytes, since: dt.datetime, until: dt.datetime) -> list[dt.datetime]:
    calendar = icalendar.Calendar.from_ical(data)
    found = [each["DTSTART"].dt for each in recurring_ical_events.of(calendar).between(since, until)]
    return sorted(start.astimezone(dt.UTC) for start in found if start < until)


def read_by_vobject(data: bytes, since: dt.datetime, until: dt.datetime) -> list[dt.datetime]:
    entries = vobject.readOne(data.decode()).vevent_list
    replaced = {each.recurrence_id.value.astimezone(BERLIN) for each in entries if hasattr(each, "recurrence_id")}
    found = []
    for entry in entries:
        if not hasattr(entry, "rrule"):
            found.append(entry.dtstart.value)
            continue
        # The library keeps the clock on the wall and the offset of the first date beside it.
        starts = (start.replace(tzinfo=BERLIN) for start in entry.getrruleset())
        found += [start for start in takewhile(lambda start: start < until, starts) if start not in replaced]
    return sorted(start.astimezone(dt.UTC) for start in found if since <= start < until)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=sayable.rules(longest_interval=6),
    count=st.integers(0, 12),
    days=st.integers(0, 900) | st.none(),
    holidays=st.booleans(),
    left_out=st.integers(1, 90) | st.none(),
    changes=st.lists(st.sampled_from(["cancelled", "moved"]), max_size=3),
    added=st.integers(1, 90) | st.none(),
)
@example((dt.datetime(2024, 1, 1), "FREQ=DAILY"), 0, 1, False, 1, [], None)  # the last day is left out
@example((dt.datetime(2024, 1, 1), "FREQ=DAILY"), 0, None, False, None, [], 1)  # a date more than there are days
def test_what_goes_out_is_read_as_the_same_dates(
    event: EventPage,
    said: tuple[dt.datetime, str],
    count: int,
    days: int | None,
    holidays: bool,
    left_out: int | None,
    changes: list[str],
    added: int | None,
) -> None:
    moment, rule = said
    moment = moment.replace(hour=min(max(moment.hour, 4), 21))  # no clock is changed then, and vobject ends in time
    event.start = moment.replace(tzinfo=BERLIN)
    first = moment.date()
    event.recurrence = f"{rule};COUNT={count}" if count else rule
    event.recurrence_until = None if count or days is None else first + dt.timedelta(days=days)
    event.skips_public_holidays = event.skips_school_holidays = holidays
    event.days_off = SummerHolidays()  # type: ignore[assignment]
    event.exceptions, event.additions, event.breaks = [], [], []
    if left_out:
        last = first + dt.timedelta(days=left_out)
        event.breaks = [EventBreak(first_day=first + dt.timedelta(days=1), last_day=last)]
    until = event.start + SPAN
    ahead = recurrence.coming(event, event.start, len(changes))
    event.exceptions = [
        EventException(
            original_date=date.start.date(),
            is_cancelled=kind == "cancelled",
            new_start=None if kind == "cancelled" else date.start + dt.timedelta(hours=1),
        )
        for kind, date in zip(changes, ahead, strict=False)
    ]
    if added:
        event.additions = [EventAddition(start=(moment + dt.timedelta(days=added, minutes=7)).replace(tzinfo=BERLIN))]

    data = document.calendar(LocalizedText("Café", "de"), event_entries.entries_of(event, "https://example.org/"))

    ours = starts(event, until)
    assert read_by_icalendar(data, event.start, until) == ours
    assert read_by_vobject(data, event.start, until) == ours

"""Whatever a calendar was before: what visitors find after a look is what the calendar says now."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from dates import recurrence
from dates.calendar_import import reading
from dates.calendar_import.taking_over import take_over
from dates.council.sessions import start_of_today
from dates.models import EventPage, FollowedCalendar
from directory.records.record import record_of
from tests import factories
from tests.dates.calendar_import.test_following import DAY, date
from tests.dates.calendar_import.test_reading import calendar as written

HOUR, WEEK = dt.timedelta(hours=1), dt.timedelta(weeks=1)
EXAMPLES = 10


def _exception(uid: str, number: int, title: str, moved: dt.timedelta, *more: str) -> str:
    day = DAY + number * WEEK
    return date(uid, title, day + moved, f"RECURRENCE-ID;TZID=Europe/Berlin:{day:%Y%m%dT%H%M%S}", *more)


@st.composite
def an_event(draw: st.DrawFn) -> list[str]:
    """One date, or a series with days that differ, under one of few identifiers, or none."""
    uid = draw(st.sampled_from(["1", "2", "-"]))
    start = DAY + draw(st.sampled_from([0, 1, 7])) * dt.timedelta(days=1) + draw(st.sampled_from([0, 1])) * HOUR
    title = draw(st.sampled_from(["Fest", "Ball"]))
    rule = draw(
        st.sampled_from(["", "FREQ=WEEKLY;COUNT=3", "FREQ=DAILY;COUNT=2", "FREQ=WEEKLY;INTERVAL=2;UNTIL=20991231"])
    )
    more = draw(st.sampled_from(["", "STATUS:CANCELLED", "CLASS:PRIVATE", "LOCATION:Haus A"]))
    lines = date(uid, title, start, *filter(None, [rule and f"RRULE:{rule}", more]))
    if uid == "-":
        return [lines.replace("UID:-\n", "")]
    if rule != "FREQ=WEEKLY;COUNT=3" or start != DAY:
        return [lines]
    return [
        lines,
        *draw(
            st.sampled_from(
                [
                    [],
                    [_exception(uid, 1, title, HOUR)],
                    [_exception(uid, 1, "Anderes", HOUR)],
                    [_exception(uid, 1, title, HOUR, "CLASS:PRIVATE")],
                    [_exception(uid, 1, "Neu", HOUR).replace("RECURRENCE-ID;", "RECURRENCE-ID;RANGE=THISANDFUTURE;")],
                ]
            )
        ),
    ]


LOOKS = st.lists(an_event(), max_size=3).map(lambda events: [lines for event in events for lines in event])


class AnyTwoLooks(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        site = factories.municipality()
        cls.organisation = factories.organisation(factories.directory(site), "Verein", slug="verein")
        record = record_of(cls.organisation)
        record.is_trusted = True
        record.save()

    def look(self, followed: FollowedCalendar, events: list[str]) -> None:
        take_over(calendar=followed, reading=reading.read(written(*events), start_of_today()))

    def found(self) -> list[tuple[str, str, bool, list[tuple[dt.datetime, dt.datetime, bool]]]]:
        """Titles, places and dates as visitors find them."""
        return sorted(
            (
                event.title,
                event.place_name,
                event.is_cancelled,
                [
                    (each.start, each.over, each.is_cancelled)
                    for each in recurrence.occurrences(event, DAY - WEEK, DAY + 6 * WEEK)
                ],
            )
            for event in EventPage.objects.live()
        )

    def fresh(self) -> FollowedCalendar:
        for event in EventPage.objects.all():
            event.delete()
        FollowedCalendar.objects.all().delete()
        return FollowedCalendar.objects.create(
            organisation=self.organisation, url="https://example.org/x.ics", when_gone="take_back"
        )

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(LOOKS, LOOKS)
    def test_any_two_looks_in_any_order_end_in_the_same_events(self, one: list[str], other: list[str]) -> None:
        for before, after in ((one, other), (other, one)):
            self.look(self.fresh(), after)
            wanted = self.found()
            followed = self.fresh()
            self.look(followed, before)
            self.look(followed, after)
            assert self.found() == wanted
            pages = list(EventPage.objects.order_by("pk").values("pk", "latest_revision_id"))
            self.look(followed, after)
            assert list(EventPage.objects.order_by("pk").values("pk", "latest_revision_id")) == pages


pytestmark = pytest.mark.django_db

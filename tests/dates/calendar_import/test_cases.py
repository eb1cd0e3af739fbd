"""Whole calendars as programs and people write them, looked at several times, trusted or not: ``cases/``.

Beside each case stands "Gutes Fest", which always arrives. Their dates lie some weeks ahead: moved by whole weeks.
"""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.utils import timezone

from dates import recurrence
from dates.council.sessions import start_of_today
from dates.models import EventPage, FollowedCalendar
from directory.models import OrganisationPage
from directory.review import moderation
from tests import http_stub
from tests.dates.calendar_import.test_following import PATH, again, club, followed, server, site
from tests.dates.calendar_import.test_looks import club_record

__all__ = ["club", "followed", "server", "site"]
pytestmark = pytest.mark.django_db
CASES = Path(__file__).parent / "cases"
WRITTEN_FOR = dt.date(2026, 11, 30)
DAY = re.compile(rb"(?<=:)20\d{6}(?=T)")
Found = dict[str, list[str]]
GOOD = {"Gutes Fest": ["15.01. 15:00"]}
"""Titles with their dates of the first weeks, as if it were the day for which the cases were written."""


def later() -> dt.timedelta:
    """Whole weeks, so that weekdays stay; all times are those of clocks in Berlin, so that summer does not matter."""
    week = dt.timedelta(weeks=1)
    return -(-(start_of_today().date() - WRITTEN_FOR) // week) * week


def case(name: str) -> bytes:
    def moved(found: re.Match[bytes]) -> bytes:
        day = dt.date.fromisoformat(found[0].decode()) + later()
        return f"{day:%Y%m%d}".encode()

    return DAY.sub(moved, (CASES / f"{name}.ics").read_bytes())


def shown(*, is_trusted: bool) -> Found:
    """What visitors find; of who is not trusted, what they will find when it is approved."""
    since = start_of_today() + (later() - (start_of_today().date() - WRITTEN_FOR))
    found: Found = {}
    for page in EventPage.objects.filter(live=is_trusted):
        event = page.specific if is_trusted else page.get_latest_revision_as_object()
        assert is_trusted or moderation.state_of(page).kind == "waiting"
        dates = recurrence.occurrences(event, since, since + dt.timedelta(days=50))
        name = f"{event.title} (abgesagt)" if event.is_cancelled else event.title
        starts = [timezone.localtime(date.start) - later() for date in dates if not date.is_cancelled]
        assert name not in found, "two pages of one title"
        found[name] = [f"{start:%d.%m. %H:%M}" for start in sorted(starts)]
    return found


WEEKDAYS = [dt.date(2026, 11, 30) + dt.timedelta(days=number) for number in range(50)]


def at(clock: str, *weekdays: int, every: int = 1) -> list[str]:
    return [
        f"{day:%d.%m.} {clock}"
        for number, day in enumerate(WEEKDAYS)
        if day.isoweekday() in weekdays and number // 7 % every == 0
    ]


EXPECTED: dict[str, Found] = {
    "range-thisandfuture": {
        "Kurs": ["08.12. 17:00", "15.12. 17:00"],
        "Kurs neu": ["22.12. 18:00", "29.12. 18:00", "05.01. 18:00", "12.01. 18:00"],
    },
    "folded-inside-character": {"Größe Fest 🎉 مرحبا": ["08.12. 17:00"]},
    "latin-1": {"Länger": ["08.12. 17:00"]},
    "no-uid": {"OhneUid": ["08.12. 17:00"]},
    "same-uid-two-events": {"Erstes": ["08.12. 17:00"], "Zweites": ["15.12. 17:00"]},
    "one-bad-header-line": {"Sprachcafe": ["08.12. 17:00"]},
    "cancelled-in-title": {"Treffen (abgesagt)": []},
    "monday-to-friday": {"Hausaufgabenhilfe": at("15:00", 1, 2, 3, 4, 5)},
    "daily": {"Gebet": at("13:00", 1, 2, 3, 4, 5, 6, 7)},
    "monday-and-thursday": {"Deutschkurs": at("15:00", 1, 4)},
    "fortnightly": {"Treff": at("15:00", 1, every=2)},
    "private-and-confidential": {},
    "html-description": {"Html": ["08.12. 17:00"]},
    "series-moved-1-before": {"Treff": at("17:00", 1, every=2)},
    "series-moved-2-after": {"Treff": at("18:00", 1, every=2)},
    "series-retitled-1-before": {"Sprachcafe": at("17:00", 2)[1:]},
    "series-retitled-2-after": {
        "Sprachcafe": [day for day in at("17:00", 2)[1:] if not day.startswith("22.12.")],
        "Sprachcafe mit Gast": ["22.12. 17:00"],
    },
}
COUNTED = {"latin-1": ("windows", 1), "same-uid-two-events": ("shared", 2), "private-and-confidential": ("private", 2)}
LOOKS = [[name] * 3 for name in EXPECTED if "-1-" not in name] + [
    ["series-moved-1-before", "series-moved-2-after", "series-moved-2-after"],
    ["series-retitled-1-before", "series-retitled-2-after", "series-retitled-1-before"],
]


def test_there_is_an_expectation_for_each_case() -> None:
    assert {path.stem for path in CASES.glob("*.ics")} == EXPECTED.keys()


@pytest.mark.parametrize("looks", LOOKS, ids=lambda looks: looks[0])
@pytest.mark.parametrize("is_trusted", [True, False], ids=["trusted", "reviewed"])
def test_a_case_is_right_at_the_first_look_and_at_the_third(
    followed: FollowedCalendar, club: OrganisationPage, server: http_stub.Server, looks: list[str], is_trusted: bool
) -> None:
    club_record(club, is_trusted)
    FollowedCalendar.objects.update(when_gone="take_back")
    for look in looks:
        server.say(PATH, case(look), Content_Type="text/calendar")
        done = again(followed)
        assert shown(is_trusted=is_trusted) == EXPECTED[look] | GOOD, look
        assert (done.outcome, done.counts["skipped"]) == ("taken", 0)
        name, count = COUNTED.get(look, ("own", 0))
        assert done.counts[name] == count
    if looks[0] == "html-description":
        page = EventPage.objects.get(slug="html").get_latest_revision_as_object()
        assert (page.lead, page.place_name) == ("Hallo", "Haus A, Str. 1\n58095 Hagen")
        assert [each in str(page.body) for each in ("https://example.org/x", "https://example.org/event")] == [True] * 2

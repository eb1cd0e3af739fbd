"""A calendar on a real server is followed: its dates become events, and people's changes stay."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry, Revision, Site

from dates.calendar_import import fetching
from dates.calendar_import.fetching import look
from dates.models import EventPage, FollowedCalendar, SourceEvent
from directory.models import OrganisationPage
from directory.records.record import record_of
from directory.review import moderation
from tests import factories, http_stub
from tests.dates.calendar_import.test_reading import calendar as written

pytestmark = pytest.mark.django_db
PATH = "/verein.ics"
DAY = (timezone.localtime() + dt.timedelta(days=30)).replace(hour=15, minute=0, second=0, microsecond=0)


@pytest.fixture
def server(settings: LazySettings) -> Iterator[http_stub.Server]:
    with http_stub.running() as server:
        settings.OUTBOUND_TEST_HOSTS = [server.name]
        yield server


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def club(site: Site) -> OrganisationPage:
    return factories.organisation(factories.directory(site), "Verein", slug="verein")


@pytest.fixture
def trusted(club: OrganisationPage) -> OrganisationPage:
    record = record_of(club)
    record.is_trusted = True
    record.save()
    return club


@pytest.fixture
def followed(club: OrganisationPage, server: http_stub.Server) -> FollowedCalendar:
    return FollowedCalendar.objects.create(organisation=club, url=f"{server.url}{PATH}")


def date(uid: str = "1", title: str = "Fest", start: dt.datetime = DAY, *more: str) -> str:
    lines = [f"UID:{uid}", f"SUMMARY:{title}", f"DTSTART;TZID=Europe/Berlin:{start:%Y%m%dT%H%M%S}"]
    return "\n".join([*lines, f"DTEND;TZID=Europe/Berlin:{start + dt.timedelta(hours=2):%Y%m%dT%H%M%S}", *more])


def run(followed: FollowedCalendar, server: http_stub.Server, *events: str, **headers: str) -> FollowedCalendar:
    """One look at a calendar with these dates."""
    server.say(PATH, written(*events), Content_Type="text/calendar", **headers)
    return again(followed)


def again(followed: FollowedCalendar) -> FollowedCalendar:
    look(FollowedCalendar.objects.get(pk=followed.pk), pace=http_stub.without_waiting())
    return FollowedCalendar.objects.get(pk=followed.pk)


def event() -> EventPage:
    return EventPage.objects.get()


def draft() -> EventPage:
    return event().get_latest_revision_as_object()


# What becomes of dates


def test_a_date_becomes_an_event_that_waits_for_review(
    followed: FollowedCalendar, club: OrganisationPage, server: http_stub.Server
) -> None:
    done = run(followed, server, date("1", "Fest", DAY, "LOCATION:Hinterhof", "DESCRIPTION:Für alle"))
    made = event()
    assert (made.title, made.lead, made.place_name) == ("Fest", "Für alle", "Hinterhof")
    assert (made.start, made.end, made.organiser) == (DAY, DAY + dt.timedelta(hours=2), club)
    assert made.get_parent().specific == club
    assert not made.live
    assert moderation.state_of(made).kind == "waiting"
    assert (done.outcome, done.counts["followed"]) == ("taken", 1)


def test_of_a_trusted_organisation_it_is_public_at_once(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server
) -> None:
    run(followed, server, date())
    assert event().live


def test_a_weekly_date_is_one_event(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server
) -> None:
    off = f"EXDATE;TZID=Europe/Berlin:{DAY + dt.timedelta(days=7):%Y%m%dT%H%M%S}"
    run(followed, server, date("1", "Café", DAY, "RRULE:FREQ=WEEKLY", off))
    assert event().recurrence == "FREQ=WEEKLY"
    [change] = event().exceptions.all()
    assert (change.original_date, change.is_cancelled) == ((DAY + dt.timedelta(days=7)).date(), True)


def test_changes_are_followed_by_the_same_event(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server
) -> None:
    run(followed, server, date())
    before = event()
    run(followed, server, date("1", "Großes Fest", DAY + dt.timedelta(days=1)))
    after = event()
    assert (after.pk, after.uid) == (before.pk, before.uid)
    assert (after.title, after.start) == ("Großes Fest", DAY + dt.timedelta(days=1))
    assert (after.sequence, after.moved_from) == (before.sequence + 1, DAY)


def test_changes_of_a_date_that_is_not_trusted_wait_for_review(
    followed: FollowedCalendar, server: http_stub.Server
) -> None:
    run(followed, server, date())
    event().get_latest_revision().publish()
    run(followed, server, date("1", "Anderes Fest"))
    assert (event().title, draft().title) == ("Fest", "Anderes Fest")
    assert moderation.state_of(event()).kind == "waiting"


def test_what_is_cancelled_there_is_cancelled_here(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server
) -> None:
    run(followed, server, date())
    run(followed, server, date("1", "Fest", DAY, "STATUS:CANCELLED"))
    assert event().live
    assert event().is_cancelled


# What people did


def test_a_field_that_a_person_changed_is_never_overwritten(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server
) -> None:
    run(followed, server, date())
    edited = draft()
    edited.title = "Sommerfest mit Musik"
    edited.save_revision().publish()
    for title in ("Fest neu", "Fest neuer"):
        run(followed, server, date("1", title, DAY + dt.timedelta(days=2)))
    assert (event().title, event().start) == ("Sommerfest mit Musik", DAY + dt.timedelta(days=2))


def test_what_a_person_is_just_writing_does_not_become_public(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server
) -> None:
    run(followed, server, date())
    unfinished = draft()
    unfinished.lead = "Noch nicht fertig"
    unfinished.save_revision()
    run(followed, server, date("1", "Fest", DAY + dt.timedelta(days=2)))
    assert (event().lead, event().start) == ("", DAY)
    assert (draft().lead, draft().start) == ("Noch nicht fertig", DAY + dt.timedelta(days=2))


def test_what_a_person_deleted_does_not_come_back(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server
) -> None:
    run(followed, server, date())
    event().delete()
    run(followed, server, date("1", "Fest neu"))
    assert not EventPage.objects.exists()


def test_what_a_person_took_offline_stays_there(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server
) -> None:
    run(followed, server, date())
    event().unpublish()
    run(followed, server, date("1", "Fest neu"))
    assert not event().live


# What is not there any more: ``test_looks``


def everything() -> list[Any]:
    """All that could be written."""
    pages = list(EventPage.objects.order_by("pk").values())
    logs = (PageLogEntry.objects.count(), ModelLogEntry.objects.count(), Revision.objects.count())
    return [pages, list(SourceEvent.objects.order_by("pk").values()), logs]


BAD = [
    (b"", 200, "unreadable"),
    (b"<!doctype html><title>Login</title>", 200, "unreadable"),
    (written(date())[:-20], 200, "half"),
    (written(), 200, "empty"),
    (b"gone", 404, "refused"),
    (b"broken", 500, "silent"),
]


@pytest.mark.parametrize(("body", "status", "outcome"), BAD)
def test_a_bad_answer_changes_nothing_and_says_why(
    followed: FollowedCalendar,
    trusted: OrganisationPage,
    server: http_stub.Server,
    body: bytes,
    status: int,
    outcome: str,
) -> None:
    run(followed, server, date(), date("2", "Ball"))
    before = everything()
    server.say(PATH, body, status)
    done = again(followed)
    assert everything() == before
    assert done.outcome == outcome
    assert done.sentence


def test_no_other_host_is_asked(followed: FollowedCalendar, server: http_stub.Server) -> None:
    server.say(PATH, b"", 302, Location="https://example.org/other.ics")
    assert again(followed).outcome == "address"


def test_a_second_look_writes_nothing(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server
) -> None:
    run(followed, server, date(), date("2", "Café", DAY, "RRULE:FREQ=WEEKLY"))
    before = everything()
    again(followed)
    assert everything() == before


def test_the_server_is_asked_whether_anything_changed(followed: FollowedCalendar, server: http_stub.Server) -> None:
    run(followed, server, date(), ETag='"1"')
    again(followed)
    assert "if-none-match" not in server.headers[0]
    assert server.headers[1]["if-none-match"] == '"1"'


def test_after_a_bad_answer_the_whole_is_read_again(followed: FollowedCalendar, server: http_stub.Server) -> None:
    run(followed, server, date(), ETag='"1"')
    server.say(PATH, b"nonsense")
    again(followed)
    again(followed)
    assert "if-none-match" not in server.headers[-1]


def test_one_event_that_cannot_be_is_counted_and_spoils_no_other(
    followed: FollowedCalendar, server: http_stub.Server
) -> None:
    done = run(followed, server, date("1"), "UID:2\nSUMMARY:Ohne Zeit")
    assert (done.counts["followed"], done.counts["skipped"]) == (1, 1)


# When


def test_each_calendar_is_looked_at_every_six_hours_and_once(
    followed: FollowedCalendar, server: http_stub.Server
) -> None:
    server.say(PATH, written(date()))
    fetching.look_at_those_due()
    fetching.look_at_those_due()
    assert server.asked == [PATH]
    due = FollowedCalendar.objects.get().next_at
    assert dt.timedelta(hours=5) < due - timezone.now() <= fetching.EVERY


def test_a_calendar_that_is_not_followed_any_more_is_not_asked(
    followed: FollowedCalendar, server: http_stub.Server
) -> None:
    FollowedCalendar.objects.update(is_active=False)
    fetching.look_at_those_due()
    assert server.asked == []

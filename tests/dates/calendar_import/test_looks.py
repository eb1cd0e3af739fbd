"""From look to look: who a date is, what is gone, what becomes private, what heals."""

import datetime as dt

import pytest
from django.test import Client

from cms.mail.composing import compose
from cms.mail.letters import Letter
from dates import recurrence
from dates.events import adding
from dates.models import EventPage, FollowedCalendar, SourceEvent
from directory.models import OrganisationPage
from directory.review import moderation
from tests import factories, http_stub, webpages
from tests.dates.calendar_import.test_following import (
    DAY,
    PATH,
    again,
    club,
    date,
    followed,
    run,
    server,
    site,
    trusted,
)

__all__ = ["club", "followed", "server", "site", "trusted"]
pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(weeks=1)


def public() -> dict[str, list[dt.datetime]]:
    """What visitors find: titles with their dates of some weeks that are not cancelled."""
    found: dict[str, list[dt.datetime]] = {}
    for event in EventPage.objects.live():
        dates = recurrence.occurrences(event, DAY - WEEK, DAY + 6 * WEEK)
        found.setdefault(event.title, []).extend(each.start for each in dates if not each.is_cancelled)
    return {title: sorted(dates) for title, dates in found.items() if dates}


def pages() -> dict[str, int]:
    return {event.get_latest_revision_as_object().title: event.pk for event in EventPage.objects.all()}


def take_back(followed: FollowedCalendar) -> None:
    FollowedCalendar.objects.filter(pk=followed.pk).update(when_gone="take_back")


def without_uid(title: str, start: dt.datetime = DAY) -> str:
    return date("-", title, start).replace("UID:-\n", "")


def moved(day: dt.datetime, start: dt.datetime, title: str = "Kurs", *more: str) -> str:
    return date("1", title, start, f"RECURRENCE-ID;TZID=Europe/Berlin:{day:%Y%m%dT%H%M%S}", *more)


WEEKLY = date("1", "Kurs", DAY, "RRULE:FREQ=WEEKLY;COUNT=4")


# Who it is


@pytest.mark.parametrize(
    "events",
    [
        [without_uid("Fest"), without_uid("Ball"), date()],
        [date("1", "Fest"), date("1", "Ball", DAY + WEEK), date("2", "Tanz")],
        [WEEKLY, moved(DAY + WEEK, DAY + WEEK, "Kurs mit Gast")],
    ],
    ids=["no UID", "one UID", "series"],
)
def test_events_keep_their_pages_in_whatever_order_they_come(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server, events: list[str]
) -> None:
    run(followed, server, *events)
    before, shown = pages(), public()
    run(followed, server, *reversed(events))
    run(followed, server, date("0", "Davor", DAY - WEEK), *events)
    assert {title: pk for title, pk in pages().items() if title != "Davor"} == before
    run(followed, server, *events)
    assert public() == shown


FORMS = {
    "series": [WEEKLY],
    "moved": [WEEKLY.replace(f"{DAY:T%H}", f"{DAY + dt.timedelta(hours=1):T%H}")],
    "one day moved": [WEEKLY, moved(DAY + WEEK, DAY + WEEK + dt.timedelta(days=1))],
    "one day with another title": [WEEKLY, moved(DAY + WEEK, DAY + WEEK, "Kurs mit Gast")],
    "following ones moved": [
        WEEKLY,
        moved(DAY + WEEK, DAY + WEEK + dt.timedelta(hours=2), "Kurs neu").replace(
            "RECURRENCE-ID;", "RECURRENCE-ID;RANGE=THISANDFUTURE;"
        ),
    ],
    "another rule": [date("1", "Kurs", DAY, "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=2")],
    "a rule that ours cannot say": [date("1", "Kurs", DAY, f"RRULE:FREQ=MONTHLY;BYMONTHDAY={DAY.day},28;COUNT=2")],
    "single dates": [date("1", "Kurs", DAY), date("1", "Kurs", DAY + WEEK)],
    "one date": [date("1", "Kurs", DAY + WEEK)],
    "further dates": [date("1", "Kurs", DAY, f"RDATE;TZID=Europe/Berlin:{DAY + WEEK:%Y%m%dT%H%M%S}")],
}


@pytest.mark.parametrize("after", FORMS)
def test_a_series_in_another_form_replaces_its_events(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server, after: str
) -> None:
    take_back(followed)
    run(followed, server, *FORMS[after])
    wanted = public()
    for before in FORMS:
        SourceEvent.objects.all().delete()
        for event in EventPage.objects.all():
            event.delete()
        run(followed, server, *FORMS[before])
        run(followed, server, *FORMS[after])
        assert public() == wanted, before


def test_a_moved_series_is_one_event_that_says_from_where(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server, client: Client
) -> None:
    run(followed, server, *FORMS["series"])
    run(followed, server, *FORMS["moved"])
    event = EventPage.objects.get()
    assert [each.hour for each in public()["Kurs"]] == [16, 16, 16, 16]
    assert event.moved_from == DAY
    page = webpages.read(client.get(event.url))
    assert [mark["datetime"] for mark in page.select("main s time")] == [DAY.isoformat()]


# What is gone


def test_what_is_gone_is_shown_as_cancelled_and_comes_back(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server
) -> None:
    run(followed, server, date("1"), date("2", "Ball"))
    done = run(followed, server, date("2", "Ball"))
    fest = EventPage.objects.get(title="Fest")
    assert (fest.live, fest.is_cancelled, done.counts["cancelled"]) == (True, True, 1)
    assert done.counts == run(followed, server, date("2", "Ball")).counts
    run(followed, server, date("1"), date("2", "Ball"))
    fest.refresh_from_db()
    assert (fest.live, fest.is_cancelled) == (True, False)


def test_or_it_is_taken_back_where_the_organisation_says_so(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server
) -> None:
    take_back(followed)
    run(followed, server, date("1"), date("2", "Ball"))
    before = pages()
    done = run(followed, server, date("2", "Ball"))
    assert (list(public()), done.counts["taken_back"]) == (["Ball"], 1)
    run(followed, server, date("1"), date("2", "Ball"))
    assert sorted(public()) == ["Ball", "Fest"]
    assert pages() == before


def test_days_that_are_gone_from_a_series_leave_as_the_organisation_says(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server
) -> None:
    lines = f"{WEEKLY}\nEXDATE;TZID=Europe/Berlin:{DAY + WEEK:%Y%m%dT%H%M%S}"
    run(followed, server, lines)
    event = EventPage.objects.get()
    assert [each.is_cancelled for each in recurrence.occurrences(event, DAY, DAY + 5 * WEEK)] == [
        False,
        True,
        False,
        False,
    ]
    take_back(followed)
    run(followed, server, lines)
    event = EventPage.objects.get()
    assert [each.start for each in recurrence.occurrences(event, DAY, DAY + 5 * WEEK)] == [
        DAY,
        DAY + 2 * WEEK,
        DAY + 3 * WEEK,
    ]


def test_who_may_not_publish_asks_for_the_cancellation(followed: FollowedCalendar, server: http_stub.Server) -> None:
    take_back(followed)
    run(followed, server, date("1"), date("2", "Ball"))
    fest = EventPage.objects.get(title="Fest")
    fest.get_latest_revision().publish()
    done = run(followed, server, date("2", "Ball"))
    fest.refresh_from_db()
    assert (fest.live, fest.is_cancelled, done.counts["asked"]) == (True, False, 1)
    assert fest.get_latest_revision_as_object().is_cancelled
    assert moderation.state_of(fest).kind == "waiting"


def test_what_nobody_has_seen_leaves_without_a_trace(followed: FollowedCalendar, server: http_stub.Server) -> None:
    run(followed, server, date("1"), date("2", "Ball"))
    run(followed, server, date("2", "Ball"))
    assert list(pages()) == ["Ball"]
    run(followed, server, date("1"), date("2", "Ball"))
    assert sorted(pages()) == ["Ball", "Fest"]


def test_what_a_person_wrote_into_stays_as_a_draft(followed: FollowedCalendar, server: http_stub.Server) -> None:
    run(followed, server, date("1"), date("2", "Ball"))
    draft = EventPage.objects.get(title="Fest").get_latest_revision_as_object()
    draft.lead = "Mit Kuchen"
    draft.save_revision()
    run(followed, server, date("2", "Ball"))
    assert EventPage.objects.get(title="Fest").get_latest_revision_as_object().lead == "Mit Kuchen"


def test_nothing_leaves_while_something_cannot_be_read(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server
) -> None:
    run(followed, server, date("1"), date("2", "Ball"))
    for broken in ("UID:1\nSUMMARY:Fest\nDTSTART:bald", "SUMMARY:Fest\nDTSTART:bald"):
        done = run(followed, server, broken, date("2", "Ball"))
        assert sorted(public()) == ["Ball", "Fest"]
        assert (done.counts["skipped"], done.counts["missing"], done.counts["unread"]) == (1, 1, ["Fest"])
        assert "Fest" in done.sentence


@pytest.mark.parametrize("with_uid", [True, False])
@pytest.mark.parametrize("is_trusted", [True, False])
def test_what_becomes_private_leaves_the_site_whatever_is_chosen(
    followed: FollowedCalendar, club: OrganisationPage, server: http_stub.Server, with_uid: bool, is_trusted: bool
) -> None:
    club_record(club, is_trusted)
    fest = date("1") if with_uid else without_uid("Fest")
    run(followed, server, fest, date("2", "Ball"))
    EventPage.objects.get(title="Fest").get_latest_revision().publish()
    done = run(followed, server, f"{fest}\nCLASS:PRIVATE", date("2", "Ball"))
    assert "Fest" not in public()
    assert (done.counts["private"], done.counts["taken_back"]) == (1, 1)
    assert "Fest" not in done.sentence


def club_record(club: OrganisationPage, is_trusted: bool) -> None:
    from directory.records.record import record_of

    record = record_of(club)
    record.is_trusted = is_trusted
    record.save()


def test_what_moves_out_of_the_twelve_months_is_not_gone(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server
) -> None:
    run(followed, server, date("1"), date("2", "Ball"))
    far = DAY + dt.timedelta(days=400)
    run(followed, server, date("1", "Fest", far), date("2", "Ball"), date("3", "Fern", far))
    assert EventPage.objects.get(title="Fest").start == far
    assert not EventPage.objects.filter(title="Fern").exists()


def test_a_place_keeps_its_lines_and_follows_the_calendar(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server, client: Client
) -> None:
    for street in ("Str. 1", "Str. 2"):
        run(followed, server, date("1", "Fest", DAY, f"LOCATION:Haus A\\, {street}\\n58095 Hagen"))
        event = EventPage.objects.get()
        assert event.place_name == f"Haus A, {street}\n58095 Hagen"
        shown = webpages.read(client.get(event.url)).select_one("main dl bdi:has(br)")
        assert webpages.text(shown).split() == ["Haus", "A,", *street.split(), "58095", "Hagen"]


# What heals


def test_the_first_look_takes_all_dates_of_one_title(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server
) -> None:
    done = run(followed, server, *(date(str(week), "Treff", DAY + week * WEEK) for week in range(3)))
    assert (done.counts["followed"], done.counts["skipped"]) == (3, 0)
    assert len(set(EventPage.objects.values_list("slug", flat=True))) == 3


def test_an_organisation_read_before_its_children_has_a_free_slug_for_each(club: OrganisationPage) -> None:
    stale = OrganisationPage.objects.get(pk=club.pk)
    slugs = []
    for _number in range(3):
        event = adding.blank(stale)
        event.title, event.start = "Treff", DAY
        slugs.append(adding.add(event=event, organisation=stale, user=None).slug)
    assert slugs == ["treff", "treff-2", "treff-3"]


def test_what_failed_is_tried_again_though_the_server_has_nothing_new(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.event(trusted, "Im Weg", DAY, slug="fest")
    run(followed, server, date(), "UID:2\nSUMMARY:Ball\nDTSTART:bald", ETag='"1"')
    again(followed)
    assert "if-none-match" not in server.headers[-1]
    run(followed, server, date(), ETag='"1"')
    again(followed)
    assert server.headers[-1]["if-none-match"] == '"1"'


def test_a_fault_of_ours_is_told(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server
) -> None:
    SourceEvent.objects.create(calendar=followed, key="odd", imported=[])
    done = run(followed, server, date())
    assert (done.outcome, done.read_on) == ("failed", None)
    assert done.looked_at is not None
    assert done.sentence


def test_what_goes_wrong_again_is_told_by_mail_once(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server
) -> None:
    member = factories.member(trusted)
    member.preferred_language = "ar"
    member.save()
    server.say(PATH, b"<!doctype html>")
    for letters in (0, 1, 1):
        again(followed)
        assert Letter.objects.count() == letters
    values = Letter.objects.get().values
    mail = compose(**{name: values[name] for name in ("template", "to", "codes", "context")})
    assert mail.to == [member.email]
    assert followed.url in mail.body
    assert f"/ar/my/{trusted.translation_key}/calendar/" in mail.body
    run(followed, server, date())
    assert FollowedCalendar.objects.get().told == ""


# Calendars of our own


def test_a_calendar_of_this_site_is_refused_also_behind_another_address(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server, client: Client
) -> None:
    factories.event(trusted, "Eigenes", DAY, organiser=trusted)
    own = client.get(f"/de/calendar/organisation/{trusted.translation_key}.ics").content
    assert b"Eigenes" in own
    for _look in range(3):
        server.say(PATH, own)
        assert again(followed).outcome == "own"
    assert EventPage.objects.count() == 1
    name = trusted.get_site().hostname
    server.say(PATH, b"", 302, Location=f"https://{name}/de/calendar/x.ics")
    assert again(followed).outcome == "own"


def test_events_of_this_site_in_another_calendar_are_left_out(
    followed: FollowedCalendar, trusted: OrganisationPage, server: http_stub.Server, client: Client
) -> None:
    event = factories.event(trusted, "Eigenes", DAY)
    done = run(followed, server, date(str(event.uid).upper(), "Eigenes"), date("2", "Ball"))
    assert sorted(EventPage.objects.values_list("title", flat=True)) == ["Ball", "Eigenes"]
    assert (done.counts["own"], done.counts["followed"]) == (1, 1)

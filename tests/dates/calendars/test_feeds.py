"""Calendars over HTTP: what is in them, in which language, and how a calendar program learns of changes."""

import datetime as dt
from typing import Any
from unittest import mock

import icalendar
import pytest
import recurring_ical_events
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from cms.localization import formats, languages
from dates import recurrence
from dates.council import session_changes
from dates.models import (
    CouncilPage,
    CouncilSession,
    EventAddition,
    EventBreak,
    EventException,
    EventIndexPage,
    EventPage,
)
from tests import factories
from tests.dates.calendars import lines

pytestmark = pytest.mark.django_db
CODES = [language.code for language in languages.LANGUAGES]
COUNCIL, ALL = "rat/calendar.ics", "termine/calendar.ics"


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality("Miteinander in Musterstadt")


@pytest.fixture
def council(site: Site) -> CouncilPage:
    body = factories.council_body(de="Integrationsrat", ar="مجلس الاندماج", fa="شورای ادغام")
    return factories.council(site, body, slug="rat")


@pytest.fixture
def index(site: Site) -> EventIndexPage:
    return factories.event_index(site)


def session(council: CouncilPage, number: int = 1, days: int = 10, **fields: Any) -> CouncilSession:
    start = (timezone.localtime() + dt.timedelta(days=days)).replace(hour=16, minute=0, second=0, microsecond=0)
    made = factories.session(council.council, number, fields.pop("start", start), **fields)
    return CouncilSession.objects.get(pk=made.pk)


def fetch(client: Client, path: str, code: str = "de", **headers: str) -> HttpResponse:
    return client.get(f"/{code}/{path}", headers=headers)


def feed(client: Client, path: str, code: str = "de") -> icalendar.Calendar:
    answer = fetch(client, path, code)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert lines.faults(answer.content) == []
    return icalendar.Calendar.from_ical(answer.content)


def entries(client: Client, path: str, code: str = "de") -> list[icalendar.Event]:
    return feed(client, path, code).walk("VEVENT")


def titles(client: Client, path: str, code: str = "de") -> list[str]:
    return [str(event["SUMMARY"]) for event in entries(client, path, code)]


# Sessions


def test_a_session_is_there_with_everything_that_visitors_see(council: CouncilPage, client: Client) -> None:
    place = factories.place(street="Rathausstr. 11", postal_code="58095", city="Hagen")
    made = session(
        council,
        place=place,
        interpreters="yes",
        interpreter_languages=["ar", "tr"],
        livestream_url="https://video.example.org/live",
        information_url="https://rat.example.org/1",
    )
    [event] = entries(client, COUNCIL)
    address = f"http://testserver/de/rat/{made.year}/1/"
    assert (event["UID"], event["URL"], event["DTSTART"].dt) == (str(made.uid), address, made.start)
    assert event["LOCATION"] == "Rathaus, Rathausstr. 11, 58095 Hagen"
    assert str(event["CONFERENCE"]) == "https://video.example.org/live"
    for words in ("Arabisch", "Türkisch", "https://video.example.org/live", "https://rat.example.org/1", address):
        assert words in event["DESCRIPTION"]


@pytest.mark.parametrize("code", CODES)
def test_every_language_has_the_same_session_under_its_own_address(
    council: CouncilPage, client: Client, code: str
) -> None:
    made = session(council)
    calendar = feed(client, COUNCIL, code)
    [event] = calendar.walk("VEVENT")
    assert (event["UID"], event["DTSTART"].dt) == (str(made.uid), made.start)
    assert event["URL"] == f"http://testserver/{code}/rat/{made.year}/1/"
    assert event["SUMMARY"].params["LANGUAGE"] == code
    assert str(council.council.name.get(code, "Integrationsrat")) in event["SUMMARY"]


def test_a_session_that_moved_is_the_same_entry_with_the_old_date_in_words(
    council: CouncilPage, client: Client
) -> None:
    made = session(council)
    [before] = entries(client, COUNCIL)
    later = made.start + dt.timedelta(days=7)
    session_changes.change(session=made, values={"start": later}, origin="person")
    [after] = entries(client, COUNCIL)
    assert after["UID"] == before["UID"]
    assert (after["DTSTART"].dt, after["SEQUENCE"]) == (later, before["SEQUENCE"] + 1)
    assert formats.date_and_time(later - dt.timedelta(days=7)) in after["DESCRIPTION"]
    assert after["DTSTAMP"].dt >= before["DTSTAMP"].dt


@pytest.mark.parametrize("status", ["cancelled", "withdrawn"])
def test_what_does_not_take_place_stays_as_cancelled(council: CouncilPage, client: Client, status: str) -> None:
    made = session(council)
    session_changes.change(session=made, values={"status": status}, origin="person")
    [event] = entries(client, COUNCIL)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert event["SUMMARY"] != made.title.plain
    assert "CONFERENCE" not in event


def test_the_calendar_begins_with_the_previous_year(council: CouncilPage, client: Client) -> None:
    year = timezone.localtime().year
    session(council, 1, start=factories.berlin(year - 2, 12, 31, 23, 59))
    first = session(council, 1, start=factories.berlin(year - 1, 1, 1))
    last = session(council, 1, start=factories.berlin(year + 3, 5, 5, 16))
    assert [event["UID"] for event in entries(client, COUNCIL)] == [str(first.uid), str(last.uid)]


def test_sessions_that_are_not_shown_are_not_in_the_calendar(council: CouncilPage, client: Client) -> None:
    hidden = session(council, is_public=False)
    assert entries(client, COUNCIL) == []
    assert fetch(client, f"rat/{hidden.year}/1/calendar.ics").status_code == 404


def test_a_single_session_has_a_calendar_of_its_own(council: CouncilPage, client: Client) -> None:
    made = session(council, 1)
    session(council, 2, days=20)
    path = f"rat/{made.year}/1/calendar.ics"
    assert [event["UID"] for event in entries(client, path, "ar")] == [str(made.uid)]
    assert f"rat-{made.year}-1.ics" in fetch(client, path)["Content-Disposition"]


# Events


def weekly(index: EventIndexPage) -> EventPage:
    made = factories.event(
        index,
        "Sprachcafé",
        factories.berlin(2027, 3, 16, 17),
        end=factories.berlin(2027, 3, 16, 19),
        recurrence="FREQ=WEEKLY",
        recurrence_until=dt.date(2027, 4, 20),
    )
    made.exceptions.add(EventException(original_date=dt.date(2027, 3, 30), is_cancelled=True))
    moved = EventException(original_date=dt.date(2027, 4, 6), new_start=factories.berlin(2027, 4, 7, 18))
    made.exceptions.add(moved)
    made.save()
    return EventPage.objects.get(pk=made.pk)


def test_a_weekly_event_is_right_across_the_change_of_clocks(index: EventIndexPage, client: Client) -> None:
    made = weekly(index)
    found = recurring_ical_events.of(feed(client, ALL)).between(dt.date(2027, 1, 1), dt.date(2028, 1, 1))
    assert sorted((event["DTSTART"].dt.isoformat(), event["DTEND"].dt.isoformat()) for event in found) == [
        ("2027-03-16T17:00:00+01:00", "2027-03-16T19:00:00+01:00"),
        ("2027-03-23T17:00:00+01:00", "2027-03-23T19:00:00+01:00"),
        ("2027-03-30T17:00:00+02:00", "2027-03-30T19:00:00+02:00"),
        ("2027-04-07T18:00:00+02:00", "2027-04-07T20:00:00+02:00"),
        ("2027-04-13T17:00:00+02:00", "2027-04-13T19:00:00+02:00"),
        ("2027-04-20T17:00:00+02:00", "2027-04-20T19:00:00+02:00"),
    ]
    assert {str(event["UID"]) for event in found} == {str(made.uid)}
    [cancelled] = [event for event in found if event["STATUS"] == "CANCELLED"]
    assert cancelled["DTSTART"].dt == cancelled["RECURRENCE-ID"].dt == factories.berlin(2027, 3, 30, 17)
    assert str(cancelled["SUMMARY"]) == "Fällt aus: Sprachcafé"


def test_holidays_are_left_out_and_an_added_date_is_there(index: EventIndexPage, client: Client) -> None:
    made = weekly(index)
    made.recurrence_until, made.skips_school_holidays = None, True
    made.additions.add(EventAddition(start=factories.berlin(2027, 4, 23, 10)))
    made.breaks.add(EventBreak(first_day=dt.date(2027, 4, 13), last_day=dt.date(2027, 4, 13)))
    made.save()
    found = recurring_ical_events.of(feed(client, ALL)).between(dt.date(2027, 3, 1), dt.date(2027, 4, 28))
    days = [(f"{event['DTSTART'].dt:%m-%d}", str(event["STATUS"])) for event in found]
    assert sorted(days) == [
        ("03-16", "CONFIRMED"),
        ("03-30", "CANCELLED"),  # a person said so: it stays, although schools are closed
        ("04-07", "CONFIRMED"),
        ("04-20", "CONFIRMED"),
        ("04-23", "CONFIRMED"),
        ("04-27", "CONFIRMED"),
    ]


def test_a_calendar_program_shows_what_the_page_shows(index: EventIndexPage, client: Client) -> None:
    made = weekly(index)
    since, until = factories.berlin(2027, 1, 1), factories.berlin(2028, 1, 1)
    ours = [each.start for each in recurrence.occurrences(made, since, until)]
    found = recurring_ical_events.of(feed(client, ALL)).between(since, until)
    assert sorted(event["DTSTART"].dt for event in found) == ours


def test_whole_days_have_no_time(index: EventIndexPage, client: Client) -> None:
    factories.event(
        index, start=factories.berlin(2027, 10, 30), end=factories.berlin(2027, 10, 31), all_day=True, slug="fest"
    )
    data = fetch(client, "termine/fest/calendar.ics").content
    assert lines.faults(data) == []
    assert b"DTSTART;VALUE=DATE:20271030\r\nDTEND;VALUE=DATE:20271101\r\n" in data


@pytest.mark.parametrize(
    ("code", "title", "written"), [("ar", "عيد", "ar"), ("tr", "Fest", "de"), ("de", "Fest", "de")]
)
def test_an_event_is_in_the_readers_language_or_marked_as_german(
    index: EventIndexPage, client: Client, code: str, title: str, written: str
) -> None:
    factories.translated(factories.event(index, "Fest", lead="Für alle."), "ar", title="عيد", lead="للجميع")
    for path in (ALL, "termine/fest/calendar.ics"):
        [event] = entries(client, path, code)
        assert (event["SUMMARY"], event["SUMMARY"].params["LANGUAGE"]) == (title, written)
        assert event["URL"] == f"http://testserver/{code}/termine/fest/"


def test_german_words_in_a_turkish_calendar_are_announced(index: EventIndexPage, client: Client) -> None:
    factories.event(index, "Fest", lead="Für alle.")
    [event] = entries(client, ALL, "tr")
    announced = str(event["DESCRIPTION"]).split("\n\n")
    assert announced.index("Für alle.") == 1
    [simple] = entries(client, ALL, "de-simple")
    assert str(simple["DESCRIPTION"]).startswith("Für alle.")


def test_an_event_that_is_a_draft_is_in_no_calendar(index: EventIndexPage, client: Client) -> None:
    factories.event(index, "Fest", live=False)
    assert entries(client, ALL) == []
    assert fetch(client, "termine/fest/calendar.ics").status_code == 404


def test_all_dates_are_those_of_the_city_of_organisations_and_of_the_council(
    council: CouncilPage, index: EventIndexPage, site: Site, client: Client
) -> None:
    session(council)
    organisation = factories.organisation(factories.directory(site), "Ein Verein e.V.")
    factories.event(index, "Fest der Stadt")
    factories.event(organisation, "Fest des Vereins", organiser=organisation)
    assert {title.split(" – ")[0] for title in titles(client, ALL)} == {
        "Fest der Stadt",
        "Fest des Vereins",
        "Integrationsrat",
    }


# Topics and organisations


def test_a_topic_has_a_calendar(index: EventIndexPage, client: Client) -> None:
    on_topic = factories.event(index, "Über Schule")
    on_topic.topics = [factories.topic("bildung", de="Bildung", ar="التعليم")]
    on_topic.save()
    factories.event(index, "Über Sport")
    calendar = feed(client, "calendar/topic/bildung.ics", "ar")
    assert [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")] == ["Über Schule"]
    assert "التعليم" in calendar["X-WR-CALNAME"]
    assert fetch(client, "calendar/topic/gibt-es-nicht.ics").status_code == 404


def test_an_organisation_has_a_calendar_that_survives_a_new_name(
    index: EventIndexPage, site: Site, client: Client
) -> None:
    organisation = factories.organisation(factories.directory(site), "Ein Verein e.V.", slug="ein-verein")
    factories.event(organisation, "Fest des Vereins", organiser=organisation)
    factories.event(index, "Fest der Stadt")
    path = f"calendar/organisation/{organisation.translation_key}.ics"
    assert titles(client, path) == ["Fest des Vereins"]
    organisation.title, organisation.slug = "Anderer Name e.V.", "anderer-name"
    organisation.save()
    assert titles(client, path) == ["Fest des Vereins"]
    organisation.unpublish()
    assert fetch(client, path).status_code == 404


# Answers


@pytest.fixture
def everything(council: CouncilPage, index: EventIndexPage) -> CouncilSession:
    weekly(index)
    return session(council)


def test_the_same_calendar_is_the_same_bytes(everything: CouncilSession, client: Client) -> None:
    first = fetch(client, ALL)
    with mock.patch.object(timezone, "now", return_value=timezone.now() + dt.timedelta(minutes=7)):
        second = fetch(client, ALL)
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]


def test_a_program_that_has_it_already_gets_no_second_copy(everything: CouncilSession, client: Client) -> None:
    mark = fetch(client, ALL)["ETag"]
    answer = fetch(client, ALL, **{"if-none-match": mark})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == mark


def test_it_may_be_kept_but_never_shown_unasked_and_sets_no_cookie(everything: CouncilSession, client: Client) -> None:
    answer = fetch(client, COUNCIL)
    assert answer["Cache-Control"] == "no-cache"
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert answer["Content-Disposition"] == 'inline; filename="rat.ics"'


def test_head_says_the_same_without_the_calendar(everything: CouncilSession, client: Client) -> None:
    head, get = client.head(f"/de/{ALL}"), fetch(client, ALL)
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == get["ETag"]


@pytest.mark.parametrize("path", [COUNCIL, ALL, "rat/{year}/1/calendar.ics"])
def test_nothing_is_written_through_a_calendar(everything: CouncilSession, client: Client, path: str) -> None:
    assert client.post(f"/de/{path.format(year=everything.year)}").status_code == 405


def changed(client: Client, act: Any, path: str = ALL) -> bool:
    before = fetch(client, path)["ETag"]
    act()
    return fetch(client, path, **{"if-none-match": before}).status_code == 200


def test_the_mark_changes_with_everything_that_is_shown(everything: CouncilSession, client: Client) -> None:
    place = factories.place()
    event = EventPage.objects.get()
    acts = [
        lambda: session_changes.change(session=everything, values={"place": place}, origin="person"),
        lambda: type(place).objects.filter(pk=place.pk).update(street="Rathausstr. 11"),
        lambda: session_changes.change(session=everything, values={"openness": "closed"}, origin="person"),
        lambda: EventPage.objects.filter(pk=event.pk).update(title="Neuer Titel"),
        lambda: EventException.objects.all().delete(),
        lambda: event.unpublish(),
        lambda: everything.delete(),
    ]
    assert [changed(client, act) for act in acts] == [True] * len(acts)
    assert entries(client, ALL) == []


@pytest.mark.parametrize("path", [COUNCIL, ALL])
def test_a_calendar_asks_the_database_as_often_for_thirty_as_for_three(
    council: CouncilPage, index: EventIndexPage, client: Client, django_assert_max_num_queries: Any, path: str
) -> None:
    counts = []
    for numbers in (range(1, 4), range(4, 31)):
        for number in numbers:
            session(council, number, days=number)
            factories.translated(factories.event(index, f"Fest {number}"), "ar", title=f"عيد {number}")
        fetch(client, path, "ar")  # fills what is remembered between requests
        with django_assert_max_num_queries(16) as queries:
            fetch(client, path, "ar")
        counts.append(len(queries))
    assert counts[0] == counts[1]


# What is not public


def test_what_stands_behind_a_password_is_in_no_public_calendar(
    council: CouncilPage, index: EventIndexPage, client: Client
) -> None:
    session(council)
    secret = factories.event(index, "Nur für uns")
    for page in (council, secret):
        PageViewRestriction.objects.create(page=page, restriction_type="password", password="geheim")  # noqa: S106
    assert titles(client, ALL) == []
    for path in (COUNCIL, "termine/nur-fuer-uns/calendar.ics"):
        answer = fetch(client, path)
        assert b"BEGIN:VCALENDAR" not in answer.content
        assert "public" not in answer.get("Cache-Control", "")


def test_another_site_has_its_own_dates(
    council: CouncilPage, index: EventIndexPage, client: Client, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "nachbar.example"]
    other = factories.municipality("Nachbarstadt", hostname="nachbar.example")
    factories.event(factories.event_index(other), "Fest der Nachbarn")
    session(council)
    assert "Fest der Nachbarn" not in titles(client, ALL)
    answer = client.get(f"/de/{ALL}", headers={"host": "nachbar.example"})
    [event] = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["SUMMARY"] == "Fest der Nachbarn"

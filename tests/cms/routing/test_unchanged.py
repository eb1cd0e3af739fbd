"""Who has a calendar or feed already is told so without its being made; who has an older one gets the new one."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.routing import content_version, unchanged
from dates.council import session_changes
from dates.models import CouncilPage, CouncilSession, EventException, EventIndexPage, EventPage
from directory.models import OrganisationPage
from news.models import NewsPage
from tests import factories

pytestmark = pytest.mark.django_db
FEEDS = (
    "/de/termine/calendar.ics",
    "/ar/termine/calendar.ics?topic=kultur&free=1",
    "/ar/termine/dates.xml",
    "/de/rat/calendar.ics",
    "/de/aktuelles/feed/",
    "/tr/calendar/topic/kultur.ics",
)


@pytest.fixture
def city(db: None) -> None:
    site = factories.municipality()
    topic = factories.topic("kultur")
    factories.article(factories.news_index(site), "Meldung")
    body = factories.council_body(de="Integrationsrat")
    factories.council(site, body, slug="rat")
    factories.session(body, 1, in_days(20))
    organisation = factories.organisation(factories.directory(site), "Ein Verein e.V.")
    event = factories.event(factories.event_index(site), "Fest", in_days(3), recurrence="FREQ=WEEKLY", is_free=True)
    event.topics = [topic]
    event.save()
    factories.event(organisation, "Fest des Vereins", in_days(5), organiser=organisation)


def in_days(days: int) -> dt.datetime:
    return (timezone.localtime() + dt.timedelta(days=days)).replace(hour=16, minute=0, second=0, microsecond=0)


def ask(client: Client, address: str, mark: str = "", **headers: str) -> HttpResponse:
    return client.get(address, headers={**({"if-none-match": mark} if mark else {}), **headers})


@pytest.mark.parametrize("address", FEEDS)
def test_who_has_it_is_answered_in_one_query(city: None, client: Client, address: str) -> None:
    first = ask(client, address)
    assert (first.status_code, first["Cache-Control"]) == (200, "no-cache")
    with CaptureQueriesContext(connection) as queries:
        again = ask(client, address, first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert [query["sql"] for query in queries.captured_queries] == [content_version.STATE[connection.vendor]]
    assert (again["ETag"], again["Cache-Control"], again["Vary"]) == (first["ETag"], "no-cache", "Accept-Encoding")
    assert not again.cookies


def test_every_change_gives_the_new_one(city: None, client: Client) -> None:
    """What was changed decides, not how: a person, a bulk update, SQL by hand."""
    event, organisation = EventPage.objects.get(title="Fest"), OrganisationPage.objects.get()
    session, index = CouncilSession.objects.get(), EventIndexPage.objects.get()
    article = NewsPage.objects.get()

    def sql(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    def cancel() -> None:
        event.is_cancelled = True
        event.save_revision().publish()

    acts: list[Callable[[], object]] = [
        lambda: factories.event(index, "Neu", in_days(4)),
        lambda: event.unpublish(),
        lambda: event.save_revision().publish(),
        cancel,
        lambda: EventException.objects.create(event=event, original_date=in_days(10).date(), is_cancelled=True),
        lambda: EventPage.objects.filter(title="Neu").update(lead="Anders"),
        lambda: EventPage.objects.get(title="Fest des Vereins").move(index, "last-child"),
        lambda: session_changes.change(session=session, values={"openness": "closed"}, origin="person"),
        lambda: session_changes.change(session=session, values={"status": "cancelled"}, origin="person"),
        lambda: sql("UPDATE wagtailcore_page SET title = 'Anderes Fest' WHERE title = 'Fest'"),
        lambda: factories.translated(event, "ar", title="عيد"),
        lambda: organisation.delete(),
        lambda: article.unpublish(),
        lambda: CouncilPage.objects.get().unpublish(),
        lambda: EventPage.objects.get(title="Neu").delete(),
    ]
    held = {address: ask(client, address) for address in FEEDS}
    moved = dict.fromkeys(FEEDS, 0)
    for number, act in enumerate(acts):
        act()
        for address, had in held.items():
            answer = ask(client, address, had.get("ETag", ""))
            now = ask(client, address)
            assert answer.status_code == (304 if answer.status_code == 304 else now.status_code)
            if answer.status_code == 304:
                assert now.content == had.content, (number, address)
            moved[address] += now.content != had.content
            held[address] = now
    assert min(moved.values()) >= 1 and max(moved.values()) >= 9, moved
    assert held["/de/rat/calendar.ics"].status_code == 404


def test_another_day_gives_the_new_one_another_hour_does_not(city: None, client: Client) -> None:
    day = timezone.localtime().replace(hour=0, minute=1)
    for address in FEEDS:
        answers = []
        for moment in (day, day.replace(hour=14), day.replace(hour=23, minute=58), day + dt.timedelta(days=1)):
            with mock.patch.object(timezone, "now", return_value=moment.astimezone(dt.UTC)):
                answers.append(ask(client, address))
        assert len({answer.content for answer in answers[:3]}) == 1, address
        assert len({answer["ETag"] for answer in answers[:3]}) == 1
        assert answers[3]["ETag"] != answers[0]["ETag"]


def test_what_is_changed_while_it_is_made_is_given_the_next_time(city: None, client: Client) -> None:
    """The version is read first: what was half old can't be taken for new afterwards."""
    from dates.calendars import document

    written = document.calendar

    def meanwhile(*args: Any, **kwargs: Any) -> bytes:
        made = written(*args, **kwargs)
        EventPage.objects.update(price="5 Euro")
        return made

    with mock.patch.object(document, "calendar", meanwhile):
        old = ask(client, FEEDS[0])
    again = ask(client, FEEDS[0], old["ETag"])
    assert again.status_code == 200
    assert again.content != old.content


def test_the_mark_belongs_to_one_address(city: None, client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    mark = ask(client, FEEDS[0])["ETag"]
    for address in (FEEDS[1], "/ar/termine/calendar.ics", "/de/termine/calendar.ics?topic=kultur", FEEDS[3]):
        assert ask(client, address, mark).status_code == 200
    assert ask(client, FEEDS[0], mark, host="other.example").status_code != 304
    assert client.get(FEEDS[0], headers={"if-none-match": mark}, secure=True).status_code == 200
    assert ask(client, "/de/termine/nichts.ics", mark).status_code == 404


def test_parameters_that_nobody_reads_change_nothing(city: None, client: Client) -> None:
    for address in ("/de/termine/calendar.ics", "/de/termine/dates.xml", "/de/aktuelles/feed/"):
        plain, odd = ask(client, address), ask(client, f"{address}?utm_source=x&fbclid=1")
        assert (odd.content, odd["ETag"]) == (plain.content, plain["ETag"])


def test_a_mark_is_understood_in_all_its_forms(city: None, client: Client) -> None:
    first = ask(client, FEEDS[0])
    strong = first["ETag"].removeprefix("W/")
    assert strong != first["ETag"]
    packed = ask(client, FEEDS[0], **{"accept-encoding": "gzip"})
    assert (packed["Content-Encoding"], packed["ETag"]) == ("gzip", first["ETag"])
    for form in (strong, f"W/{strong}", f'"a", W/"b" , {strong}', "*"):
        for method in (client.get, client.head):
            answer = method(FEEDS[0], headers={"if-none-match": form, "accept-encoding": "gzip"})
            assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", first["ETag"])
    for form in ('"a"', "nonsense", strong.strip('"'), strong.upper()):
        assert ask(client, FEEDS[0], form).status_code == 200
    assert client.head(FEEDS[0])["ETag"] == first["ETag"]
    assert ask(client, "/de/termine/nichts.ics", "*").status_code == 404


def test_who_is_logged_in_has_an_answer_of_their_own(city: None, client: Client) -> None:
    """What only they may see is never taken for what everybody sees."""
    PageViewRestriction.objects.create(page=EventIndexPage.objects.get(), restriction_type="login")
    assert ask(client, FEEDS[0]).status_code == 302
    client.force_login(factories.press())
    mine = ask(client, FEEDS[0])
    assert b"BEGIN:VCALENDAR" in mine.content
    assert ask(Client(), FEEDS[0], mine.get("ETag", "none")).status_code == 302


def test_without_a_version_everybody_gets_the_file(city: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = ask(client, FEEDS[0])["ETag"]
    monkeypatch.setattr(content_version, "current", lambda: None)
    answer = ask(client, FEEDS[0], mark)
    assert answer.status_code == 200 and answer["ETag"] != mark


def test_another_program_gives_the_file_anew(city: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(unchanged.program()) == 64
    mark = ask(client, FEEDS[0])["ETag"]
    monkeypatch.setattr(unchanged, "program", lambda: "next")
    assert ask(client, FEEDS[0], mark).status_code == 200


def test_a_feed_without_entries_is_the_same_at_any_time(client: Client) -> None:
    site = factories.municipality()
    factories.news_index(site)
    factories.event_index(site)
    for address in ("/de/aktuelles/feed/", "/de/termine/dates.xml"):
        first = ask(client, address)
        later = timezone.now() + dt.timedelta(seconds=5)
        with mock.patch.object(timezone, "now", return_value=later):
            assert ask(client, address).content == first.content

"""Events: what is ahead, what was, a page each."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from dates.models import EventIndexPage, EventPage
from tests import factories, webpages
from tests.news.admin_forms import add_address, complaints, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def index(site: Site) -> EventIndexPage:
    return factories.event_index(site)


def today() -> dt.datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def in_days(days: int, hour: int = 12) -> dt.datetime:
    return (today() + dt.timedelta(days=days)).replace(hour=hour)


def shown(client: Client, path: str = "", code: str = "de") -> BeautifulSoup:
    answer = client.get(f"/{code}/termine/{path}")
    assert answer.status_code == 200
    return webpages.read(answer)


def titles(page: BeautifulSoup) -> list[str]:
    return [webpages.text(link) for link in page.select("main .entries :is(h2, h3, h4) a")]


def entry(page: BeautifulSoup) -> Tag:
    [found] = page.select("main .entries .entry")
    return found


# Ahead and over


@pytest.mark.parametrize(
    ("start", "end", "is_ahead"),
    [
        (dt.timedelta(days=30), None, True),
        (dt.timedelta(hours=23), None, True),
        (dt.timedelta(0), None, True),
        (dt.timedelta(minutes=-1), None, False),
        (dt.timedelta(days=-400), None, False),
        (dt.timedelta(days=-2), dt.timedelta(days=-1), False),
        (dt.timedelta(days=-2), dt.timedelta(days=3), True),
        (dt.timedelta(hours=-2), dt.timedelta(hours=1), True),
    ],
    ids=["next month", "tonight", "midnight", "yesterday late", "long ago", "over", "until later", "over midnight"],
)
def test_an_event_is_either_ahead_or_in_the_archive(
    index: EventIndexPage, client: Client, start: dt.timedelta, end: dt.timedelta | None, is_ahead: bool
) -> None:
    event = factories.event(index, "Fest", today() + start, end=today() + end if end is not None else None)
    listed = {path: titles(shown(client, path)) for path in ("", "archiv/")}
    assert listed == {"": ["Fest"] if is_ahead else [], "archiv/": [] if is_ahead else ["Fest"]}
    assert event.is_past != is_ahead
    notice = [webpages.text(each) for each in shown(client, "fest/").select("article .notice")]
    assert notice == ([] if is_ahead else ["Diese Veranstaltung ist vorbei."])


def test_what_comes_next_stands_first(index: EventIndexPage, client: Client) -> None:
    for title, days in (("Später", 20), ("Bald", 1), ("Dann", 10)):
        factories.event(index, title, in_days(days))
    assert titles(shown(client)) == ["Bald", "Dann", "Später"]


def test_what_was_last_stands_first_in_the_archive(index: EventIndexPage, client: Client) -> None:
    for title, days in (("Lange her", -200), ("Gestern", -1), ("Neulich", -10)):
        factories.event(index, title, in_days(days))
    assert titles(shown(client, "archiv/")) == ["Gestern", "Neulich", "Lange her"]


def test_list_and_archive_lead_to_each_other(index: EventIndexPage, client: Client) -> None:
    found = [shown(client, path, "ar").select("main p a.go")[-1]["href"] for path in ("", "archiv/")]
    assert found == ["/ar/termine/archiv/", "/ar/termine/"]


@pytest.mark.parametrize("path", ["", "archiv/"])
def test_an_empty_list_says_so(index: EventIndexPage, client: Client, path: str) -> None:
    assert webpages.text(shown(client, path).select_one("main .box"))


def test_the_archive_has_pages_of_twenty(index: EventIndexPage, client: Client) -> None:
    for number in range(1, 26):
        factories.event(index, f"Fest {number:02}", in_days(-number))
    counts = {page: len(titles(shown(client, f"archiv/?page={page}"))) for page in ("1", "2", "3", "0", "x")}
    assert counts == {"1": 20, "2": 5, "3": 5, "0": 5, "x": 20}
    assert client.get("/de/termine/archiv/?page=")["Location"] == "/de/termine/archiv/"
    assert titles(shown(client, "archiv/?page=2"))[0] == "Fest 21"


@pytest.mark.parametrize("path", ["archiv/2024/", "2024/", "gibt-es-nicht/"])
def test_other_addresses_are_not_found(index: EventIndexPage, client: Client, path: str) -> None:
    assert client.get(f"/de/termine/{path}").status_code == 404


@pytest.mark.parametrize("code", ["de", "ar", "tr"])
def test_an_event_that_is_not_published_is_nowhere(index: EventIndexPage, client: Client, code: str) -> None:
    factories.event(index, "Öffentlich")
    hidden = factories.event(index, "Geheimfest", slug="geheim")
    factories.translated(hidden, "ar", title="Geheimfest")
    hidden.unpublish()
    for address in (f"/{code}/", f"/{code}/termine/", f"/{code}/termine/archiv/", "/sitemap-de.xml", "/sitemap-ar.xml"):
        answer = webpages.html(client.get(address))
        assert ("Geheimfest" in answer, "termine/geheim" in answer) == (False, False), address
    assert client.get(f"/{code}/termine/geheim/").status_code == 404


# What an event shows


@pytest.mark.parametrize(("code", "word"), [("de", "Abgesagt"), ("en", "Cancelled"), ("tr", "İptal edildi")])
def test_a_cancelled_event_is_still_shown_and_says_so(
    index: EventIndexPage, client: Client, code: str, word: str
) -> None:
    factories.event(index, "Fest", is_cancelled=True)
    for path in ("", "termine/", "termine/fest/"):
        page = webpages.read(client.get(f"/{code}/{path}"))
        assert [webpages.text(badge) for badge in page.select("main .badge.bad")] == [word], path
        assert page.select("main .gone time"), path


def test_a_cancelled_event_has_a_notice_on_its_page(index: EventIndexPage, client: Client) -> None:
    factories.event(index, "Fest", is_cancelled=True)
    assert webpages.text(shown(client, "fest/").select_one("article .notice")) == "Diese Veranstaltung ist abgesagt."


def test_a_cancelled_event_that_was_is_not_called_over(index: EventIndexPage, client: Client) -> None:
    factories.event(index, "Fest", in_days(-3), is_cancelled=True)
    assert len(shown(client, "fest/").select("article .notice")) == 1


@pytest.mark.parametrize("code", ["de", "ar"])
def test_an_invented_event_says_so_in_list_and_page(index: EventIndexPage, client: Client, code: str) -> None:
    factories.event(index, "Fest", is_example=True)
    for path in ("", "termine/", "termine/fest/"):
        assert len(webpages.read(client.get(f"/{code}/{path}")).select("main .badge.warm")) == 1, path


def test_a_real_event_is_not_called_invented(index: EventIndexPage, client: Client) -> None:
    factories.event(index, "Fest")
    assert not shown(client, "fest/").select(".badge.warm")


def organiser(page: BeautifulSoup) -> Tag:
    return page.select("main dl dd")[-1]


def test_the_organiser_leads_to_its_profile(site: Site, index: EventIndexPage, client: Client) -> None:
    club = factories.organisation(factories.directory(site), "Verein", slug="verein")
    factories.event(index, "Fest", organiser=club)
    link = organiser(shown(client, "fest/", "ar")).a
    assert (link["href"], webpages.text(link)) == ("/ar/organisationen/verein/", "Verein")
    assert webpages.language_of(link.bdi) == ("de", "ltr")


def test_an_organiser_outside_the_directory_is_named_without_link(index: EventIndexPage, client: Client) -> None:
    factories.event(index, "Fest", organiser_name="Stadtteilforum")
    named = organiser(shown(client, "fest/", "ar"))
    assert (webpages.text(named), named.a) == ("Stadtteilforum", None)
    assert webpages.language_of(named.bdi) == ("de", "ltr")


def test_an_organiser_whose_profile_is_not_public_is_named_without_link(
    site: Site, index: EventIndexPage, client: Client
) -> None:
    club = factories.organisation(factories.directory(site), "Verein", live=False)
    factories.event(index, "Fest", organiser=club)
    assert organiser(shown(client, "fest/")).a is None


def test_the_profile_stands_before_a_name_typed_beside_it(site: Site, index: EventIndexPage) -> None:
    club = factories.organisation(factories.directory(site), "Verein")
    assert factories.event(index, organiser=club, organiser_name="Anders").organiser_label == "Verein"


@pytest.mark.parametrize(
    ("code", "when"),
    [
        ("de", "Samstag, 5. Juli 2025, 14:00–18:00 Uhr"),
        ("tr", "5 Temmuz 2025 Cumartesi, 14:00–18:00"),
        ("ar", "السبت، 5 يوليو 2025، 14:00–18:00"),
    ],
)
def test_the_time_of_an_event_is_written_in_the_readers_language(
    index: EventIndexPage, client: Client, code: str, when: str
) -> None:
    factories.event(index, "Fest", factories.berlin(2025, 7, 5, 14), end=factories.berlin(2025, 7, 5, 18))
    time = shown(client, "fest/", code).select_one("dl time")
    assert webpages.text(time) == when
    assert time["datetime"] == "2025-07-05T14:00:00+02:00"


def test_facts_come_from_the_german_page_and_words_from_the_translation(index: EventIndexPage, client: Client) -> None:
    event = factories.event(index, "Fest", factories.berlin(2025, 7, 5, 14), is_cancelled=True)
    stale = {"start": factories.berlin(2024, 1, 1, 9), "is_cancelled": False}
    factories.translated(event, "ar", title="عيد", lead="للجميع", **stale)
    page = shown(client, "fest/", "ar")
    assert (webpages.text(page.h1), webpages.text(page.select_one(".lead"))) == ("عيد", "للجميع")
    assert page.select_one("dl time")["datetime"].startswith("2025-07-05")
    assert page.select(".badge.bad")


def test_an_event_without_translation_is_listed_in_german_and_says_so(index: EventIndexPage, client: Client) -> None:
    factories.event(index, "Fest")
    listed = entry(shown(client, code="ar"))
    assert webpages.language_of(listed.a) == ("de", "ltr")
    assert webpages.text(listed.select_one(".badge")) == "بالألمانية"


def test_a_translated_event_is_listed_with_the_readers_words(index: EventIndexPage, client: Client) -> None:
    factories.translated(factories.event(index, "Fest"), "ar", title="عيد")
    listed = entry(shown(client, code="ar"))
    assert webpages.text(listed.a) == "عيد"
    assert not listed.select(".badge")


# The form


def moment(value: dt.datetime) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


START = factories.berlin(2030, 5, 4, 18)


@pytest.mark.parametrize(
    ("end", "saved"),
    [
        (START - dt.timedelta(hours=1), False),
        (START - dt.timedelta(days=365), False),
        (START, False),
        (START + dt.timedelta(minutes=1), True),
        (START + dt.timedelta(days=2), True),
        (None, True),
    ],
    ids=["an hour before", "a year before", "at the start", "a minute later", "days later", "unknown"],
)
@pytest.mark.parametrize("action", ["", "action-publish"], ids=["draft", "publish"])
def test_an_event_ends_after_it_begins(
    index: EventIndexPage, client: Client, end: dt.datetime | None, saved: bool, action: str
) -> None:
    client.force_login(factories.press())
    times = {"start": moment(START), "end": moment(end) if end else ""}
    answer = send(client, add_address(index, EventPage), action, title="Fest", slug="fest", **times)
    assert EventPage.objects.filter(slug="fest").exists() == saved
    assert ("Das Ende muss nach dem Beginn liegen." in complaints(answer)) == (not saved)


def test_a_time_typed_in_the_admin_is_that_of_the_clock_in_berlin(index: EventIndexPage, client: Client) -> None:
    client.force_login(factories.press())
    send(client, add_address(index, EventPage), title="Fest", slug="fest", start="2030-07-01 18:00")
    assert EventPage.objects.get(slug="fest").start == dt.datetime(2030, 7, 1, 16, 0, tzinfo=dt.UTC)


# Queries


def queries(client: Client, addresses: list[str]) -> dict[str, int]:
    """How many queries each address needs when nothing is cached; asked twice."""
    counts = {}
    for address in addresses * 2:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts[address] = len(captured)
    return counts


def test_thirty_events_need_as_many_queries_as_three(
    site: Site, index: EventIndexPage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EventIndexPage, "per_page", 50)  # all thirty on one page
    clubs = factories.directory(site)
    paths = ("termine/", "termine/archiv/", "termine/fest-1/", "")
    addresses = [f"/{code}/{path}" for code in ("de", "ar") for path in paths]

    def hold(numbers: range) -> None:
        for number in numbers:
            club, place = factories.organisation(clubs, f"Verein {number}"), factories.place(f"ort-{number}")
            facts = {"organiser": club, "place": place}
            event = factories.event(index, f"Fest {number}", in_days(number), **facts)
            if number % 3 == 0:
                factories.translated(event, "ar", title="عيد")
            factories.event(index, f"Altes Fest {number}", in_days(-number), **facts)

    hold(range(1, 5))
    with_few = queries(client, addresses)
    hold(range(5, 31))
    assert queries(client, addresses) == with_few

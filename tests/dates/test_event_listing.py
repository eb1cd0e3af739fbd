"""The list of events: this week, months, filters, and everything that repeats on each of its days."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from dates.models import EventException, EventIndexPage, EventPage, EventSeries
from directory.models import DirectoryPage, Offer, OrganisationPage
from tests import factories, webpages
from tests.factories import berlin

pytestmark = pytest.mark.django_db
WEDNESDAY = berlin(2026, 11, 25, 12)


@pytest.fixture(autouse=True)
def now() -> Iterator[mock.Mock]:
    with mock.patch.object(timezone, "now", return_value=WEDNESDAY) as now:
        yield now


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def index(site: Site) -> EventIndexPage:
    return factories.event_index(site)


@pytest.fixture
def directory(site: Site) -> DirectoryPage:
    return factories.directory(site)


@pytest.fixture
def club(site: Site, directory: DirectoryPage) -> OrganisationPage:
    return factories.organisation(
        directory, "Verein", slug="verein", topics=["kultur"], district=factories.district(site, "haspe")
    )


def offer(club: OrganisationPage, what: str, weekday: int, **fields: Any) -> Offer:
    facts = {"what": what, "weekday": weekday, "starts": dt.time(15), "locale_id": club.locale_id}
    return Offer.objects.create(organisation=club, **{**facts, **fields})


def shown(client: Client, query: str = "", code: str = "de") -> BeautifulSoup:
    answer = client.get(f"/{code}/termine/{query}")
    assert answer.status_code == 200
    return webpages.read(answer)


def listed(page: BeautifulSoup) -> list[tuple[str, str]]:
    """Title and day of every date, from the top."""
    entries = page.select("main .entry")
    return [(webpages.text(entry.a), str(entry.time["datetime"])[:10]) for entry in entries]


def titles(client: Client, query: str = "") -> set[str]:
    return {title for title, _day in listed(shown(client, query))}


# This week


def test_the_week_stands_first_day_by_day_with_events_and_offers(
    index: EventIndexPage, club: OrganisationPage, client: Client
) -> None:
    factories.event(index, "Morgen", berlin(2026, 11, 26, 18))
    factories.event(index, "Sonntag", berlin(2026, 11, 29, 11))
    factories.event(index, "Montag", berlin(2026, 11, 30, 11))
    offer(club, "Hausaufgabenhilfe", 4)
    offer(club, "Frauentreff", 1)
    week = shown(client).select_one("section[aria-labelledby=week]")
    assert [webpages.text(day) for day in week.select("h3")] == [
        "Donnerstag, 26. November 2026",
        "Sonntag, 29. November 2026",
    ]
    assert [webpages.text(link) for link in week.select("h4 a")] == ["Morgen", "Sonntag"]
    assert "Hausaufgabenhilfe" in webpages.text(week)
    assert "Frauentreff" not in webpages.text(week)


def test_an_offer_leads_to_its_organisation_and_has_its_words_in_the_readers_language(
    index: EventIndexPage, club: OrganisationPage, client: Client
) -> None:
    german = offer(club, "Hausaufgabenhilfe", 4)
    arabic = factories.translated(club, "ar")
    Offer.objects.filter(organisation=arabic).delete()
    offer(arabic, "مساعدة", 4, translation_key=german.translation_key)
    week = shown(client, code="ar").select_one("section[aria-labelledby=week]")
    assert "مساعدة" in webpages.text(week)
    assert week.select_one(".plain a")["href"] == "/ar/organisationen/verein/"


def test_offers_of_an_unpublished_organisation_are_not_shown(
    index: EventIndexPage, club: OrganisationPage, client: Client
) -> None:
    offer(club, "Hausaufgabenhilfe", 4)
    club.unpublish()
    assert "Hausaufgabenhilfe" not in webpages.text(shown(client))


def test_at_the_weekend_the_next_week_belongs_to_it(index: EventIndexPage, client: Client, now: mock.Mock) -> None:
    factories.event(index, "Montag", berlin(2026, 11, 30, 11))
    assert not shown(client).select("section[aria-labelledby=week]")
    now.return_value = berlin(2026, 11, 28, 9)
    assert "Montag" in webpages.text(shown(client).select_one("section[aria-labelledby=week]"))


# Months


def test_what_takes_several_days_stands_once(index: EventIndexPage, client: Client) -> None:
    factories.event(index, "Ausstellung", berlin(2026, 11, 20, 10), end=berlin(2027, 1, 20, 18))
    assert [title for title, _day in listed(shown(client))] == ["Ausstellung"]
    for month in ("2026-12", "2027-01"):
        assert titles(client, f"?month={month}") == {"Ausstellung"}
    assert titles(client, "?month=2027-02") == set()


def test_a_weekly_event_stands_on_each_of_its_days(index: EventIndexPage, client: Client) -> None:
    weekly = factories.event(index, "Sprachcafé", berlin(2026, 10, 1, 17), recurrence="FREQ=WEEKLY")
    weekly.exceptions.add(
        EventException(original_date=dt.date(2026, 12, 10), is_cancelled=True),
        EventException(original_date=dt.date(2026, 12, 17), new_start=berlin(2026, 12, 18, 17)),
    )
    weekly.save()
    december = shown(client, "?month=2026-12")
    days = [day for _title, day in listed(december)]
    assert days == ["2026-12-03", "2026-12-10", "2026-12-18", "2026-12-24", "2026-12-31"]
    entries = december.select("main .entry")
    assert [bool(entry.select(".badge.bad")) for entry in entries] == [False, True, False, False, False]
    assert entries[2].s.time["datetime"].startswith("2026-12-17")


def test_months_lead_on_to_the_next_that_has_something(index: EventIndexPage, client: Client) -> None:
    factories.event(index, "Dezember", berlin(2026, 12, 5, 18))
    factories.event(index, "Juni", berlin(2028, 6, 5, 18))
    page = shown(client, "?month=2026-12")
    assert page.select_one("a[rel=next]")["href"] == "?month=2028-06"
    last = shown(client, "?month=2028-06")
    assert not last.select("a[rel=next]")
    assert last.select_one("a[rel=prev]")["href"] == "?month=2028-05"
    assert not shown(client, "?month=2026-11").select("a[rel=prev]")


def test_without_a_month_the_list_goes_on_until_it_is_enough(index: EventIndexPage, client: Client) -> None:
    for number in range(14):
        factories.event(index, f"Im Dezember {number}", berlin(2026, 12, 1 + number, 18))
    factories.event(index, "Im März", berlin(2027, 3, 5, 18))
    page = shown(client)
    assert len(listed(page)) == 14
    assert page.select_one("a[rel=next]")["href"] == "?month=2027-03"


def test_a_month_that_is_over_is_still_shown(index: EventIndexPage, client: Client) -> None:
    factories.event(index, "Damals", berlin(2024, 5, 4, 18))
    assert titles(client, "?month=2024-05") == {"Damals"}


@pytest.mark.parametrize("month", ["2026-13", "2026", "x", "0000-00", "99999-01", "2026-12-01", "%00", "9999-12"])
def test_a_month_that_is_none_shows_what_is_ahead(index: EventIndexPage, client: Client, month: str) -> None:
    factories.event(index, "Fest", berlin(2026, 12, 5, 18))
    assert titles(client, f"?month={month}") == {"Fest"}


# Filters


@pytest.fixture
def filled(site: Site, index: EventIndexPage, club: OrganisationPage) -> None:
    series = EventSeries.objects.create(key="wochen", name={"de": "Wochen", "ar": "أسابيع"})
    start = berlin(2026, 12, 5, 18)
    concert = factories.event(club, "Konzert", start, organiser=club, language_codes=["ar", "de"], series=series)
    concert.topics = [factories.topic("kultur")]
    concert.save()
    mitte = factories.place(district=factories.district(site, "mitte"))
    factories.event(index, "Lauf", start, place=mitte, organiser=club, language_codes=["de"])
    factories.event(index, "Markt", start, series=series)
    offer(club, "Chor", 5, language_codes=["ar"])


@pytest.mark.parametrize(
    ("query", "expected", "with_offer"),
    [
        ("", {"Konzert", "Lauf", "Markt"}, True),
        ("?topic=kultur", {"Konzert"}, True),
        ("?topic=sport", set(), False),
        ("?language=de", {"Konzert", "Lauf"}, False),
        ("?language=ar", {"Konzert"}, True),
        ("?district=haspe", {"Konzert"}, True),
        ("?district=mitte", {"Lauf"}, False),
        ("?organiser=verein", {"Konzert", "Lauf"}, True),
        ("?series=wochen", {"Konzert", "Markt"}, False),
        ("?series=wochen&organiser=verein", {"Konzert"}, False),
        ("?language=de&district=mitte&organiser=verein", {"Lauf"}, False),
        ("?language=de&series=wochen&month=2026-12", {"Konzert"}, False),
        ("?topic=%00&language=%27", set(), False),
    ],
)
def test_filters_combine(filled: None, client: Client, query: str, expected: set[str], with_offer: bool) -> None:
    page = shown(client, query)
    assert {title for title, _day in listed(page)} == expected
    assert ("Chor" in webpages.text(page.main)) == with_offer


def test_filters_count_and_remember_what_was_chosen(filled: None, client: Client) -> None:
    page = shown(client, "?language=de")
    options = {str(option["value"]): webpages.text(option) for option in page.select("#filter-language option")}
    assert options == {"": "Alle Sprachen", "ar": "Arabisch (1)", "de": "Deutsch (2)"}
    assert [option["value"] for option in page.select("option[selected]")] == ["de"]


def test_a_series_introduces_itself_in_the_readers_language(filled: None, client: Client) -> None:
    assert webpages.text(shown(client, "?series=wochen", "ar").select_one("main .box h2")) == "أسابيع"


def test_nothing_found_leads_back_to_all(filled: None, client: Client) -> None:
    box = shown(client, "?topic=sport").select_one("main .box")
    assert box.a["href"] == "/de/termine/"


# Where events stand


def test_an_event_of_an_organisation_has_its_address_below_it(
    index: EventIndexPage, club: OrganisationPage, client: Client
) -> None:
    factories.event(club, "Fest", berlin(2026, 12, 5, 18), slug="fest", organiser=club)
    page = webpages.read(client.get("/ar/organisationen/verein/fest/"))
    assert [link["href"] for link in page.select(".crumbs a")] == [
        "/ar/",
        "/ar/organisationen/",
        "/ar/organisationen/verein/",
    ]
    assert "/de/organisationen/verein/fest/" in webpages.html(client.get("/sitemap.xml"))
    assert "/de/organisationen/verein/fest/" in webpages.html(client.get("/de/organisationen/verein/"))


def test_events_of_an_organisation_that_is_offline_are_nowhere(
    index: EventIndexPage, club: OrganisationPage, client: Client
) -> None:
    factories.event(club, "Fest", berlin(2026, 12, 5, 18), slug="fest", organiser=club)
    factories.event(club, "Damals", berlin(2024, 12, 5, 18), slug="damals", organiser=club)
    club.unpublish()
    assert EventPage.objects.filter(live=True).count() == 2
    for address in ("/de/", "/de/termine/", "/de/termine/archiv/", "/de/search/?q=Fest", "/sitemap.xml"):
        html = webpages.html(client.get(address))
        assert ("verein/fest" in html, "verein/damals" in html) == (False, False), address
    assert {client.get(f"/{code}/organisationen/verein/fest/").status_code for code in ("de", "ar")} == {404}


def test_thirty_events_and_offers_need_as_many_queries_as_three(
    site: Site, index: EventIndexPage, directory: DirectoryPage, client: Client
) -> None:
    series = EventSeries.objects.create(key="wochen", name={"de": "Wochen"})

    def hold(numbers: range) -> None:
        for number in numbers:
            club = factories.organisation(directory, f"Verein {number}", topics=[f"thema-{number}"])
            offer(club, f"Treff {number}", 5)
            event = factories.event(
                club,
                f"Fest {number}",
                berlin(2026, 11, 27, 18),
                recurrence="FREQ=WEEKLY",
                organiser=club,
                series=series,
            )
            event.topics = [factories.topic(f"thema-{number}")]
            event.exceptions.add(EventException(original_date=dt.date(2026, 12, 4), is_cancelled=True))
            event.save()
            factories.translated(event, "ar", title="عيد")

    def counted() -> dict[str, int]:
        counts = {}
        for address in ("/ar/termine/", "/ar/termine/?month=2026-12&series=wochen", "/ar/termine/archiv/", "/ar/"):
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            counts[address] = len(captured)
        return counts

    hold(range(3))
    few = counted()
    hold(range(3, 30))
    assert counted() == few
    assert max(few.values()) <= 14

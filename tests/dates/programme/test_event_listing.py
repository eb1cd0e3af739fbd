"""The list of events: days, months, filters, and what is on regularly."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from unittest import mock

import icalendar
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import Site

from cms.localization import languages
from dates.models import EventException, EventIndexPage, EventPage, EventSeries
from dates.programme.event_cards import spoken
from directory.models import DirectoryPage, Offer, OrganisationPage
from tests import factories, webpages
from tests.factories import berlin

pytestmark = pytest.mark.django_db
WEDNESDAY = berlin(2026, 11, 25, 12)
WEEKLY = "FREQ=WEEKLY"


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
    answer = client.get(f"/{code}/termine/{query}", follow=True)
    assert answer.status_code == 200
    return webpages.read(answer)


def listed(page: BeautifulSoup) -> list[tuple[str, str]]:
    """Title and day of every date that stands under a day, from the top."""
    entries = page.select("main section[aria-labelledby^=day-] .entry")
    return [(webpages.text(entry.a), str(entry.time["datetime"])[:10] if entry.time else "") for entry in entries]


def regular(page: BeautifulSoup) -> list[tuple[str, list[str]]]:
    """Title and days of everything that is on regularly."""
    entries = page.select("main section[aria-labelledby=regular] .entry")
    return [
        (webpages.text(entry.a), [str(day["datetime"]) for day in entry.select(".dates time")]) for entry in entries
    ]


def days(page: BeautifulSoup) -> list[str]:
    return [webpages.text(day) for day in page.select("main section[aria-labelledby^=day-] > h2")]


def titles(client: Client, query: str = "") -> set[str]:
    page = shown(client, query)
    return {title for title, _days in (*listed(page), *regular(page))}


# Days


def test_what_is_ahead_stands_day_by_day(index: EventIndexPage, club: OrganisationPage, client: Client) -> None:
    factories.event(index, "Morgen", berlin(2026, 11, 26, 18))
    factories.event(index, "Heute", berlin(2026, 11, 25, 20))
    factories.event(index, "Sonntag", berlin(2026, 11, 29, 11))
    offer(club, "Hausaufgabenhilfe", 4)
    page = shown(client)
    assert [day.partition(", ")[2] for day in days(page)] == [
        "25. November 2026",
        "26. November 2026",
        "29. November 2026",
    ]
    assert [title for title, _day in listed(page)] == ["Heute", "Morgen", "Sonntag"]
    assert regular(page) == [("Hausaufgabenhilfe", [])]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("today", ["Heute"]),
        ("week", ["Heute", "Treff", "Samstag"]),
        ("weekend", ["Samstag"]),
        ("2026-11", ["Heute", "Samstag", "Montag"]),
        ("2026-12", ["Dezember"]),
    ],
)
def test_days_can_be_chosen(
    index: EventIndexPage, club: OrganisationPage, client: Client, when: str, expected: list[str]
) -> None:
    factories.event(index, "Heute", berlin(2026, 11, 25, 20))
    factories.event(index, "Samstag", berlin(2026, 11, 28, 11))
    factories.event(index, "Montag", berlin(2026, 11, 30, 11))
    factories.event(index, "Dezember", berlin(2026, 12, 5, 11))
    offer(club, "Treff", 5)
    page = shown(client, f"?when={when}")
    assert [title for title, _day in listed(page)] == expected
    [current] = page.select(".chips [aria-current]")
    assert current["href"].endswith(f"?when={when}")
    assert page.select_one("#filter-when option[selected]")["value"] == when


def test_at_the_weekend_the_next_week_belongs_to_this_one(
    index: EventIndexPage, client: Client, now: mock.Mock
) -> None:
    factories.event(index, "Montag", berlin(2026, 11, 30, 11))
    assert listed(shown(client, "?when=week")) == []
    now.return_value = berlin(2026, 11, 28, 9)
    assert [title for title, _day in listed(shown(client, "?when=week"))] == ["Montag"]
    assert listed(shown(client, "?when=weekend")) == []


def test_council_sessions_stand_among_the_events(site: Site, index: EventIndexPage, client: Client) -> None:
    council = factories.council(site, factories.council_body(de="Integrationsrat", ar="مجلس"), slug="rat")
    factories.session(council.council, 1, berlin(2026, 12, 8, 16), place=factories.place())
    factories.session(council.council, 2, berlin(2026, 12, 9, 16), status="cancelled")
    factories.session(council.council, 3, berlin(2026, 12, 10, 16), status="withdrawn")
    factories.session(council.council, 4, berlin(2026, 12, 11, 16), is_public=False)
    for query in ("", "?when=2026-12"):
        page = shown(client, query)
        assert [day for _title, day in listed(page)] == ["2026-12-08", "2026-12-09"]
        assert page.select_one("main .entry a")["href"] == "/de/rat/2026/1/"
        assert len(page.select("main .entry .badge.bad")) == 1
    assert listed(shown(client, "?when=2027-01")) == []


def test_a_card_names_the_organiser_in_the_language_that_it_is_written_in(
    index: EventIndexPage, directory: DirectoryPage, client: Client
) -> None:
    club = factories.organisation(directory, "Freundschaft e.V.", native_name="جمعية الصداقة", native_language="ar")
    factories.event(index, "Fest", berlin(2026, 12, 5, 18), organiser=club)
    factories.event(index, "Lauf", berlin(2026, 12, 6, 18), organiser_name="Stadtsportbund")
    german, arabic = shown(client), shown(client, code="ar")
    assert "Freundschaft e.V." in webpages.text(german.select(".entry")[0])
    assert "الصداقة" not in webpages.text(german.select(".entry")[0])
    first, second = arabic.select(".entry")
    assert "جمعية الصداقة" in webpages.text(first)
    assert [(name["lang"], name["dir"]) for name in first.find_all(lang=True) if webpages.text(name) == club.title] == [
        ("de", "ltr")
    ]
    assert [name["lang"] for name in second.find_all(lang=True) if "Stadtsportbund" in name.text] == ["de"]
    title = first.select_one("h3 a[lang]")
    assert (title["lang"], title["dir"]) == ("de", "ltr")


def test_a_list_comes_in_pages(index: EventIndexPage, client: Client) -> None:
    for number in range(23):
        factories.event(index, f"Fest {number}", berlin(2026, 12, 1 + number, 18))
    first, second = shown(client, "?language="), shown(client, "?page=2")
    assert (len(listed(first)), len(listed(second))) == (20, 3)
    assert listed(shown(client, "?page=99")) == listed(second)


# What is on regularly


def test_a_series_is_one_card_with_its_next_dates(index: EventIndexPage, client: Client) -> None:
    weekly = factories.event(index, "Sprachcafé", berlin(2026, 10, 1, 17), recurrence=WEEKLY)
    weekly.exceptions.add(EventException(original_date=dt.date(2026, 12, 3), is_cancelled=True))
    weekly.save()
    factories.event(index, "Fest", berlin(2026, 12, 5, 18))
    page = shown(client)
    assert regular(page) == [("Sprachcafé", ["2026-11-26", "2026-12-03", "2026-12-10"])]
    assert [title for title, _day in listed(page)] == ["Fest"]
    [badge] = page.select("main .dates .badge.bad")
    assert webpages.text(badge.parent.s) == "Do., 3. Dez."


def test_a_series_stands_under_its_day_where_that_is_its_only_one(index: EventIndexPage, client: Client) -> None:
    factories.event(index, "Sprachcafé", berlin(2026, 10, 1, 17), recurrence=WEEKLY)
    page = shown(client, "?when=week")
    assert (listed(page), regular(page)) == ([("Sprachcafé", "2026-11-26")], [])


def test_a_month_has_all_dates_of_a_series_those_that_differ_too(index: EventIndexPage, client: Client) -> None:
    weekly = factories.event(index, "Sprachcafé", berlin(2026, 10, 1, 17), recurrence=WEEKLY)
    weekly.exceptions.add(
        EventException(original_date=dt.date(2026, 12, 10), is_cancelled=True),
        EventException(original_date=dt.date(2026, 12, 17), new_start=berlin(2026, 12, 18, 17)),
    )
    weekly.save()
    [(_title, shown_days)] = regular(shown(client, "?when=2026-12"))
    before = "2026-12-17T17:00:00+01:00"
    assert shown_days == ["2026-12-03", "2026-12-10", "2026-12-18", before, "2026-12-24", "2026-12-31"]


def test_many_series_have_a_list_of_their_own(index: EventIndexPage, club: OrganisationPage, client: Client) -> None:
    for number in range(8):
        factories.event(index, f"Treff {number}", berlin(2026, 10, 1, 17), recurrence=WEEKLY)
    offer(club, "Hausaufgabenhilfe", 4)
    page = shown(client, "?topic=")
    assert len(regular(page)) == 6
    assert page.select_one("main section[aria-labelledby=regular] > p a")["href"] == "?when=regular"
    assert len(regular(shown(client, "?when=regular"))) == 9


def test_an_offer_leads_to_its_organisation_and_has_its_words_in_the_readers_language(
    index: EventIndexPage, club: OrganisationPage, client: Client
) -> None:
    german = offer(club, "Hausaufgabenhilfe", 4)
    arabic = factories.translated(club, "ar")
    Offer.objects.filter(organisation=arabic).delete()
    offer(arabic, "مساعدة", 4, translation_key=german.translation_key)
    for query in ("", "?when=week"):
        [entry] = shown(client, query, "ar").select("main .entry")
        assert "مساعدة" in webpages.text(entry)
        assert entry.a["href"] == "/ar/organisationen/verein/"


def test_offers_of_an_unpublished_organisation_are_not_shown(
    index: EventIndexPage, club: OrganisationPage, client: Client
) -> None:
    offer(club, "Hausaufgabenhilfe", 4)
    club.unpublish()
    assert "Hausaufgabenhilfe" not in webpages.text(shown(client))


# Months


def test_what_takes_several_days_stands_once(index: EventIndexPage, client: Client) -> None:
    factories.event(index, "Ausstellung", berlin(2026, 11, 20, 10), end=berlin(2027, 1, 20, 18))
    assert [title for title, _day in listed(shown(client))] == ["Ausstellung"]
    for month in ("2026-12", "2027-01"):
        assert titles(client, f"?month={month}") == {"Ausstellung"}
    assert titles(client, "?month=2027-02") == set()


def test_months_lead_on_to_the_next_that_has_something(index: EventIndexPage, client: Client) -> None:
    factories.event(index, "Dezember", berlin(2026, 12, 5, 18))
    factories.event(index, "Juni", berlin(2028, 6, 5, 18))
    page = shown(client, "?month=2026-12")
    assert page.select_one("main a[rel=next]")["href"] == "?when=2028-06"
    last = shown(client, "?when=2028-06")
    assert not last.select("main a[rel=next]")
    assert last.select_one("main a[rel=prev]")["href"] == "?when=2028-05"
    assert not shown(client, "?when=2026-11").select("main a[rel=prev]")
    empty = shown(client, "?when=2027-03").select_one("main .box")
    assert [link["href"] for link in empty.select("a")] == ["/de/termine/?", "?when=2028-06"]


def test_any_month_can_be_chosen_and_those_that_have_something_are_one_tap_away(
    index: EventIndexPage, client: Client
) -> None:
    for number, month in enumerate([(2026, 12), (2027, 2), (2027, 3), (2028, 6)]):
        factories.event(index, f"Fest {number}", berlin(*month, 5, 18))
    page = shown(client)
    chips = [str(link["href"]).removeprefix("?when=") for link in page.select("main .chips a")]
    assert chips[-3:] == ["2026-12", "2027-02", "2027-03"]
    offered = [option["value"] for option in page.select("#filter-when option")]
    assert offered[5:] == [f"2026-{month}" for month in (11, 12)] + [f"2027-{month:02}" for month in range(1, 11)] + [
        "2028-06"
    ]


def test_a_month_that_is_over_is_still_shown(index: EventIndexPage, client: Client) -> None:
    factories.event(index, "Damals", berlin(2024, 5, 4, 18))
    assert titles(client, "?month=2024-05") == {"Damals"}


@pytest.mark.parametrize("month", ["2026-13", "2026", "x", "0000-00", "99999-01", "2026-12-01", "%00", "9999-12"])
@pytest.mark.parametrize("name", ["month", "when"])
def test_a_month_that_is_none_shows_what_is_ahead(index: EventIndexPage, client: Client, name: str, month: str) -> None:
    factories.event(index, "Fest", berlin(2026, 12, 5, 18))
    assert titles(client, f"?{name}={month}") == {"Fest"}


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
    factories.event(index, "Markt", start, series=series, is_free=True, lead="Ein großer Markt")
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
        ("?free=1", {"Markt"}, False),
        ("?free=1&series=wochen&when=2026-12", {"Markt"}, False),
        ("?q=konz", {"Konzert"}, False),
        ("?q=verein", {"Konzert", "Lauf"}, True),
        ("?q=Groß+markt", {"Markt"}, False),
        ("?q=gross&free=1", {"Markt"}, False),
        ("?q=gross&language=de", set(), False),
    ],
)
def test_filters_combine(filled: None, client: Client, query: str, expected: set[str], with_offer: bool) -> None:
    page = shown(client, query)
    assert {title for title, _day in listed(page)} == expected
    assert regular(page) == ([("Chor", [])] if with_offer else [])


def test_filters_count_and_remember_what_was_chosen(filled: None, client: Client) -> None:
    page = shown(client, "?language=de")
    options = {str(option["value"]): webpages.text(option) for option in page.select("#filter-language option")}
    assert options == {"": "Alle Sprachen", "ar": "Arabisch (1)", "de": "Deutsch (2)"}
    assert [option["value"] for option in page.select("option[selected]")] == ["de"]


def test_a_series_introduces_itself_in_the_readers_language(filled: None, client: Client) -> None:
    assert webpages.text(shown(client, "?series=wochen", "ar").select_one("main .box h2")) == "أسابيع"


def test_what_is_asked_for_stays_in_the_form_and_in_every_link(filled: None, client: Client) -> None:
    page = shown(client, "?q=Konz&free=1&topic=nichts&utm_source=x")
    assert page.select_one("#filter-q")["value"] == "Konz"
    assert page.select_one("[name=free]").has_attr("checked")
    assert page.select_one("#filter-topic option[selected]")["value"] == "nichts"
    links = [str(link["href"]) for link in page.select("main .chips a, nav a[hreflang=ar]")]
    assert len(links) > 5
    assert {link.partition("?")[2].partition("&when")[0] for link in links} == {"q=Konz&free=1&topic=nichts"}


def test_words_are_found_however_they_are_typed(index: EventIndexPage, club: OrganisationPage, client: Client) -> None:
    event = factories.event(index, "Frühstück für Ältere", berlin(2026, 12, 5, 18), place_name="İstanbul Café")
    factories.translated(event, "ar", title="مكتبة الأطفال")
    factories.event(index, "Anderes", berlin(2026, 12, 6, 18))
    for query in ("fruehstueck", "FRUHSTUCK altere", "ISTANBUL", "istanbul cafe"):
        assert titles(client, f"?q={query}") == {"Frühstück für Ältere"}, query
    for query in ("مکتبه", "الاطفال", "Frühstück"):
        [(title, _day)] = listed(shown(client, f"?q={query}", "ar"))
        assert title == "مكتبة الأطفال"


QUERIES = ("Frühstück Spaziergang", "Frühstück Xqzzt", "Frühstück", "Xqzzt")


def test_a_list_says_that_only_some_words_were_found(index: EventIndexPage, client: Client) -> None:
    factories.event(index, "Frühstück", berlin(2026, 12, 5, 18))
    factories.event(index, "Spaziergang", berlin(2026, 12, 6, 18))
    sentence = "No result has all your words. These have some of them."
    pages = {query: shown(client, f"?q={query}", "en") for query in QUERIES}
    said = {query: webpages.text(page.select_one("main [role=status]")) for query, page in pages.items()}
    assert [query for query in QUERIES if sentence in said[query]] == ["Frühstück Spaziergang"]
    assert [query for query in QUERIES if "Xqzzt" in said[query]] == ["Frühstück Xqzzt"]


def test_words_of_a_draft_are_not_found(index: EventIndexPage, client: Client) -> None:
    event = factories.event(index, "Fest", berlin(2026, 12, 5, 18))
    factories.translated(event, "ar", title="عيد", live=False)
    assert listed(shown(client, "?q=عيد", "ar")) == []


@pytest.mark.parametrize(
    ("place_name", "district"),
    [
        ("Jugendhaus, Elberfelder Straße 90", "mitte"),
        ("Elberfelder Str. 3, 58135 Hagen", "mitte"),
        ("Halle in Haspe", "haspe"),
        ("Turnhalle, 58135 Hagen", "haspe"),
        ("Irgendwo", "boele"),
    ],
)
def test_an_address_in_words_tells_the_district_else_the_organiser_does(
    site: Site, index: EventIndexPage, directory: DirectoryPage, client: Client, place_name: str, district: str
) -> None:
    for key, street, code in (("mitte", "Elberfelder Str. 12", "58095"), ("haspe", "Kölner Straße 1", "58135")):
        factories.place(key, street=street, postal_code=code, district=factories.district(site, key))
    boele = factories.district(site, "boele")
    club = factories.organisation(directory, "Verein Nord", district=boele)
    factories.event(index, "Fest", berlin(2026, 12, 5, 18), place_name=place_name, organiser=club)
    found = [key for key in ("mitte", "haspe", "boele") if listed(shown(client, f"?district={key}"))]
    assert found == [district]


def test_a_filtered_list_has_a_calendar_and_a_feed_of_its_own(
    filled: None, site: Site, index: EventIndexPage, client: Client
) -> None:
    council = factories.council(site, factories.council_body(de="Integrationsrat"), slug="rat")
    factories.session(council.council, 1, berlin(2026, 12, 8, 16))
    page = shown(client, "?organiser=verein&when=2026-12&page=1")
    calendar = page.select_one("head link[type='text/calendar']")["href"]
    feed = page.select_one("head link[type='application/atom+xml']")["href"]
    assert (calendar, feed) == ("/de/termine/calendar.ics?organiser=verein", "/de/termine/dates.xml?organiser=verein")
    assert page.select_one("#calendar [download]")["href"] == calendar
    read = icalendar.Calendar.from_ical(client.get(calendar).content)
    assert {str(event["SUMMARY"]) for event in read.walk("VEVENT")} == {"Konzert", "Lauf"}
    assert str(read["NAME"]).endswith("Termine: Verein")
    entries = BeautifulSoup(client.get(feed).content, "xml").select("entry > title")
    assert {entry.text for entry in entries} == {"Konzert", "Lauf"}
    assert {str(event["SUMMARY"]) for event in _all(client)} > {"Konzert", "Lauf", "Markt"}


def _all(client: Client) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(client.get("/de/termine/calendar.ics").content).walk("VEVENT")


def test_nothing_found_leads_back_to_all(filled: None, client: Client) -> None:
    box = shown(client, "?topic=sport").select_one("main .box")
    assert box.a["href"] == "/de/termine/"
    box = shown(client, "?topic=sport&when=today").select_one("main .box")
    assert [link["href"] for link in box.select("a")] == ["/de/termine/?topic=sport", "/de/termine/"]


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
    assert "/de/organisationen/verein/fest/" in webpages.in_sitemaps(client)
    assert "/de/organisationen/verein/fest/" in webpages.html(client.get("/de/organisationen/verein/"))


def test_events_of_an_organisation_that_is_offline_are_nowhere(
    index: EventIndexPage, club: OrganisationPage, client: Client
) -> None:
    factories.event(club, "Fest", berlin(2026, 12, 5, 18), slug="fest", organiser=club)
    factories.event(club, "Damals", berlin(2024, 12, 5, 18), slug="damals", organiser=club)
    club.unpublish()
    assert EventPage.objects.filter(live=True).count() == 2
    for address in (
        "/de/",
        "/de/termine/",
        "/de/termine/archiv/",
        "/de/search/?q=Fest",
        "/sitemap.xml",
        "/sitemap-de.xml",
    ):
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
                club, f"Fest {number}", berlin(2026, 11, 27, 14), recurrence=WEEKLY, organiser=club, series=series
            )
            event.topics = [factories.topic(f"thema-{number}")]
            event.exceptions.add(EventException(original_date=dt.date(2026, 12, 4), is_cancelled=True))
            event.save()
            factories.translated(event, "ar", title="عيد")

    def counted() -> dict[str, int]:
        counts = {}
        for address in (
            "/ar/termine/",
            "/ar/termine/?when=2026-12&series=wochen&q=fest",
            "/ar/termine/archiv/",
            "/ar/",
        ):
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            counts[address] = len(captured)
        return counts

    hold(range(3))
    few = counted()
    hold(range(3, 30))
    assert counted() == few
    assert max(few.values()) <= 32  # an alarm, no budget: what counts is that it does not grow


def test_languages_are_called_in_themselves_or_as_readers_call_them() -> None:
    with translation.override("ar"):
        named = [(words.plain, words.lang) for words in spoken(["ps", "rom", "de"])]
    assert named == [("پښتو", "ps"), (languages.name_in("rom", "ar"), "ar"), ("Deutsch", "de")]

"""What the directory is narrowed down by: counts that are true together, near answers, pages, chips."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Site

from directory.hours.timetable import Span, SpecialDays, Timetable
from directory.models import DirectoryPage, District, OpeningHours, OrganisationPage, SpecialHours, Topic
from directory.profiles.filters import Narrowed
from directory.profiles.listing import PER_PAGE, Listing
from tests import factories, webpages

pytestmark = pytest.mark.django_db
MONDAY_NOON = dt.datetime(2031, 3, 3, 12, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture
def site(kept: None) -> Site:
    return factories.municipality()


@pytest.fixture
def directory(site: Site) -> DirectoryPage:
    return factories.directory(site)


def below(parent: str, key: str) -> None:
    topic = factories.topic(key)
    topic.parent = factories.topic(parent)
    topic.save()


def listing(directory: DirectoryPage, site: Site, **asked: str) -> Listing:
    return Listing(directory, {name.replace("_", "-"): value for name, value in asked.items()}, site=site)


def titles(found: Listing) -> list[str]:
    return [page.title for page in found.shown]


def counts(found: Listing) -> dict[str, dict[str, int]]:
    filters = [*found.filters, found.opening]
    return {each.parameter: {choice.value: choice.count for choice in each.choices} for each in filters}


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(timezone, "now", lambda: moment)
        yield


def shown(client: Client, code: str = "de", **asked: str) -> BeautifulSoup:
    return webpages.read(client.get(f"/{code}/organisationen/?{urlencode(asked)}"))


# Counts


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_each_count_is_what_choosing_it_finds(data: st.DataObject) -> None:
    names, values = ("topic", "language", "district"), ("a", "b", "c")
    some = st.frozensets(st.sampled_from(values), max_size=3)
    keys = {name: data.draw(st.dictionaries(st.integers(1, 12), some)) for name in names}
    asked = data.draw(st.dictionaries(st.sampled_from(names), st.sampled_from(values)))

    def brute_force(wanted: dict[str, str]) -> list[int]:
        return [pk for pk in range(1, 13) if all(v in keys[n].get(pk, ()) for n, v in wanted.items())]

    narrowed = Narrowed(range(1, 13), keys, asked)
    assert narrowed.found == brute_force(asked)
    for name, value in product(names, values):
        assert narrowed.counts(name)[value] == len(brute_force({**asked, name: value}))
    for name in asked:
        rest = {other: value for other, value in asked.items() if other != name}
        assert set(narrowed.found) | set(narrowed.without[name]) == set(brute_force(rest))


def test_every_combination_of_the_pages_filters_finds_what_is_counted(directory: DirectoryPage, site: Site) -> None:
    below("schule", "hausaufgaben")
    Topic.objects.filter(pk=factories.topic("frauen").pk).update(is_audience=True)
    haspe, boele = factories.district(site, "haspe"), factories.district(site, "boele")
    facts: list[dict[str, Any]] = [
        {"topics": ["schule"], "languages_spoken": ["ar", "tr"], "district": haspe, "step_free": "yes"},
        {"topics": ["hausaufgaben", "frauen"], "languages_spoken": ["ar"], "district": boele},
        {"topics": ["sport"], "languages_spoken": ["tr"], "step_free": "partly"},
        {"topics": ["sport", "frauen"], "languages_spoken": ["ar", "tr"], "district": haspe, "step_free": "yes"},
        {},
    ]
    for number, each in enumerate(facts):
        made = factories.organisation(directory, f"Verein {number}", **each)
        if number % 2:
            OpeningHours.objects.create(
                organisation=made, weekday=1, opens=dt.time(9), closes=dt.time(17 if number == 1 else 10)
            )
    offered = {"topic": ["schule", "hausaufgaben", "sport"], "for": ["frauen"], "language": ["ar", "tr"]}
    offered |= {"district": ["haspe", "boele"], "step-free": ["yes"], "open": ["now", "today"]}
    with at(MONDAY_NOON):
        found = {}
        for values in product(*(["", *each] for each in offered.values())):
            asked = {name: value for name, value in zip(offered, values, strict=True) if value}
            found[frozenset(asked.items())] = Listing(directory, asked, site=site)
        for asked, result in found.items():
            for name, choices in counts(result).items():
                for value, count in choices.items():
                    wanted = frozenset({**dict(asked), name: value}.items())
                    assert count == found[wanted].count, (dict(asked), name, value)


# Topics


def test_a_main_topic_finds_what_is_below_it(directory: DirectoryPage, site: Site) -> None:
    below("schule", "hausaufgaben")
    factories.organisation(directory, "Nachhilfe", topics=["hausaufgaben"])
    factories.organisation(directory, "Elternrat", topics=["schule"])
    assert titles(listing(directory, site, topic="schule")) == ["Elternrat", "Nachhilfe"]
    assert titles(listing(directory, site, topic="hausaufgaben")) == ["Nachhilfe"]


def test_who_it_is_for_is_asked_beside_what_it_is_about(directory: DirectoryPage, site: Site, client: Client) -> None:
    factories.topic("frauen", de="Frauen")
    Topic.objects.update(is_audience=True)
    factories.organisation(directory, "Frauentreff", topics=["frauen", "sport"])
    page = shown(client)
    assert [option["value"] for option in page.select("select[name=for] option")] == ["", "frauen"]
    assert [option["value"] for option in page.select("select[name=topic] option")] == ["", "sport"]
    assert titles(listing(directory, site, **{"for": "frauen"})) == ["Frauentreff"]


def test_addresses_of_a_topic_that_says_for_whom_stay_right(directory: DirectoryPage, client: Client) -> None:
    factories.organisation(directory, "Frauentreff", topics=["frauen"])
    Topic.objects.update(is_audience=True)
    page = shown(client, topic="frauen")
    assert webpages.text(page.select_one("main .cards h3")) == "Frauentreff"
    assert page.select_one("select[name=topic] option[selected]")["value"] == "frauen"


# Where


@pytest.fixture
def hohenlimburg(site: Site) -> District:
    made = factories.district(site, "hohenlimburg")
    made.postal_codes = "58119"
    made.save()
    return made


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": "DITIB Hohenlimburg e.V."}, "Hohenlimburg (worked out from the name)"),
        ({"postal_code": "58119"}, "Hohenlimburg (worked out from the address)"),
        ({"city": "Hagen-Hohenlimburg"}, "Hohenlimburg (worked out from the address)"),
        ({"title": "Hohenlimburger Kreis"}, ""),
        ({"title": "Dahl und Hohenlimburg"}, ""),
        ({"postal_code": "58095"}, ""),
    ],
)
def test_a_district_is_worked_out_and_said_so(
    directory: DirectoryPage, site: Site, hohenlimburg: District, client: Client, fields: dict[str, str], said: str
) -> None:
    factories.district(site, "eilpe-dahl", "Eilpe/Dahl")
    factories.organisation(directory, fields.pop("title", "Verein"), slug="verein", **fields)
    found = listing(directory, site, district="hohenlimburg")
    assert found.count == bool(said)
    for path in ("", "verein/"):
        shown = webpages.text(webpages.read(client.get(f"/en/organisationen/{path}")).select_one("main"))
        assert (said or "worked out") in shown if said else "worked out" not in shown


def test_what_an_organisation_says_of_its_district_counts_first(
    directory: DirectoryPage, site: Site, hohenlimburg: District
) -> None:
    factories.organisation(directory, "Hohenlimburg", district=factories.district(site, "haspe"))
    assert listing(directory, site, district="haspe").count == 1
    assert listing(directory, site, district="hohenlimburg").count == 0


@pytest.mark.parametrize(("codes", "said"), [("5811", "not a postal code"), ("58119", "of Hohenlimburg already")])
def test_a_wrong_or_taken_postal_code_is_refused(site: Site, hohenlimburg: District, codes: str, said: str) -> None:
    other = factories.district(site, "haspe")
    other.postal_codes = codes
    with translation.override("en"), pytest.raises(Exception, match=said):
        other.full_clean()


# When


@pytest.mark.parametrize(
    ("hour", "found"), [(8, ["today"]), (9, ["now", "today"]), (17, ["today"]), (23, ["now", "today"])]
)
def test_open_now_and_open_today(directory: DirectoryPage, site: Site, hour: int, found: list[str]) -> None:
    made = factories.organisation(directory, "Verein")
    OpeningHours.objects.create(organisation=made, weekday=1, opens=dt.time(9), closes=dt.time(17))
    OpeningHours.objects.create(organisation=made, weekday=1, opens=dt.time(22), closes=dt.time(2))
    with at(MONDAY_NOON.replace(hour=hour)):
        assert [value for value in ("now", "today") if listing(directory, site, open=value).count] == found


def test_who_is_there_after_midnight_is_open_now_but_not_today(directory: DirectoryPage, site: Site) -> None:
    made = factories.organisation(directory, "Verein")
    OpeningHours.objects.create(organisation=made, weekday=7, opens=dt.time(22), closes=dt.time(2))
    with at(MONDAY_NOON.replace(hour=1)):
        assert (listing(directory, site, open="now").count, listing(directory, site, open="today").count) == (1, 0)


def test_special_days_and_public_holidays_close(directory: DirectoryPage, site: Site) -> None:
    away, feast = (factories.organisation(directory, name) for name in ("Weg", "Fest"))
    OrganisationPage.objects.filter(pk=feast.pk).update(closed_on_public_holidays=True)
    for made in (away, feast):
        for day in range(1, 8):
            OpeningHours.objects.create(organisation=made, weekday=day, opens=dt.time(9), closes=dt.time(17))
    SpecialHours.objects.create(organisation=away, first_day=dt.date(2031, 3, 1), last_day=dt.date(2031, 3, 9))
    with at(MONDAY_NOON):
        assert titles(listing(directory, site, open="now")) == ["Fest"]
    with at(dt.datetime(2031, 5, 1, 12, tzinfo=MONDAY_NOON.tzinfo)):
        assert titles(listing(directory, site, open="now")) == ["Weg"]


TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))
SPANS = st.builds(Span, TIMES, TIMES)


@settings(max_examples=200, deadline=None)
@given(
    week=st.dictionaries(st.integers(1, 7), st.lists(SPANS, max_size=2).map(tuple)),
    special=st.lists(st.builds(SpecialDays, *[st.just(MONDAY_NOON.date())] * 2, SPANS | st.none()), max_size=2),
    hours=st.integers(-30, 30),
)
def test_open_now_is_what_the_profile_says(week: Any, special: list[SpecialDays], hours: int) -> None:
    timetable, now = Timetable(week=week, special=tuple(special)), MONDAY_NOON + dt.timedelta(hours=hours)
    assert timetable.is_open_at(now) == (timetable.state(now).kind in ("open", "always"))


# Nothing found


def test_a_choice_that_finds_nothing_leads_to_what_is_near(directory: DirectoryPage, site: Site) -> None:
    below("schule", "hausaufgaben")
    haspe, boele = factories.district(site, "haspe"), factories.district(site, "boele")
    factories.organisation(directory, "Nachhilfe", topics=["hausaufgaben"], district=haspe)
    factories.organisation(directory, "Elternrat", topics=["schule"], district=boele)
    with translation.override("en"):
        found = listing(directory, site, topic="hausaufgaben", district="boele")
        assert counts(found)["topic"] == {"schule": 1, "hausaufgaben": 0}
        assert [(str(way.label), way.query_string) for way in found.near] == [
            ("Schule: 1 organisation", "?topic=schule&district=boele"),
            ("Without “Hausaufgaben”: 1 organisation", "?district=boele"),
            ("Without “Boele”: 1 organisation", "?topic=hausaufgaben"),
        ]


def test_a_topic_of_nobody_is_offered_where_its_main_topic_has_somebody(directory: DirectoryPage, site: Site) -> None:
    below("schule", "hausaufgaben")
    factories.organisation(directory, "Elternrat", topics=["schule"])
    assert counts(listing(directory, site))["topic"] == {"schule": 1, "hausaufgaben": 0}


@pytest.mark.parametrize("code", ["de", "ar"])
def test_near_answers_are_links_that_find_something(directory: DirectoryPage, client: Client, code: str) -> None:
    factories.organisation(directory, "Sportverein", topics=["sport"])
    factories.organisation(directory, "Chor", languages_spoken=["ar"])
    links = shown(client, code, topic="sport", language="ar").select("main .box a.go")
    assert len(links) == 2
    for link in links:
        assert webpages.read(client.get(link["href"])).select("main .cards h3")


# Chips, addresses, pages


def test_each_wish_can_be_taken_off(directory: DirectoryPage, client: Client) -> None:
    factories.organisation(directory, "Sportverein", topics=["sport"], languages_spoken=["ar"])
    chips = shown(client, "ar", topic="sport", language="ar", q="verein", page="1").select(
        "main .chips:first-of-type a"
    )
    assert [chip["href"] for chip in chips if "#" not in chip["href"]] == [
        "/ar/organisationen/?topic=sport&q=verein",
        "/ar/organisationen/?language=ar&q=verein",
        "/ar/organisationen/?language=ar&topic=sport",
    ]


def test_a_long_list_is_shown_in_pages_whose_letters_are_reached(directory: DirectoryPage, client: Client) -> None:
    for number in range(PER_PAGE + 3):
        factories.organisation(directory, f"{'A' if number < PER_PAGE - 1 else 'Z'}-Verein {number:02}")
    first, second = shown(client), shown(client, page="2")
    assert [len(page.select("main .cards h3")) for page in (first, second)] == [PER_PAGE, 3]
    assert webpages.text(first.select_one("[role=status]")) == f"{PER_PAGE + 3} Organisationen"
    for page in (first, second):
        letters = {webpages.text(link): link["href"] for link in page.select("nav.register a")}
        assert list(letters) == ["A", "Z"]
        address, _hash, anchor = letters["A"].partition("#")
        assert (page if not address else webpages.read(client.get(f"/de/organisationen/{address}"))).find(id=anchor)
    assert {link["href"] for link in first.select(".pages a")} == {"?page=2"}


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", "9" * 50])
def test_a_page_that_is_not_there_is_the_first_or_the_last(directory: DirectoryPage, client: Client, page: str) -> None:
    factories.organisation(directory, "Verein")
    assert webpages.text(shown(client, page=page).select_one("main .cards h3")) == "Verein"

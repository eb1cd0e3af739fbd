"""The directory from near to far."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Site

from cms.localization import formats, languages
from directory.map.nearby import NearbyListing, near_district
from directory.models import DirectoryPage, District
from tests import factories, webpages

pytestmark = pytest.mark.django_db
CENTRES = {"haspe": (51.35, 7.42), "boele": (51.40, 7.47), "hohenlimburg": (51.35, 7.57)}


@pytest.fixture
def site(kept: None) -> Site:
    made = factories.municipality()
    for key, (latitude, longitude) in CENTRES.items():
        factories.district(made, key)
        District.objects.filter(key=key).update(latitude=latitude, longitude=longitude)
    return made


@pytest.fixture
def directory(site: Site) -> DirectoryPage:
    made = factories.directory(site)
    by_key = {district.key: district for district in District.objects.all()}
    point = {"latitude": Decimal("51.35000"), "longitude": Decimal("7.54000")}
    factories.organisation(made, "Zwei Kilometer", street="Weg 1", city="Hagen", **point)
    factories.organisation(made, "Ganz nah", latitude=Decimal("51.35100"), longitude=Decimal("7.57100"))
    factories.organisation(made, "Weit weg", district=by_key["haspe"])
    factories.organisation(made, "Nicht so weit", district=by_key["boele"], street="Weg 2")
    factories.organisation(made, "Verein Hohenlimburg")
    factories.organisation(made, "Irgendwo")
    return made


def near(directory: DirectoryPage, site: Site, **asked: str) -> NearbyListing:
    found = near_district({"near": "hohenlimburg"}, site)
    assert found
    return NearbyListing(directory, asked, site=site, near=found)


def page(client: Client, code: str, query: str) -> BeautifulSoup:
    return webpages.read(client.get(f"/{code}/organisationen/{query}", follow=True))


def test_who_has_a_point_comes_by_distance_and_the_others_by_district(directory: DirectoryPage, site: Site) -> None:
    with translation.override("en"):
        listing = near(directory, site)
        assert [(str(each.initial), [row.title for row in each.organisations]) for each in listing.letters] == [
            ("By distance", ["Ganz nah", "Zwei Kilometer"]),
            ("Hohenlimburg", ["Verein Hohenlimburg"]),
            ("Boele", ["Nicht so weit"]),
            ("Haspe", ["Weit weg"]),
            ("District not known", ["Irgendwo"]),
        ]


def test_the_distance_is_said_and_the_way_is_one_tap_away(directory: DirectoryPage, client: Client) -> None:
    cards = page(client, "en", "?near=hohenlimburg").select("main .card")
    first, second = ([webpages.text(each) for each in card.select(".row strong")] for card in cards[:2])
    assert (first, second) == (["less than 1 km"], ["about 2 km"])
    ways = [card.select_one("a.go") for card in cards]
    assert ways[1]["href"] == "https://www.openstreetmap.org/directions?to=51.35000%2C7.54000"
    assert ways[5] is None, "nobody knows where it is"


def test_filters_narrow_down_what_is_near(directory: DirectoryPage, site: Site, client: Client) -> None:
    assert near(directory, site, district="boele").count == 1
    asked = page(client, "en", "?near=hohenlimburg&district=boele")
    assert asked.select_one("input[name=near]")["value"] == "hohenlimburg"
    hrefs = [str(chip["href"]).partition("?")[2] for chip in asked.select("ul.chips a")]
    assert hrefs == ["district=boele", "near=hohenlimburg"]


@pytest.mark.parametrize("asked", ["?near=", "?near=nirgends", "?near=%00", "?near=" + "x" * 5000, "?near[]=1&map="])
def test_a_place_that_nobody_knows_leaves_the_register(directory: DirectoryPage, client: Client, asked: str) -> None:
    assert page(client, "de", asked).select(".register")


def test_a_district_of_another_city_is_none_of_ours(directory: DirectoryPage, site: Site) -> None:
    other = factories.municipality("Anderswo", hostname="anderswo.example")
    assert near_district({"near": "hohenlimburg"}, other) is None


def test_it_asks_no_more_for_more_organisations(directory: DirectoryPage, client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client, "de", "?near=hohenlimburg")
        return len(asked)

    queries()
    few = queries()
    for number in range(15):
        factories.organisation(directory, f"Verein {number}", latitude=Decimal("51.3"), longitude=Decimal("7.5"))
    assert queries() <= few


@pytest.mark.parametrize("code", [language.code for language in languages.LANGUAGES])
def test_distances_are_said_in_every_language_with_our_digits(code: str) -> None:
    with translation.override(code):
        assert "12" in formats.about_kilometres(12.3)
        assert "1" in formats.about_kilometres(0.2)

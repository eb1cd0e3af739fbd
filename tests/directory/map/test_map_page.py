"""The districts as a drawing beside the same as a list."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Site

from directory.models import DirectoryPage, District
from tests import factories, webpages

pytestmark = pytest.mark.django_db
SQUARES = {"haspe": 7.4, "boele": 7.5}


@pytest.fixture
def site(kept: None) -> Site:
    made = factories.municipality()
    for key, west in SQUARES.items():
        factories.district(made, key)
        shape = [[[west, 51.3], [west + 0.1, 51.3], [west + 0.1, 51.4], [west, 51.4]]]
        District.objects.filter(key=key).update(shape=shape)
    return made


@pytest.fixture
def directory(site: Site) -> DirectoryPage:
    made = factories.directory(site)
    haspe = District.objects.get(key="haspe")
    factories.organisation(made, "In Haspe", district=haspe, languages_spoken=["ar"])
    factories.organisation(made, "Auch in Haspe", district=haspe)
    factories.organisation(made, "Verein Boele")
    return made


def page(client: Client, query: str, code: str = "de") -> BeautifulSoup:
    return webpages.read(client.get(f"/{code}/organisationen/{query}"))


def areas(shown: BeautifulSoup) -> dict[str, str]:
    """Count by district, as the drawing says them."""
    texts = [each.find_all("text") for each in shown.select("svg.drawing a")]
    return {webpages.text(name): webpages.text(count) for name, count in texts}


def test_the_list_leads_to_the_map_and_the_map_to_the_list(directory: DirectoryPage, client: Client) -> None:
    href = "/ar/organisationen/?language=ar&map=districts"
    assert page(client, "?language=ar", "ar").select(f"main a[href='{href}']")
    assert page(client, "?language=ar&map=districts", "ar").select("main a[href='/ar/organisationen/?language=ar']")


def test_counts_of_the_drawing_are_what_its_links_find(directory: DirectoryPage, client: Client) -> None:
    for query, counts in (("?map=districts", ["2", "1"]), ("?language=ar&map=districts", ["1", "0"])):
        shown = page(client, query)
        assert areas(shown) == {"Haspe": counts[0], "Boele": counts[1]}
        for link in shown.select("svg.drawing a"):
            found = page(client, str(link["href"]).partition("organisationen/")[2])
            assert len(found.select("main .card")) == int(webpages.text(link.select_one(".count")))


def test_the_list_beside_the_drawing_says_and_links_the_same(directory: DirectoryPage, client: Client) -> None:
    shown = page(client, "?map=districts")
    drawn = {str(link["href"]) for link in shown.select("svg.drawing a")}
    assert drawn <= {str(link["href"]) for link in shown.select(".districts li a")}
    assert shown.select_one("svg.drawing")["aria-hidden"] == "true"
    assert {link["tabindex"] for link in shown.select("svg.drawing a")} == {"-1"}


def test_places_stand_as_on_a_map(directory: DirectoryPage, client: Client) -> None:
    haspe, boele = (each.find("text") for each in sorted(page(client, "?map=districts").select("svg a"), key=str)[::-1])
    assert int(haspe["x"]) < int(boele["x"])
    assert haspe["y"] == boele["y"]


def test_a_drawing_that_is_only_rough_says_so(directory: DirectoryPage, client: Client) -> None:
    words = re.compile("schematic")
    assert not page(client, "?map=districts", "en").find(string=words)
    District.objects.update(is_schematic=True)
    assert page(client, "?map=districts", "en").find(string=words)


def test_districts_that_nobody_has_drawn_are_a_list(directory: DirectoryPage, client: Client) -> None:
    District.objects.update(shape=[])
    shown = page(client, "?map=districts")
    assert not shown.select("svg.drawing")
    assert len(shown.select(".districts li")) == 2


def test_no_district_no_map(client: Client, kept: None) -> None:
    directory = factories.directory(factories.municipality())
    factories.organisation(directory, "Verein")
    assert not page(client, "").select("main a[href*='map=']")
    assert page(client, "?map=districts").select("main a.button")


def test_the_way_in_is_on_the_home_page(directory: DirectoryPage, client: Client) -> None:
    assert webpages.read(client.get("/de/")).select(".finder a[href='/de/organisationen/?map=districts']")

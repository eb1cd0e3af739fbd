"""The street map: nothing is loaded from its server before it was chosen, and nothing else ever."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Site

from directory.map.map_settings import DirectoryMap
from directory.models import DirectoryPage
from tests import factories, webpages

pytestmark = pytest.mark.django_db
HOST = "https://tiles.example.org"
STREETS = "?map=streets"


@pytest.fixture
def site(kept: None) -> Site:
    made = factories.municipality()
    factories.district(made, "haspe")
    DirectoryMap.objects.create(site=made, tile_address=HOST + "/{z}/{x}/{y}.png", attribution="© <b>Stadt</b>")
    return made


@pytest.fixture
def directory(site: Site) -> DirectoryPage:
    made = factories.directory(site)
    point = {"latitude": Decimal("51.35000"), "longitude": Decimal("7.42000")}
    factories.organisation(made, "Mit Punkt", languages_spoken=["ar"], **point)
    factories.organisation(made, "Anderer <i>Punkt</i>", **point)
    factories.organisation(made, "Ohne Punkt")
    return made


def get(client: Client, query: str, code: str = "de") -> HttpResponse:
    return client.get(f"/{code}/organisationen/{query}")


def policy(response: HttpResponse) -> dict[str, str]:
    parts = response["Content-Security-Policy"].split(";")
    return {name: value for name, _space, value in (part.strip().partition(" ") for part in parts)}


def entries(page: BeautifulSoup) -> list[str]:
    return [webpages.text(each) for each in page.select(".pins li > a:first-of-type")]


@pytest.mark.parametrize("query", ["", "?map=districts", "?map=STREETS", "?near=haspe"])
def test_no_other_page_may_load_anything_from_there(directory: DirectoryPage, client: Client, query: str) -> None:
    response = get(client, query)
    assert HOST not in response["Content-Security-Policy"]
    assert policy(response)["script-src"] == "'none'"


@pytest.mark.parametrize("code", ["de", "ar"])
def test_the_page_that_was_chosen_may_load_pictures_from_there_only(
    directory: DirectoryPage, client: Client, code: str
) -> None:
    allowed = policy(get(client, STREETS, code))
    assert (allowed["script-src"], allowed["img-src"]) == ("'self'", f"'self' {HOST}")
    assert {name for name, value in allowed.items() if HOST in value} == {"img-src"}


def test_it_is_said_what_the_server_learns_before_it_is_chosen(directory: DirectoryPage, client: Client) -> None:
    page = webpages.read(get(client, "?language=ar&map=districts", "en"))
    box = page.select_one("section.box:has(a[href*='map=streets'])")
    assert "tiles.example.org" in webpages.text(box)
    assert "IP" in webpages.text(box)
    assert box.select_one("a.button")["href"] == "/en/organisationen/?language=ar&map=streets"


def test_the_list_beside_it_is_the_filtered_one(directory: DirectoryPage, client: Client) -> None:
    assert entries(webpages.read(get(client, STREETS))) == ["Anderer <i>Punkt</i>", "Mit Punkt"]
    page = webpages.read(get(client, "?language=ar&map=streets"))
    assert entries(page) == ["Mit Punkt"]
    entry = page.select_one(".pins li")
    assert (entry["data-latitude"], entry["data-longitude"]) == ("51.35000", "7.42000")
    assert page.select("main a[href='/de/organisationen/?language=ar']")


def test_who_is_not_on_the_map_is_counted(directory: DirectoryPage, client: Client) -> None:
    assert "1 organisation is not on the map." in webpages.text(
        webpages.read(get(client, STREETS, "en")).select_one("main")
    )


def test_the_source_is_named_as_it_was_written(directory: DirectoryPage, client: Client) -> None:
    assert "© <b>Stadt</b>" in webpages.text(webpages.read(get(client, STREETS)).select_one("main"))


def test_without_a_server_there_are_only_the_districts(directory: DirectoryPage, client: Client) -> None:
    DirectoryMap.objects.all().delete()
    assert not webpages.read(get(client, "?map=districts")).select("a[href*='map=streets']")
    response = get(client, "?language=ar&map=streets")
    assert (response.status_code, response["Location"]) == (302, "/de/organisationen/?language=ar&map=districts")


def test_scripts_come_from_this_site(directory: DirectoryPage, client: Client) -> None:
    scripts = webpages.read(get(client, STREETS)).select("script[src]")
    assert [str(script["src"]).rpartition("/")[2] for script in scripts] == ["leaflet.js", "street_map.js"]
    assert all(str(script["src"]).startswith("/static/") for script in scripts)

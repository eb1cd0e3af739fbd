"""The sitemap names each page once in every language in which it is really written."""

from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, PageViewRestriction, Site

from tests import factories, webpages

HOST = "http://testserver"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@dataclass
class Entry:
    changed: str | None = None
    alternates: dict[str, str] = field(default_factory=dict)


def text_of(url: Element, name: str) -> str | None:
    element = url.find(f"s:{name}", NAMES)
    return None if element is None else element.text


def sitemap(client: Client, **headers: str) -> dict[str, Entry]:
    """What a search engine reads; an address that stands there twice is a failure."""
    entries: dict[str, Entry] = {}
    urls = [url for part in webpages.sitemaps(client, **headers) for url in fromstring(part).findall("s:url", NAMES)]
    for url in urls:
        location = text_of(url, "loc")
        assert location and location not in entries
        links = url.findall("x:link", NAMES)
        assert {link.get("rel") for link in links} <= {"alternate"}
        alternates = {str(link.get("hreflang")): str(link.get("href")) for link in links}
        assert len(alternates) == len(links)
        entries[location] = Entry(text_of(url, "lastmod"), alternates)
    return entries


@pytest.fixture
def site(db: None) -> Site:
    site = factories.municipality()
    about = factories.content(site, "Über uns", slug="ueber-uns")
    factories.content(about, "Team", slug="team")
    return site


def at(site: Site, slug: str) -> Any:
    return Page.objects.descendant_of(site.root_page).get(slug=slug).specific


def test_every_public_page_is_named(site: Site, client: Client) -> None:
    assert set(sitemap(client)) == {f"{HOST}/de/", f"{HOST}/de/ueber-uns/", f"{HOST}/de/ueber-uns/team/"}


def test_a_page_is_named_once_in_every_language_it_is_written_in(site: Site, client: Client) -> None:
    team = at(site, "team")
    for code in ("ar", "tr", "de-simple"):
        factories.translated(team, code, title="x")
    of_team = {location for location in sitemap(client) if location.endswith("/team/")}
    assert of_team == {f"{HOST}/{code}/ueber-uns/team/" for code in ("de", "ar", "tr", "de-simple")}


def test_aliases_and_drafts_of_translations_are_not_named(site: Site, client: Client) -> None:
    factories.translated(at(site, "team"), "ar", title="x")  # makes aliases of the pages above it
    factories.translated(at(site, "team"), "tr", title="x", live=False)
    named = set(sitemap(client))
    assert f"{HOST}/ar/ueber-uns/" not in named
    assert f"{HOST}/ar/" not in named
    assert not any("/tr/" in location for location in named)


def test_alternates_lead_back_to_each_other(site: Site, client: Client) -> None:
    for code in ("ar", "en", "de-simple"):
        factories.translated(at(site, "team"), code, title="x")
    entries = sitemap(client)
    expected = {code: f"{HOST}/{code}/ueber-uns/team/" for code in ("de", "ar", "en")}
    for code in expected:
        assert entries[expected[code]].alternates == expected
    assert entries[f"{HOST}/de-simple/ueber-uns/team/"].alternates == {}
    assert entries[f"{HOST}/de/ueber-uns/"].alternates == {}


def test_alternates_are_those_of_the_page_itself(site: Site, client: Client) -> None:
    factories.translated(at(site, "team"), "ar", title="x")
    page = webpages.read(client.get("/ar/ueber-uns/team/"))
    own = {str(link["hreflang"]): str(link["href"]) for link in page.select("head link[hreflang]")}
    own.pop("x-default")
    assert sitemap(client)[f"{HOST}/ar/ueber-uns/team/"].alternates == own


def test_drafts_and_private_pages_with_all_below_them_are_not_named(site: Site, client: Client) -> None:
    factories.content(site, "Entwurf", slug="entwurf", live=False)
    private = factories.content(site, "Intern", slug="intern")
    below = factories.content(private, "Darunter", slug="darunter")
    for page in (private, below):
        factories.translated(page, "ar", title="x")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    named = " ".join(sitemap(client))
    assert "entwurf" not in named and "intern" not in named and "darunter" not in named


def test_a_translation_of_an_unpublished_page_is_not_named(site: Site, client: Client) -> None:
    team = at(site, "team")
    factories.translated(team, "ar", title="x")
    type(team).objects.filter(pk=team.pk).update(live=False)
    assert not any("team" in location for location in sitemap(client))


def test_the_day_of_the_last_change_is_that_of_the_language(site: Site, client: Client) -> None:
    team = at(site, "team")
    arabic = factories.translated(team, "ar", title="x")
    type(team).objects.filter(pk=arabic.pk).update(last_published_at=factories.berlin(2025, 3, 1, 12))
    entries = sitemap(client)
    assert parse_datetime(str(entries[f"{HOST}/ar/ueber-uns/team/"].changed)) == factories.berlin(2025, 3, 1, 12)
    assert parse_datetime(str(entries[f"{HOST}/de/ueber-uns/team/"].changed)) == team.last_published_at


def test_every_address_of_the_demo_content_answers_and_names_itself(demo: None, client: Client) -> None:
    entries = sitemap(client)
    assert len(entries) > 100
    assert not {code for entry in entries.values() for code in entry.alternates if "simple" in code}
    for entry in entries.values():
        for address in entry.alternates.values():
            assert entries[address].alternates == entry.alternates
    for location in [*entries][::7]:
        page = webpages.read(client.get(location.removeprefix(HOST)))
        assert page.find("link", rel="canonical")["href"] == location


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-de.xml", "/sitemap-ar.xml"])
def test_it_asks_the_database_as_often_for_many_pages_as_for_few(
    site: Site, client: Client, django_assert_max_num_queries, path: str
) -> None:
    client.get(path)
    with django_assert_max_num_queries(6) as few:
        client.get(path)
    for number in range(12):
        factories.translated(factories.content(site, f"Seite {number}"), "ar", title="x")
    with django_assert_max_num_queries(6) as many:
        client.get(path)
    assert len(few) == len(many)


def test_characters_of_xml_in_an_address_do_no_harm(site: Site, client: Client) -> None:
    assert sitemap(client, host="localhost")


def test_without_a_site_it_is_empty(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cms.admin.guards.require_spare_site", lambda site: None)
    Site.objects.all().delete()
    assert sitemap(client) == {}


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-de.xml"])
def test_it_is_only_read(site: Site, client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200
    assert client.get(path)["Content-Type"] == "application/xml"


def index(client: Client) -> list[str]:
    text = client.get("/sitemap.xml").content
    return [str(each.text) for each in fromstring(text).findall("s:sitemap/s:loc", NAMES)]


def test_the_index_names_a_sitemap_for_each_language_in_which_anything_is_written(site: Site, client: Client) -> None:
    factories.translated(at(site, "team"), "ar", title="x")
    assert index(client) == [f"{HOST}/sitemap-de.xml", f"{HOST}/sitemap-ar.xml"]
    assert client.get("/sitemap-tr.xml").status_code == 200  # no entries
    assert client.get("/sitemap-xx.xml", follow=True).status_code == 404


def test_a_long_sitemap_is_divided(site: Site, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sitemap(client)
    monkeypatch.setattr("cms.routing.sitemap.PER_SITEMAP", 2)
    assert index(client) == [f"{HOST}/sitemap-de.xml", f"{HOST}/sitemap-de.xml?page=2"]
    assert sitemap(client) == whole


def test_nothing_below_a_page_that_is_not_public_is_named(site: Site, client: Client) -> None:
    """Whatever stands between: a visitor would not get there."""
    team = at(site, "team")
    factories.content(factories.content(team, "Büro", slug="buero"), "Kontakt", slug="kontakt")
    type(team).objects.filter(pk=team.pk).update(live=False)
    assert set(sitemap(client)) == {f"{HOST}/de/", f"{HOST}/de/ueber-uns/"}
    assert client.get("/de/ueber-uns/team/buero/kontakt/").status_code == 404


def test_robots_are_led_to_the_sitemap_and_not_into_the_admin(site: Site, client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert lines == ["User-agent: *", "Disallow: /admin/", f"Sitemap: {HOST}/sitemap.xml"]
    assert client.post("/robots.txt").status_code == 405

"""What surrounds every page: navigation, the way, the switcher, alternates, footer."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page, Site

from cms.localization import languages
from tests import factories, webpages

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Site:
    site = factories.municipality(municipality="Stadt Musterstadt")
    about = factories.content(site, "Über uns", slug="ueber-uns", show_in_menus=True)
    factories.content(about, "Team", slug="team", show_in_menus=True)
    factories.content(site, "Versteckt", slug="versteckt")
    factories.content(site, "Entwurf", slug="entwurf", show_in_menus=True, live=False)
    return site


def shown(client: Client, address: str) -> BeautifulSoup:
    return webpages.read(client.get(address))


def page_at(slug: str) -> Page:
    return Page.objects.get(slug=slug, locale__language_code="de").specific


# Navigation and the way


def navigation(page: BeautifulSoup) -> dict[str, str]:
    return {webpages.text(link): str(link["href"]) for link in page.select("header .menu a")}


def test_the_navigation_holds_the_live_pages_below_home_that_are_shown_in_menus(site: Site, client: Client) -> None:
    assert navigation(shown(client, "/de/versteckt/")) == {"Über uns": "/de/ueber-uns/"}


def test_the_navigation_stays_in_the_readers_language(site: Site, client: Client) -> None:
    factories.translated(page_at("ueber-uns"), "ar", title="من نحن")
    assert navigation(shown(client, "/ar/versteckt/")) == {"من نحن": "/ar/ueber-uns/"}
    assert navigation(shown(client, "/tr/versteckt/")) == {"Über uns": "/tr/ueber-uns/"}


def test_the_navigation_marks_where_the_reader_is(site: Site, client: Client) -> None:
    current = {
        path: [link["aria-current"] for link in shown(client, path).select("header .menu a[aria-current]")]
        for path in ("/de/ueber-uns/", "/de/ueber-uns/team/", "/de/versteckt/")
    }
    assert current == {"/de/ueber-uns/": ["page"], "/de/ueber-uns/team/": ["true"], "/de/versteckt/": []}


def test_the_order_of_the_navigation_is_that_of_the_pages(site: Site, client: Client) -> None:
    factories.content(site, "Danach", show_in_menus=True)
    assert list(navigation(shown(client, "/de/"))) == ["Über uns", "Danach"]


def test_breadcrumbs_lead_from_home_to_the_parent(site: Site, client: Client) -> None:
    factories.translated(page_at("ueber-uns"), "tr", title="Hakkımızda")
    crumbs = shown(client, "/tr/ueber-uns/team/").select(".crumbs a")
    assert [link["href"] for link in crumbs] == ["/tr/", "/tr/ueber-uns/"]
    assert webpages.text(crumbs[1]) == "Hakkımızda"


def test_the_home_page_has_no_breadcrumbs(site: Site, client: Client) -> None:
    assert not shown(client, "/de/").select(".crumbs a")


# Language switcher, alternates, canonical


def switcher(page: BeautifulSoup) -> dict[str, str]:
    return {str(link["lang"]): str(link["href"]) for link in page.select("header .languages a")}


def test_the_switcher_names_every_language_by_its_own_name(site: Site, client: Client) -> None:
    links = shown(client, "/ar/").select("header .languages a")
    assert {str(link["lang"]): webpages.text(link) for link in links} == {
        language.code: language.native_name for language in languages.LANGUAGES
    }
    assert {str(link["lang"]): str(link["dir"]) for link in links} == {
        language.code: language.direction for language in languages.LANGUAGES
    }


def test_the_switcher_leads_to_the_same_address_with_the_same_query(site: Site, client: Client) -> None:
    for path in ("ueber-uns/team/", "search/?q=verein&page=2", "ueber-uns/?q=a+%C3%BC", "gibt-es-nicht/"):
        assert switcher(shown(client, f"/uk/{path}")) == {
            language.code: f"/{language.code}/{path}" for language in languages.LANGUAGES
        }


def test_the_switcher_marks_the_readers_language(site: Site, client: Client) -> None:
    current = shown(client, "/fa/ueber-uns/").select("header .languages a[aria-current]")
    assert [link["lang"] for link in current] == ["fa"]


def test_a_query_cannot_break_out_of_the_switcher(site: Site, client: Client) -> None:
    page = shown(client, '/de/ueber-uns/?"><script>alert(1)</script>')
    assert not [script for script in page.find_all("script") if script.get("type") != "application/ld+json"]
    assert all(href.startswith("/") for href in switcher(page).values())


def alternates(page: BeautifulSoup) -> dict[str, str]:
    return {str(link["hreflang"]): str(link["href"]) for link in page.select("head link[hreflang]")}


def test_hreflang_names_real_translations_only(site: Site, client: Client) -> None:
    team = page_at("team")
    factories.translated(team, "ar", title="الفريق")
    factories.translated(team, "tr", title="Ekip", live=False)
    expected = {
        "de": "http://testserver/de/ueber-uns/team/",
        "ar": "http://testserver/ar/ueber-uns/team/",
        "x-default": "http://testserver/de/ueber-uns/team/",
    }
    for code in ("de", "ar", "tr"):
        assert alternates(shown(client, f"/{code}/ueber-uns/team/")) == expected
    assert "ar" not in alternates(shown(client, "/de/ueber-uns/"))  # only an alias there


def test_plain_german_is_not_in_hreflang(site: Site, client: Client) -> None:
    factories.translated(page_at("team"), "de-simple", title="Unsere Leute")
    page = shown(client, "/de-simple/ueber-uns/team/")
    assert webpages.text(page.h1) == "Unsere Leute"
    assert set(alternates(page)) == {"de", "x-default"}
    assert page.find("link", rel="canonical")["href"] == "http://testserver/de-simple/ueber-uns/team/"


def test_canonical_is_the_page_whose_words_are_shown(site: Site, client: Client) -> None:
    factories.translated(page_at("team"), "ar", title="الفريق")
    canonical = {
        code: shown(client, f"/{code}/ueber-uns/team/").find("link", rel="canonical")["href"]
        for code in ("de", "ar", "ru")
    }
    assert canonical == {
        "de": "http://testserver/de/ueber-uns/team/",
        "ar": "http://testserver/ar/ueber-uns/team/",
        "ru": "http://testserver/de/ueber-uns/team/",
    }


def test_error_and_search_pages_are_not_for_search_engines(site: Site, client: Client) -> None:
    for path in ("gibt-es-nicht/", "search/?q=x"):
        page = shown(client, f"/de/{path}")
        assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
        assert not alternates(page)


# Footer


def test_the_footer_links_to_pages_in_the_readers_language_and_elsewhere(site: Site, client: Client) -> None:
    site.sitesettings.footer_links = [
        ("link", {"page": page_at("ueber-uns"), "url": "", "label": {}}),
        ("link", {"page": page_at("team"), "url": "", "label": {"de": "Die Leute", "tr": "Ekip"}}),
        ("link", {"page": None, "url": "https://example.org/", "label": {"de": "Anderswo"}}),
        ("link", {"page": page_at("entwurf"), "url": "", "label": {}}),
    ]
    site.sitesettings.save()
    links = shown(client, "/tr/").select("footer nav a")
    found = {str(link["href"]): webpages.text(link) for link in links}
    assert found["/tr/ueber-uns/"] == "Über uns"
    assert found["/tr/ueber-uns/team/"] == "Ekip"
    assert found["https://example.org/"] == "Anderswo"
    assert "/tr/entwurf/" not in found


def test_the_footer_names_offices_and_who_is_responsible(site: Site, client: Client) -> None:
    office = factories.contact(office={"de": "Integrationszentrum", "tr": "Uyum Merkezi"}, phone="+4923312070")
    site.sitesettings.offices = [("office", office)]
    site.sitesettings.press_responsible = "Presseamt, Rathausstraße 1"
    site.sitesettings.save()
    footer = shown(client, "/tr/").footer
    assert "Uyum Merkezi" in webpages.text(footer)
    assert "Presseamt, Rathausstraße 1" in webpages.text(footer)
    assert footer.find("a", href="tel:+4923312070")


def test_every_page_leads_to_the_barrier_report_and_names_itself(site: Site, client: Client) -> None:
    for path in ("", "ueber-uns/team/", "gibt-es-nicht/"):
        links = [str(link["href"]) for link in shown(client, f"/ar/{path}").select("footer a")]
        assert f"/ar/barrier/?page=/ar/{path}" in links

"""Links inside rich text keep readers in their language."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page, Site
from wagtail.rich_text import expand_db_html

from cms.localization import languages
from cms.routing.links import ReaderPageLinkHandler
from tests import factories, webpages

pytestmark = pytest.mark.django_db
LANGUAGE_CODES = [language.code for language in languages.LANGUAGES]


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


def link_to(page: Page, text: str = "Team") -> str:
    return f'<p><a linktype="page" id="{page.pk}">{text}</a></p>'


def shown(markup: str, code: str) -> BeautifulSoup:
    with translation.override(code):
        return BeautifulSoup(expand_db_html(markup), "html.parser")


@pytest.mark.parametrize("code", LANGUAGE_CODES)
def test_a_link_stays_in_the_readers_language_whether_translated_or_not(site: Site, code: str) -> None:
    translated = factories.content(site, "Team", slug="team")
    factories.translated(translated, "ar", title="الفريق")
    german = factories.content(site, "Über uns", slug="ueber-uns")
    assert shown(link_to(translated), code).a["href"] == f"/{code}/team/"
    assert shown(link_to(german), code).a["href"] == f"/{code}/ueber-uns/"


def test_a_link_that_names_the_translation_leads_to_the_same_address(site: Site) -> None:
    arabic = factories.translated(factories.content(site, "Team", slug="team"), "ar", title="الفريق")
    for code in ("ar", "tr", "de"):
        assert shown(link_to(arabic), code).a["href"] == f"/{code}/team/"


def test_a_link_to_the_home_page_leads_to_the_readers_entrance(site: Site) -> None:
    assert shown(link_to(site.root_page), "fa").a["href"] == "/fa/"


def test_a_page_that_is_gone_loses_the_link_and_keeps_the_words(site: Site) -> None:
    page = factories.content(site, "Team", slug="team")
    markup = link_to(page, "Unser Team")
    page.delete()
    found = shown(markup, "de")
    assert "href" not in found.a.attrs
    assert webpages.text(found) == "Unser Team"


def test_a_page_that_is_not_published_loses_the_link(site: Site) -> None:
    page = factories.content(site, "Team", slug="team", live=False)
    assert "href" not in shown(link_to(page), "de").a.attrs


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "²", "9" * 18, "1;2", "None"])
def test_a_broken_reference_loses_the_link(site: Site, number: str) -> None:
    found = shown(f'<p><a linktype="page" id="{number}">Team</a></p>', "de")
    assert webpages.text(found) == "Team"
    assert "href" not in found.a.attrs


def test_a_reference_without_a_number_loses_the_link(site: Site) -> None:
    assert "href" not in shown('<p><a linktype="page">Team</a></p>', "de").a.attrs


@given(number=st.text(max_size=20))
def test_no_reference_breaks_a_page(number: str) -> None:
    assert ReaderPageLinkHandler.expand_db_attributes_many([{"id": number}])[0].startswith("<a")


def test_many_links_are_one_query(site: Site, django_assert_num_queries) -> None:
    pages = [factories.content(site, f"Seite {number}") for number in range(5)]
    for count in (2, 5):
        markup = "".join(map(link_to, pages[:count]))
        with translation.override("ar"), django_assert_num_queries(1):
            assert expand_db_html(markup).count("/ar/seite-") == count


def test_links_elsewhere_stay_as_they_are(site: Site) -> None:
    markup = '<p><a href="https://example.org/?a=1&amp;b=2">x</a> <a href="mailto:ki@example.org">y</a></p>'
    assert [link["href"] for link in shown(markup, "ar").find_all("a")] == [
        "https://example.org/?a=1&b=2",
        "mailto:ki@example.org",
    ]


def test_a_page_shows_its_links_in_the_readers_language(site: Site, client: Client) -> None:
    team = factories.content(site, "Team", slug="team")
    gone = factories.content(site, "Alt", slug="alt")
    body = [("paragraph", link_to(team, "Unser Team") + link_to(gone, "Altes"))]
    factories.content(site, "Über uns", slug="ueber-uns", body=body)
    gone.unpublish()
    for code in ("de", "ar"):
        page = webpages.read(client.get(f"/{code}/ueber-uns/")).main
        links = {webpages.text(link): link.get("href") for link in page.find_all("a")}
        assert links["Unser Team"] == f"/{code}/team/"
        assert "Altes" in webpages.text(page)
        assert not [href for href in links.values() if href and "alt/" in href]

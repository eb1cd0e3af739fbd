"""From an address to a page in the reader's language."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, Site

from cms.localization import languages
from tests import factories, webpages

pytestmark = pytest.mark.django_db
LANGUAGE_CODES = [language.code for language in languages.LANGUAGES]


@pytest.fixture(scope="module")
def site(kept: None) -> Site:
    site = factories.municipality()
    about = factories.content(site, "Über uns", slug="ueber-uns")
    factories.content(about, "Team", slug="team")
    news = factories.news_index(site)
    factories.article(news, "Erster Artikel", date="2024-05-01")
    rat = factories.council_body()
    factories.session(rat, 1)
    factories.council(site, rat, slug="rat")
    factories.organisation(factories.directory(site), "Ein Verein e.V.", slug="ein-verein")
    factories.event(factories.event_index(site), "Ein Fest")
    return site


def page_at(slug: str) -> Page:
    return Page.objects.get(slug=slug, locale__language_code="de").specific


# Where addresses lead


@pytest.mark.parametrize("code", LANGUAGE_CODES)
@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("", "Miteinander in Musterstadt"),
        ("ueber-uns/", "Über uns"),
        ("ueber-uns/team/", "Team"),
        ("aktuelles/2024/", "Aktuelles"),
        ("aktuelles/erster-artikel/", "Erster Artikel"),
        ("organisationen/ein-verein/", "Ein Verein e.V."),
    ],
)
def test_an_address_answers_in_every_language(site: Site, client: Client, code: str, path: str, title: str) -> None:
    response = client.get(f"/{code}/{path}")
    assert response.status_code == 200
    assert webpages.text(webpages.read(response).h1) == title


def test_a_translation_answers_at_the_address_of_its_source(site: Site, client: Client) -> None:
    factories.translated(page_at("team"), "ar", title="الفريق")
    assert webpages.text(webpages.read(client.get("/ar/ueber-uns/team/")).h1) == "الفريق"
    assert webpages.text(webpages.read(client.get("/en/ueber-uns/team/")).h1) == "Team"


def test_a_translation_whose_slug_differs_answers_at_the_german_address_only(site: Site, client: Client) -> None:
    team = factories.translated(page_at("team"), "en", title="The team")
    Page.objects.filter(pk=team.pk).update(slug="the-team", url_path=team.url_path.replace("team", "the-team"))
    assert webpages.text(webpages.read(client.get("/en/ueber-uns/team/")).h1) == "The team"
    assert client.get("/en/ueber-uns/the-team/").status_code == 404


def test_a_live_translation_of_an_unpublished_page_is_nowhere(site: Site, client: Client) -> None:
    factories.translated(page_at("team"), "ar", title="الفريق")
    Page.objects.filter(pk=page_at("team").pk).update(live=False)
    for address in ("/ar/ueber-uns/team/", "/de/ueber-uns/team/", "/ar/ueber-uns/team", "/ar/team/"):
        assert client.get(address, follow=True).status_code == 404
    for address in ("/ar/", "/ar/ueber-uns/", "/ar/search/?q=الفريق", "/sitemap-de.xml"):
        assert "team/" not in webpages.html(client.get(address))


def test_an_alias_shows_the_words_of_the_source_page_as_german(site: Site, client: Client) -> None:
    team = factories.translated(page_at("team"), "ar", title="الفريق")
    alias = team.get_parent()
    assert alias.alias_of is not None
    Page.objects.filter(pk=alias.pk).update(title="Altes aus dem Alias", draft_title="Altes aus dem Alias")
    assert webpages.text(webpages.read(client.get("/ar/ueber-uns/")).h1) == "Über uns"


def test_a_page_that_was_moved_answers_at_its_new_address_in_every_language(site: Site, client: Client) -> None:
    factories.translated(page_at("team"), "ar", title="الفريق")
    page_at("team").move(Page.objects.get(pk=site.root_page_id), pos="last-child")
    for code in LANGUAGE_CODES:
        assert client.get(f"/{code}/team/").status_code == 200
        assert client.get(f"/{code}/ueber-uns/team/")["Location"] == f"/{code}/team/"


# Addresses that lead nowhere


NOWHERE = [
    "gibt-es-nicht/",
    "ueber-uns/gibt-es-nicht/",
    "ueber-uns/2024/",
    "aktuelles/1999/",
    "aktuelles/0/",
    "aktuelles/99999999999999999999/",
    f"aktuelles/{'9' * 5000}/",
    "aktuelles/2024/erster-artikel/",
    "rat/1999/",
    "rat/2025/99/",
    "rat/2025/1/1/",
    "rat/0/0/",
    f"rat/2025/{'9' * 5000}/",
    "termine/2025/",
    "organisationen/feed/",
    "organisationen/ein-verein/ein-verein/",
    "home/",
    f"{'x' * 5000}/",
    "a/" * 1000,
    "%00/",
    "ueber-uns%00/",
    "%F0%9F%A6%94/",
    "%D9%85%D8%B1%D8%AD%D8%A8%D8%A7/",
    "%ff%fe/",
    "..%2f..%2fetc%2fpasswd",
    "ueber-uns//team/",
]


@pytest.mark.parametrize("code", ["de", "ar", "de-simple"])
@pytest.mark.parametrize("path", NOWHERE, ids=lambda path: path[:30])
def test_an_unknown_address_is_a_404_in_the_readers_language(site: Site, client: Client, code: str, path: str) -> None:
    response = client.get(f"/{code}/{path}", follow=True)
    if path == "ueber-uns//team/":
        assert response.status_code in {200, 404}  # one slash too many does no harm
        return
    assert response.status_code == 404
    page = webpages.read(response)
    assert page.html["lang"] == code
    assert page.find("a", href=f"/{code}/")


@pytest.mark.parametrize("address", ["/xx/", "/klingon/ueber-uns/", "/de_simple/", "/de-AT/", "/index.php"])
def test_an_unknown_language_is_a_404_of_ours(site: Site, client: Client, address: str) -> None:
    response = client.get(address, follow=True, headers={"Accept-Language": "tr"})
    assert response.status_code == 404
    assert webpages.read(response).html["lang"] in LANGUAGE_CODES


def test_an_address_without_language_leads_to_the_page_in_the_browsers_language(site: Site, client: Client) -> None:
    response = client.get("/ueber-uns/", follow=True, headers={"Accept-Language": "tr"})
    assert (response.status_code, response.redirect_chain[-1][0]) == (200, "/tr/ueber-uns/")


@pytest.mark.parametrize("address", ["/de", "/ar/ueber-uns", "/de/aktuelles/2024"])
def test_a_missing_slash_is_added(site: Site, client: Client, address: str) -> None:
    response = client.get(address, follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == f"{address}/"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.text(max_size=60), query=st.text(max_size=60))
def test_no_address_breaks_the_site(site: Site, client: Client, path: str, query: str) -> None:
    for start in ("/ar/", "/de/aktuelles/", "/de/rat/"):
        assert client.get(start + path.encode("utf-8", "replace").decode(), {"page": query}).status_code < 500


# Lists


@pytest.mark.parametrize("number", ["0", "-1", "2", "999999999999", "x", "", "1e3", "٢", "\x00", "1" * 5000, "1;2"])
@pytest.mark.parametrize("path", ["aktuelles/", "aktuelles/2024/", "termine/", "termine/archiv/", "search/"])
def test_any_page_number_shows_the_nearest_page_of_a_list(site: Site, client: Client, path: str, number: str) -> None:
    assert client.get(f"/de/{path}", {"page": number}, follow=True).status_code == 200


# Methods and caches


@pytest.mark.parametrize("path", ["", "aktuelles/", "aktuelles/feed/", "rat/2025/1/", "search/", "barrier/"])
def test_head_answers_like_get_without_a_body(site: Site, client: Client, path: str) -> None:
    response = client.head(f"/de/{path}")
    assert response.status_code == 200
    assert response.content == b""


@pytest.mark.parametrize("path", ["", "ueber-uns/", "aktuelles/feed/", "rat/2025/1/", "organisationen/"])
def test_an_unchanged_page_is_not_sent_again(site: Site, client: Client, path: str) -> None:
    first = client.get(f"/de/{path}")
    again = client.get(f"/de/{path}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_changed_page_is_sent_again(site: Site, client: Client) -> None:
    first = client.get("/ar/ueber-uns/team/")
    factories.translated(page_at("team"), "ar", title="الفريق")
    assert client.get("/ar/ueber-uns/team/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_pages_are_asked_for_again_each_time(site: Site, client: Client) -> None:
    assert "no-cache" in client.get("/de/")["Cache-Control"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("path", ["", "ueber-uns/", "aktuelles/", "rat/2025/1/", "search/"])
def test_pages_are_only_read(site: Site, client: Client, path: str, method: str) -> None:
    assert getattr(client, method)(f"/de/{path}").status_code == 405


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("?topic=&language=ar&district=&open=now", "?language=ar&open=now"),
        ("?q=%26%C3%A4&topic=&utm_source=x", "?q=%26%C3%A4&utm_source=x"),
        ("?topic=", ""),
        ("?page=2&page=", ""),
    ],
)
@pytest.mark.parametrize("path", ["/de/organisationen/", "/ar/aktuelles/"])
def test_fields_that_were_left_empty_do_not_stay_in_the_address(
    site: Site, client: Client, path: str, asked: str, leads_to: str
) -> None:
    response = client.get(path + asked)
    assert (response.status_code, response["Location"]) == (302, path + leads_to)
    assert "no-cache" in response["Cache-Control"]
    assert client.get(path + leads_to).status_code == 200

"""Search over words of the reader's language, German words and names."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, Site

from cms.search import plain_words
from tests import factories, webpages

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def site(kept: None) -> Site:
    site = factories.municipality()
    directory = factories.directory(site)
    club = factories.organisation(
        directory,
        "Kulturverein Brücke e.V.",
        slug="bruecke",
        native_name="جمعية الجسر",
        native_language="ar",
        short_description="Wir kochen und singen",
    )
    factories.translated(club, "ar", short_description="نطبخ ونغني")
    about = factories.content(site, "Beratung", slug="beratung", lead="Hilfe bei Formularen")
    factories.translated(about, "ar", title="استشارة", lead="مساعدة في النماذج")
    factories.translated(about, "tr", title="Danışmanlık", lead="Formlar için yardım", live=False)
    factories.content(site, "Entwurf Kochbuch", live=False)
    for number in range(12):
        factories.content(site, f"Herbstblatt {number}")
    return site


def results(client: Client, code: str, query: str, **more: str) -> BeautifulSoup:
    response = client.get(f"/{code}/search/", {"q": query, **more})
    assert response.status_code == 200
    return webpages.read(response)


def found(client: Client, code: str, query: str, **more: str) -> list[str]:
    return [str(link["href"]) for link in results(client, code, query, **more).select("main ol.list a")]


@pytest.mark.parametrize(
    ("code", "query", "path"),
    [
        ("de", "Beratung", "/de/beratung/"),
        ("de", "beratung", "/de/beratung/"),
        ("de", "Formularen", "/de/beratung/"),
        ("ar", "استشارة", "/ar/beratung/"),
        ("ar", "النماذج", "/ar/beratung/"),
        ("ar", "Beratung", "/ar/beratung/"),
        ("uk", "Beratung", "/uk/beratung/"),
        ("de", "Brücke", "/de/organisationen/bruecke/"),
        ("tr", "Kulturverein", "/tr/organisationen/bruecke/"),
        ("de", "الجسر", "/de/organisationen/bruecke/"),
        ("de", "kochen singen", "/de/organisationen/bruecke/"),
        ("de", "Kulturver", "/de/organisationen/bruecke/"),
    ],
)
def test_a_page_is_found(site: Site, client: Client, code: str, query: str, path: str) -> None:
    assert found(client, code, query) == [path]


@pytest.mark.parametrize(
    ("code", "query"),
    [("de", "Kochbuch"), ("de", "استشارة"), ("tr", "Danışmanlık"), ("de", "kochen tanzen"), ("de", "xyzzy")],
    ids=["draft", "words of another language", "draft translation", "only one of two words", "nothing"],
)
def test_a_page_is_not_found(site: Site, client: Client, code: str, query: str) -> None:
    page = results(client, code, query)
    assert not page.select("main ol.list a")
    assert webpages.text(page.find(role="status"))


def test_a_page_is_listed_once_even_if_german_and_translation_both_match(site: Site, client: Client) -> None:
    page = Page.objects.get(slug="beratung", locale__language_code="de").specific
    factories.translated(page, "en", title="Beratung means advice")
    assert found(client, "en", "Beratung") == ["/en/beratung/"]


def test_the_page_says_how_many_were_found_and_shows_ten_at_a_time(site: Site, client: Client) -> None:
    assert "12" in webpages.text(results(client, "de", "Herbstblatt").find(role="status"))
    first, second = found(client, "de", "Herbstblatt"), found(client, "de", "Herbstblatt", page="2")
    assert (len(first), len(second), len({*first, *second})) == (10, 2, 12)


def test_results_without_translation_are_marked_as_german(site: Site, client: Client) -> None:
    link = results(client, "ar", "Herbstblatt 3").select_one("main ol.list a")
    assert webpages.language_of(link.find(string=True).parent) == ("de", "ltr")


def test_the_query_stays_in_the_field(site: Site, client: Client) -> None:
    page = results(client, "ar", '<b>"Hallo"')
    assert page.select_one("main input[name=q]")["value"] == '<b>"Hallo"'


NASTY = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "x" * 5000,
    '" OR ) AND NEAR(',
    "NEAR(a b, 3)",
    "AND",
    "OR NOT",
    '"',
    "'",
    "''; DROP TABLE wagtailcore_page; --",
    "*",
    "a*",
    "title:foo",
    "^foo",
    "-foo",
    "foo & bar | !baz",
    "a:*",
    "\\",
    "(((((",
    "%",
    "_",
    "🦔🦔🦔",
    "\u202eabc\u202c",
    "ﷺ",
    "\ud83e",
    "İıŞş",
    "{}[]<>",
    "col : x",
    "+" * 100,
]


@pytest.mark.parametrize("query", NASTY, ids=[f"nasty{number}" for number in range(len(NASTY))])
def test_any_query_is_answered(site: Site, client: Client, query: str) -> None:
    query = query.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for code in ("de", "ar"):
        assert client.get(f"/{code}/search/", {"q": query}).status_code == 200


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=120))
def test_whatever_is_typed_is_answered(site: Site, client: Client, query: str) -> None:
    query = query.encode("utf-8", "replace").decode()
    assert client.get("/de/search/", {"q": query}).status_code == 200


@given(st.text())
def test_signs_that_mean_something_to_a_search_engine_do_not_reach_it(query: str) -> None:
    assert not set(plain_words(query)) & set("\"'()*:^-+&|!<>~\\")


@pytest.mark.parametrize("copies", [3, 30])
def test_the_number_of_queries_does_not_grow_with_the_hits(
    site: Site, client: Client, copies: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    directory = Page.objects.get(slug="organisationen", locale__language_code="de").specific
    for number in range(copies):
        factories.organisation(directory, f"Nadelbaum {number}")
        factories.content(site, f"Nadelbaum {number}", slug=f"nadelbaum-{number}")
    client.get("/ar/search/")
    with django_assert_max_num_queries(12):
        client.get("/ar/search/", {"q": "Nadelbaum"})

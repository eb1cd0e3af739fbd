"""Sessions in the search and in the sitemap."""

import pytest
from defusedxml import ElementTree
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.localization import languages
from dates.models import CouncilBody, CouncilPage, CouncilSession
from news.article import RelatedSession
from tests import factories, webpages

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(db: None) -> CouncilBody:
    return factories.council_body(de="Integrationsrat", ar="مجلس الاندماج")


@pytest.fixture
def page(body: CouncilBody) -> CouncilPage:
    page = factories.council(factories.municipality(), body, slug="rat")
    place = factories.place(name={"de": "Rathaus", "ar": "مبنى البلدية"})
    for number, month in ((1, 1), (11, 3)):
        factories.session(body, number, factories.berlin(2025, month, 28, 16), place=place)
    return page


def found(client: Client, query: str, code: str = "de") -> list[str]:
    answer = webpages.read(client.get(f"/{code}/search/", {"q": query}))
    return [str(link["href"]) for link in answer.select("main ol.list a")]


@pytest.mark.parametrize(
    ("code", "query"),
    [
        ("de", "Sitzung 1/2025"),
        ("de", "28.01.2025"),
        ("de", "Januar Integrationsrat"),
        ("de", "jan 2025"),
        ("ar", "1/2025"),
        ("ar", "يناير"),
        ("ar", "Januar"),
        ("tr", "Ocak 2025"),
    ],
)
def test_a_session_is_found_by_number_and_date(page: CouncilPage, client: Client, code: str, query: str) -> None:
    assert found(client, query, code) == [f"/{code}/rat/2025/1/"]


def test_sessions_are_found_by_body_and_place_after_pages(page: CouncilPage, client: Client) -> None:
    assert found(client, "Rathaus") == ["/de/rat/2025/11/", "/de/rat/2025/1/"]
    assert found(client, "مبنى", "ar") == ["/ar/rat/2025/11/", "/ar/rat/2025/1/"]
    assert found(client, "Integrationsrat")[-2:] == ["/de/rat/2025/11/", "/de/rat/2025/1/"]


def test_sessions_ahead_come_before_past_ones(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    for number, year in ((2, 2098), (1, 2097)):
        factories.session(body, number, factories.berlin(year, 1, 28, 16))
    assert found(client, "Januar")[:3] == ["/de/rat/2097/1/", "/de/rat/2098/2/", "/de/rat/2025/1/"]


@pytest.mark.parametrize("query", ["2/2025", "Februar", "Januar März", "%", "1 2 3"])
def test_what_does_not_match_is_not_found(page: CouncilPage, client: Client, query: str) -> None:
    assert found(client, query) == []


def test_hidden_sessions_and_those_without_a_page_are_not_found(
    page: CouncilPage, body: CouncilBody, client: Client
) -> None:
    factories.session(body, 5, factories.berlin(2099, 1, 1, 16), is_public=False)
    factories.session(factories.council_body("anderer"), 6, factories.berlin(2099, 1, 2, 16))
    assert found(client, "2099") == []


def test_a_new_session_is_found_and_listed_in_every_language(
    page: CouncilPage, body: CouncilBody, client: Client
) -> None:
    for language in languages.LANGUAGES:
        if language.code != languages.SOURCE:
            factories.translated(page, language.code, title=page.title)
    factories.session(body, 7, factories.berlin(2099, 12, 1, 16))
    for language in languages.LANGUAGES:
        assert found(client, "7/2099", language.code) == [f"/{language.code}/rat/2099/7/"]
    addresses = sitemap(client)
    assert {f"http://testserver/{language.code}/rat/2099/7/" for language in languages.LANGUAGES} <= set(addresses)


# Sitemap


def sitemap(client: Client) -> dict[str, str]:
    """Address and last change of every entry."""
    space = webpages.SITEMAPS
    urls = [url for part in webpages.sitemaps(client) for url in ElementTree.fromstring(part)]
    return {url.findtext(f"{space}loc"): url.findtext(f"{space}lastmod") or "" for url in urls}


def test_sessions_and_years_stand_in_the_sitemap_with_their_last_change(page: CouncilPage, client: Client) -> None:
    entries = sitemap(client)
    below = {address.partition("/rat/")[2]: changed for address, changed in entries.items() if "/rat/2" in address}
    assert set(below) == {"2025/", "2025/1/", "2025/11/"}
    assert all(below.values())


def test_more_sessions_cost_no_more_queries(page: CouncilPage, body: CouncilBody, client: Client) -> None:
    def queries() -> list[int]:
        counts = []
        for address in ("/sitemap.xml", "/sitemap-de.xml", "/de/search/?q=2025"):
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            counts.append(len(captured))
        return counts

    queries()
    before = queries()
    for number in range(12, 40):
        factories.session(
            body, number, factories.berlin(2025, 6, number - 11, 16), place=factories.place(f"o-{number}")
        )
    queries()
    assert queries() == before


@pytest.fixture
def second(page: CouncilPage) -> CouncilSession:
    """The next meeting of another council, whose page stands after the first one."""
    youth = factories.council_body("jugend", de="Jugendrat")
    factories.council(page.get_parent(), youth, "Jugendrat", slug="jugendrat")
    return factories.session(youth, 7, factories.berlin(2098, 2, 3, 17))


@pytest.mark.parametrize("code", ["de", "ar"])
def test_each_council_has_its_own_address_wherever_it_is_named(
    page: CouncilPage, second: CouncilSession, body: CouncilBody, client: Client, code: str
) -> None:
    first = factories.session(body, 1, factories.berlin(2098, 1, 28, 16))
    article = factories.article(factories.news_index(page.get_site(), slug="aktuelles"), slug="neu")
    for session in (first, second):
        RelatedSession.objects.create(article=article, session=session)
    wanted = {f"/{code}/rat/2098/1/", f"/{code}/jugendrat/2098/7/"}
    for address in (f"/{code}/", f"/{code}/aktuelles/neu/"):
        answer = webpages.read(client.get(address))
        assert wanted == {str(link["href"]) for link in answer.select("main a") if "/2098/" in str(link["href"])}
    for address in wanted:
        assert client.get(address).status_code == 200


def test_a_council_without_a_page_is_named_without_a_link(page: CouncilPage, client: Client) -> None:
    session = factories.session(factories.council_body("beirat", de="Beirat"), 3, factories.berlin(2098, 1, 28, 16))
    article = factories.article(factories.news_index(page.get_site(), slug="aktuelles"), slug="neu")
    RelatedSession.objects.create(article=article, session=session)
    answer = webpages.read(client.get("/de/aktuelles/neu/"))
    assert "3/2098" in webpages.text(answer.main)
    assert not [link for link in answer.select("main a") if "/2098/" in str(link["href"])]


def test_a_council_of_another_site_has_its_address_there(page: CouncilPage, client: Client) -> None:
    hemer = factories.municipality(hostname="hemer.localhost")
    body = factories.council_body("hemer", de="Rat Hemer")
    factories.council(hemer, body, slug="rat-hemer")
    session = factories.session(body, 2, factories.berlin(2098, 1, 28, 16))
    article = factories.article(factories.news_index(page.get_site(), slug="aktuelles"), slug="neu")
    RelatedSession.objects.create(article=article, session=session)
    answer = webpages.read(client.get("/ar/aktuelles/neu/"))
    assert answer.select_one("main a[href='http://hemer.localhost/ar/rat-hemer/2098/2/']")

"""The list of news: at once complete, by year, never with what is not public."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from news.models import NewsIndexPage, NewsPage, RelatedPage
from tests import factories, webpages
from tests.news.admin_forms import add_address, edit_address, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def index(site: Site) -> NewsIndexPage:
    return factories.news_index(site)


def titles(client: Client, address: str) -> list[str]:
    """Titles of the articles listed there, in their order."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return [webpages.text(link) for link in webpages.read(answer).select("main .card :is(h2, h3) a")]


def numbered(index: NewsIndexPage, count: int, year: int = 2024) -> None:
    for number in range(1, count + 1):
        day = dt.date(year, 1, 1) + dt.timedelta(days=number)
        factories.article(index, f"Artikel {number:02}", slug=f"artikel-{year}-{number}", date=day)


def queries(client: Client, addresses: list[str]) -> dict[str, int]:
    """How many queries each address needs when nothing is cached; asked twice, so that renditions and such exist."""
    counts = {}
    for address in addresses * 2:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts[address] = len(captured)
    return counts


# Where an article stands as soon as it is published


def everywhere(code: str) -> list[str]:
    return [f"/{code}/{path}" for path in ("", "aktuelles/", f"aktuelles/{timezone.localdate().year}/")]


@pytest.mark.parametrize("code", ["de", "ar", "tr"])
def test_an_article_is_on_home_index_year_and_feed_the_moment_it_is_published(
    index: NewsIndexPage, client: Client, code: str
) -> None:
    addresses = [*everywhere(code), f"/{code}/aktuelles/feed/"]
    factories.article(index, "Schon da")
    client.force_login(factories.press())
    before = [webpages.html(client.get(address)) for address in addresses]
    send(client, add_address(index, NewsPage), "action-publish", title="Gerade eben", slug="neu", lead="Seit heute.")
    client.logout()
    after = [webpages.html(client.get(address)) for address in addresses]
    assert ["Gerade eben" in page for page in before] == [False] * 4
    assert ["Gerade eben" in page for page in after] == [True] * 4


@pytest.mark.parametrize("code", ["de", "ar", "tr"])
def test_a_corrected_title_is_at_once_everywhere(index: NewsIndexPage, client: Client, code: str) -> None:
    article = factories.article(index, "Mit Tippfehlr", slug="neu", lead="Ein Anfang.")
    addresses = [*everywhere(code), f"/{code}/aktuelles/feed/", article.path_in(code)]
    for address in addresses:
        client.get(address)
    client.force_login(factories.press())
    send(client, edit_address(article), "action-publish", title="Ohne Tippfehler")
    client.logout()
    for address in addresses:
        page = webpages.html(client.get(address))
        assert ("Ohne Tippfehler" in page, "Tippfehlr" in page) == (True, False), address


@pytest.mark.parametrize("code", ["de", "ar", "tr"])
@pytest.mark.parametrize("kind", ["draft", "unpublished", "behind a log-in"])
def test_an_article_that_is_not_public_is_nowhere(
    site: Site, index: NewsIndexPage, client: Client, code: str, kind: str
) -> None:
    club = factories.organisation(factories.directory(site), "Verein")
    factories.article(index, "Öffentlich")
    hidden = factories.article(index, "Geheimes", slug="geheim", live=kind != "draft")
    factories.translated(hidden, "ar", title="Geheimes", live=kind != "draft")
    RelatedPage.objects.create(article=hidden, page=club)
    if kind == "unpublished":
        hidden.unpublish()
    if kind == "behind a log-in":
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    for address in [
        *everywhere(code),
        f"/{code}/aktuelles/feed/",
        club.path_in(code),
        f"/{code}/aktuelles/offentlich/",
    ]:
        answer = client.get(address)
        assert (answer.status_code, "Geheimes" in webpages.html(answer)) == (200, False), address
    answer = client.get(f"/{code}/aktuelles/geheim/")
    assert answer.status_code == (302 if kind == "behind a log-in" else 404)
    assert "Geheimes" not in webpages.html(answer)


def test_an_article_without_translation_is_listed_in_german_and_says_so(index: NewsIndexPage, client: Client) -> None:
    factories.article(index, "Nur auf Deutsch")
    card = webpages.read(client.get("/ar/aktuelles/")).select_one("main .card")
    assert webpages.language_of(card.select_one("h2 a span")) == ("de", "ltr")
    assert webpages.text(card.select_one(".badge")) == "بالألمانية"


def test_a_translated_article_is_listed_with_the_readers_words(index: NewsIndexPage, client: Client) -> None:
    factories.translated(factories.article(index, "Beratung"), "ar", title="استشارة")
    card = webpages.read(client.get("/ar/aktuelles/")).select_one("main .card")
    assert webpages.text(card.h2) == "استشارة"
    assert webpages.language_of(card.h2.a) == ("ar", "rtl")
    assert not card.select(".badge")


# Years


def test_the_newest_article_comes_first(index: NewsIndexPage, client: Client) -> None:
    for title, day in (("Mitte", dt.date(2024, 5, 1)), ("Neu", dt.date(2025, 1, 1)), ("Alt", dt.date(2023, 12, 31))):
        factories.article(index, title, date=day)
    assert titles(client, "/de/aktuelles/") == ["Neu", "Mitte", "Alt"]


def test_of_two_articles_of_one_day_the_later_written_comes_first(index: NewsIndexPage, client: Client) -> None:
    for title in ("Morgens", "Abends"):
        factories.article(index, title, date=dt.date(2024, 5, 1))
    assert titles(client, "/de/aktuelles/") == ["Abends", "Morgens"]


@pytest.mark.parametrize(("year", "listed"), [(2024, ["Juni", "Neujahr"]), (2023, ["Silvester"])])
def test_a_year_lists_its_own_articles(index: NewsIndexPage, client: Client, year: int, listed: list[str]) -> None:
    factories.article(index, "Neujahr", date=dt.date(2024, 1, 1))
    factories.article(index, "Silvester", date=dt.date(2023, 12, 31))
    factories.article(index, "Juni", date=dt.date(2024, 6, 1))
    assert titles(client, f"/de/aktuelles/{year}/") == listed


def test_the_years_are_offered_newest_first_and_the_chosen_one_is_marked(index: NewsIndexPage, client: Client) -> None:
    for year in (2022, 2024, 2023):
        numbered(index, 1, year)
    chips = webpages.read(client.get("/ar/aktuelles/2023/")).select(".chips a")
    assert [link["href"] for link in chips[1:]] == [f"/ar/aktuelles/{year}/" for year in (2024, 2023, 2022)]
    assert [webpages.text(link) for link in chips if link.get("aria-current") == "page"] == ["2023"]


@pytest.mark.parametrize("year", ["2023", "0", "1", "9999", "99999999999999999999", "02024x", "feed/2024"])
def test_a_year_without_articles_is_not_found(index: NewsIndexPage, client: Client, year: str) -> None:
    numbered(index, 1, 2024)
    assert client.get(f"/de/aktuelles/{year}/").status_code == 404


def test_a_year_of_drafts_only_is_not_found(index: NewsIndexPage, client: Client) -> None:
    factories.article(index, live=False, date=dt.date(2021, 1, 1))
    assert client.get("/de/aktuelles/2021/").status_code == 404


def test_an_index_without_articles_says_so(index: NewsIndexPage, client: Client) -> None:
    shown = webpages.read(client.get("/de/aktuelles/"))
    assert "Noch keine Meldungen" in webpages.text(shown.main) or not shown.select(".card")
    assert len(webpages.text(shown.select_one("main .grid.news"))) > 5


# Pages of a year


def test_the_pages_of_a_year_stay_in_the_year(index: NewsIndexPage, client: Client) -> None:
    numbered(index, 12, 2024)
    numbered(index, 12, 2023)
    shown = webpages.read(client.get("/de/aktuelles/2023/?page=2"))
    assert [webpages.text(number) for number in shown.select(".pages [aria-current]")] == ["2"]
    assert {link["href"] for link in shown.select(".pages a")} == {"?page=1"}
    assert len(titles(client, "/de/aktuelles/2023/?page=2")) == 2


def test_ten_articles_need_no_second_page(index: NewsIndexPage, client: Client) -> None:
    numbered(index, 10)
    assert not webpages.read(client.get("/de/aktuelles/")).select(".pages")


def test_thirty_articles_need_as_many_queries_as_three(index: NewsIndexPage, client: Client) -> None:
    paths = ("aktuelles/", "aktuelles/2024/", "aktuelles/feed/", "aktuelles/artikel-1/", "")
    addresses = [f"/{code}/{path}" for code in ("de", "ar") for path in paths]

    def publish(numbers: range) -> None:
        for number in numbers:
            day = dt.date(2024, 1, number)
            article = factories.article(index, f"Artikel {number}", date=day)
            if number % 3 == 0:
                factories.translated(article, "ar", title=f"مقال {number}")

    publish(range(1, 4))
    with_three = queries(client, addresses)
    publish(range(4, 31))
    assert queries(client, addresses) == with_three

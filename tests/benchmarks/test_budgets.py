"""What a page may cost: queries, bytes, requests. `make bench` prints what it does cost."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from cms.localization import languages
from news.models import RelatedPage
from tests import factories, webpages
from tests.journeys.addresses import ANSWERS, PAGES

QUERIES = 30
SEARCHING = 46
"""Not budgets but alarms: what a page costs is CPU and bytes, and queries that do not grow."""
REQUESTS = 6
WEIGHT = 54 * 1024
STYLESHEET = 10 * 1024
"""Bytes as they travel, compressed."""

SHOWN = {name: path for name, path in PAGES.items() if name != "fallback"}
"""Public templates; the demo content has no page without any translation, and "content" falls back in Russian."""

FEW, MANY = 10, 300


@pytest.fixture(scope="module")
def figures() -> Iterator[dict[str, list[str]]]:
    """Rows of the tables that are printed at the end, by table."""
    tables: dict[str, list[str]] = {}
    yield tables
    for title, rows in tables.items():
        print(f"\n\n{title}", *rows, sep="\n  ")


def queries_of(client: Client, address: str, status: int = 200) -> int:
    """Queries of ``address`` when nothing is cached but the process is warm; savepoints of the test do not count."""
    assert client.get(address).status_code == status
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == status
    return sum("SAVEPOINT" not in query["sql"] for query in captured.captured_queries)


# Queries


@pytest.mark.parametrize("code", ["de", "ar", "ru"])
def test_pages_ask_the_database_rarely(demo: None, client: Client, figures: dict[str, list[str]], code: str) -> None:
    counted = {name: queries_of(client, f"/{code}{path}", ANSWERS.get(name, 200)) for name, path in SHOWN.items()}
    most = {name: SEARCHING if "search" in name or "empty" in name else QUERIES for name in counted}
    figures[f"Uncached queries, {code} (at most {QUERIES}, {SEARCHING} where words are sought)"] = [
        f"{name:20}{count:4}" for name, count in counted.items()
    ]
    assert {name: count for name, count in counted.items() if count > most[name]} == {}


def multiply(sample: Page, times: int) -> None:
    """Copies of a page and of its Arabic translation in three statements each, past everything that listens."""
    keys = [uuid4() for _ in range(times)]
    for page in Page.objects.filter(translation_key=sample.translation_key, alias_of=None):
        parent = page.get_parent()
        row = Page.objects.filter(pk=page.pk).values().get()
        rows = []
        for position, key in enumerate(keys, start=parent.numchild + 1):
            slug = f"{page.slug}-{position}"
            own = {"id": None, "translation_key": key, "slug": slug, "url_path": f"{parent.url_path}{slug}/"}
            path = Page._get_path(parent.path, page.depth, position)
            rows.append(Page(**{**row, **own, "path": path}))
        Page.objects.bulk_create(rows)
        Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + times)
        copy_fields(type(page.specific), page.pk, [made.pk for made in rows])


def copy_fields(model: type[Page], source: int, targets: list[int]) -> None:
    quote = connection.ops.quote_name
    columns = [field.column for field in model._meta.local_concrete_fields if not field.primary_key]
    names = ", ".join(map(quote, columns))
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    statement = f"INSERT INTO {table} ({key}, {names}) SELECT %s, {names} FROM {table} WHERE {key} = %s"  # noqa: S608 (names of our own columns)
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(target, source) for target in targets])


@pytest.fixture
def growing(db: None) -> Iterator[Callable[[], int]]:
    """A site with an article, an event and an organisation, each in German and Arabic; every call brings more."""
    site = factories.municipality()
    picture = factories.picture()
    news, events, directory = factories.news_index(site), factories.event_index(site), factories.directory(site)
    verein = factories.organisation(
        directory,
        "Ein Verein",
        slug="verein",
        topics=["sport"],
        languages_spoken=["ar"],
        district=factories.district(site, "mitte"),
        logo=picture,
    )
    article = factories.article(news, "Artikel", slug="artikel", main_image=picture, main_image_alt="Bild")
    RelatedPage.objects.create(article=article, page=verein)
    event = factories.event(events, "Fest", slug="fest", place=factories.place(), organiser=verein)
    samples = [article, event, verein]
    for sample in samples:
        factories.translated(sample, "ar", title=f"{sample.title} بالعربية")
    yield lambda: grow(samples)


def grow(samples: list[Page]) -> int:
    """Brings the pages of each kind to ``FEW`` and then to ``MANY``."""
    there = type(samples[0]).objects.sources().count()
    for sample in samples:
        multiply(sample, (FEW if there < FEW else MANY) - there)
    return int(type(samples[0]).objects.sources().count())


LISTS = {
    "home": "/",
    "news": "/aktuelles/",
    "article": "/aktuelles/artikel/",
    "events": "/termine/",
    "event": "/termine/fest/",
    "directory": "/organisationen/",
    "profile": "/organisationen/verein/",
}


@pytest.mark.parametrize("code", ["de", "ar"])
def test_more_pages_cost_no_more_queries(
    growing: Callable[[], int], client: Client, figures: dict[str, list[str]], code: str
) -> None:
    counted = {}
    for expected in (FEW, MANY):
        assert growing() == expected
        counted[expected] = {name: queries_of(client, f"/{code}{path}") for name, path in LISTS.items()}
    figures[f"Uncached queries, {code}, with {FEW} and with {MANY} pages of each kind"] = [
        f"{name:20}{counted[FEW][name]:4}{counted[MANY][name]:4}" for name in LISTS
    ]
    assert counted[FEW] == counted[MANY]
    assert max(counted[MANY].values()) <= QUERIES


# Bytes


def stylesheet() -> bytes:
    return Path(str(finders.find("cms/site.css"))).read_bytes()


def test_the_stylesheet_is_small(figures: dict[str, list[str]]) -> None:
    raw = stylesheet()
    compressed = len(gzip.compress(raw))
    figures[f"site.css (at most {STYLESHEET} bytes compressed)"] = [f"{len(raw)} bytes, {compressed} compressed"]
    assert compressed <= STYLESHEET


def test_home_is_light_in_every_language_even_uncompressed(
    demo: None, client: Client, figures: dict[str, list[str]]
) -> None:
    sizes, rows = {}, []
    for language in languages.LANGUAGES:
        page = client.get(f"/{language.code}/").content
        sizes[language.code] = len(page) + len(stylesheet())
        compressed = len(gzip.compress(page)) + len(gzip.compress(stylesheet()))
        rows.append(f"{language.code:12}{sizes[language.code]:7}{compressed:7} compressed")
    figures[f"HTML and CSS of home in bytes (at most {WEIGHT})"] = rows
    assert {code: size for code, size in sizes.items() if size > WEIGHT} == {}


# Requests


def asked_at_once(page: BeautifulSoup) -> list[str]:
    """What a browser asks for without scrolling or clicking: of a picture one of its sizes, one of its sizes."""
    linked = [str(link["href"]) for link in page.find_all("link", rel=["stylesheet", "icon", "preload", "manifest"])]
    pictures = [str(img["src"]) for img in page.find_all("img") if img.get("loading") != "lazy"]
    media = [
        str(element["src"])
        for element in page.find_all(["video", "audio", "script", "iframe", "embed"], src=True)
        if element.get("preload") != "none"
    ]
    posters = [str(video["poster"]) for video in page.find_all("video", poster=True)]
    return list(dict.fromkeys([*linked, *pictures, *media, *posters]))


@pytest.fixture
def pages(demo: None, client: Client) -> dict[str, BeautifulSoup]:
    return {
        f"{code}{path}": webpages.read(client.get(f"/{code}{path}")) for code in ("de", "ar") for path in SHOWN.values()
    }


def test_pages_need_few_requests_and_no_script(pages: dict[str, BeautifulSoup], figures: dict[str, list[str]]) -> None:
    counted = {address: 1 + len(asked_at_once(page)) for address, page in pages.items()}
    figures[f"Requests (at most {REQUESTS})"] = [
        f"{address:50}{count:3}" for address, count in counted.items() if address.startswith("de/")
    ]
    assert {address: count for address, count in counted.items() if count > REQUESTS} == {}

    scripts = {
        address: found
        for address, page in pages.items()
        if (found := [tag for tag in page.find_all("script") if tag.get("type") != "application/ld+json"])
    }
    assert scripts == {}
    handlers = {
        address: found
        for address, page in pages.items()
        if (found := [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")])
    }
    assert handlers == {}


def test_pictures_have_their_place_before_they_arrive(pages: dict[str, BeautifulSoup]) -> None:
    def is_held(img: Any) -> bool:
        return str(img.get("width", "")).isdecimal() and str(img.get("height", "")).isdecimal()

    assert {address for address, page in pages.items() if not all(map(is_held, page.find_all("img")))} == set()
    assert any(page.find("img") for page in pages.values())


def test_a_site_with_its_own_accent_colour_asks_for_one_file_more(db: None, client: Client) -> None:
    site: Site = factories.municipality(accent_colour="#8a0b3a")
    page = webpages.read(client.get("/de/"))
    sheets = [str(link["href"]) for link in page.find_all("link", rel="stylesheet")]
    assert len(sheets) == 2
    assert site.sitesettings.accent_colour.removeprefix("#") in sheets[1]
    assert len(client.get(sheets[1]).content) < 1024

"""Error pages speak the visitor's language, all of it."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from wagtail.models import Site

from cms import urls as cms_urls
from cms.localization import languages
from tests import factories, webpages


def forbidden(request: HttpRequest, **_anything: Any) -> HttpResponse:
    raise PermissionDenied


def breaks(request: HttpRequest, **_anything: Any) -> HttpResponse:
    raise RuntimeError("for the test")


urlpatterns = [
    path("<str:code>/forbidden/", forbidden),
    path("<str:code>/breaks/", breaks),
    *cms_urls.urlpatterns,
]
handler403, handler404, handler500 = cms_urls.handler403, cms_urls.handler404, cms_urls.handler500

ADDRESSES = {"missing": 404, "forbidden": 403, "expired": 403, "breaks": 500}


@pytest.fixture
def site(db: None) -> Iterator[Site]:
    with override_settings(ROOT_URLCONF=__name__):
        yield factories.municipality()


@pytest.fixture(params=languages.LANGUAGES, ids=lambda language: language.code)
def language(request: pytest.FixtureRequest) -> languages.Language:
    found: languages.Language = request.param
    return found


@pytest.fixture(params=ADDRESSES)
def response(request: pytest.FixtureRequest, site: Site, language: languages.Language) -> HttpResponse:
    kind = request.param
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    if kind == "expired":
        answer = client.post(f"/{language.code}/barrier/", {"message": "x"})
    else:
        answer = client.get(f"/{language.code}/{kind}/", headers={"Accept-Language": "tr"})
    assert answer.status_code == ADDRESSES[kind]
    return answer


@pytest.fixture
def page(response: HttpResponse) -> BeautifulSoup:
    return webpages.read(response)


@cache
def catalogue(code: str) -> dict[str, str]:
    """English originals without placeholders, and what the catalogue makes of them."""
    file = Path(settings.LOCALE_PATHS[0], languages.catalogue_folder(code), "LC_MESSAGES", "django.po")
    with file.open("rb") as opened:
        messages = [message for message in read_po(opened) if isinstance(message.id, str) and "%" not in message.id]
    return {str(message.id): str(message.string) for message in messages if message.id}


def test_an_error_page_is_in_the_readers_language_and_direction(
    page: BeautifulSoup, language: languages.Language
) -> None:
    assert (page.html["lang"], page.html["dir"]) == (language.code, language.direction)
    heading = webpages.text(page.h1)
    assert heading in catalogue(language.code).values()
    assert page.find("a", href=f"/{language.code}/")


def test_no_english_is_left_on_an_error_page_in_another_language(
    page: BeautifulSoup, language: languages.Language
) -> None:
    if language.code == "en":
        return
    # Some words are the same in both languages ("E-Mail", "Menü"); those say so in the catalogue.
    english = {original for original, translated in catalogue(language.code).items() if original != translated}
    shown = {
        " ".join(text.split())
        for text, element in webpages.passages(page)
        if webpages.language_of(element)[0] == language.code
    }
    assert shown & english == set()


def test_no_german_is_left_on_an_error_page_in_another_language(
    page: BeautifulSoup, language: languages.Language
) -> None:
    if language.code.startswith("de"):
        return
    own = set(catalogue(language.code).values())
    german = set(catalogue("de").values()) - own
    shown = {
        " ".join(text.split())
        for text, element in webpages.passages(page)
        if webpages.language_of(element)[0] == language.code
    }
    assert shown & german == set()


def test_an_error_page_is_valid_and_not_for_search_engines(response: HttpResponse, page: BeautifulSoup) -> None:
    assert webpages.faults(webpages.html(response)) == []
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert len(page.find_all("h1")) == 1
    assert not page.find("link", rel="canonical")
    assert not response.cookies


def test_an_error_page_tells_nothing_of_the_inside(response: HttpResponse) -> None:
    shown = webpages.html(response)
    for word in ("Traceback", "RuntimeError", "for the test", "urlpatterns", "PermissionDenied", "CSRF"):
        assert word not in shown


def test_an_error_is_shown_even_when_the_database_is_gone(site: Site) -> None:
    def refuse(*_anything: object) -> None:
        raise OperationalError("gone")

    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(refuse):
        answer = client.get("/ar/")
    assert answer.status_code == 500
    assert webpages.read(answer).html["lang"] == "ar"
    assert not answer.cookies


def test_a_missing_page_leads_on_by_search(site: Site, client: Client) -> None:
    page = webpages.read(client.get("/uk/gibt-es-nicht/"))
    assert page.select_one('main form[role="search"]')["action"] == "/uk/search/"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/de/organisationen/verein-der-freunde/", "verein der freunde"),
        ("/ar/دورات-اللغة/2024/", "دورات اللغة"),
        ("/uk/gibt_es%20nicht.html?x=1", "gibt es nicht html"),
        ("/de/2024/1/", ""),
        ("/de/" + "x" * 200 + "/", "x" * 100),
    ],
)
def test_a_missing_page_offers_to_search_for_the_words_of_its_address(
    site: Site, client: Client, path: str, words: str
) -> None:
    page = webpages.read(client.get(path))
    assert page.select_one('main form[role="search"] input')["value"] == words


def test_a_missing_file_is_a_404_in_the_browsers_language(site: Site, client: Client) -> None:
    answer = client.get("/media/gibt-es-nicht.png", headers={"Accept-Language": "fa"})
    assert answer.status_code == 404
    assert webpages.read(answer).html["lang"] == "fa"

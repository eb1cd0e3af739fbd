"""While the file ``maintenance`` lies in the data folder, visitors are told so in their language."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from cms.localization import languages
from tests import webpages


@pytest.fixture
def switched_on(settings: Any) -> Iterator[None]:
    switch = Path(settings.DATA_DIR, "maintenance")
    switch.touch()
    yield
    switch.unlink(missing_ok=True)


@pytest.fixture
def anybody() -> Client:
    """Asks without touching the database, which pytest-django forbids unless a test asks for it."""
    return Client()


@pytest.mark.parametrize("language", languages.LANGUAGES, ids=lambda language: language.code)
def test_visitors_are_told_in_the_language_of_the_address(
    switched_on: None, anybody: Client, language: languages.Language
) -> None:
    response = anybody.get(f"/{language.code}/aktuelles/", headers={"Accept-Language": "tr"})
    assert response.status_code == 503
    page = webpages.read(response)
    assert (page.html["lang"], page.html["dir"]) == (language.code, language.direction)
    with translation.override(language.code):
        assert webpages.text(page.h1) == gettext("Back in a moment")
        assert gettext("We are working on this website. Please try again in a few minutes.") in webpages.text(page)
    assert webpages.faults(webpages.html(response)) == []


def test_without_a_language_in_the_address_the_browsers_decides(switched_on: None, anybody: Client) -> None:
    for address in ("/", "/admin/", "/sitemap.xml", "/media/bild.png"):
        response = anybody.get(address, headers={"Accept-Language": "ar"})
        assert response.status_code == 503
        assert webpages.read(response).html["lang"] == "ar"


def test_search_engines_and_caches_are_told_to_come_back(switched_on: None, anybody: Client) -> None:
    response = anybody.get("/de/")
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "no-store"
    assert webpages.read(response).find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert not response.cookies


def test_forms_are_not_taken_either(switched_on: None, anybody: Client) -> None:
    assert anybody.post("/de/barrier/", {"message": "x"}).status_code == 503


def test_the_look_is_still_there(switched_on: None, anybody: Client) -> None:
    page = webpages.read(anybody.get("/de/"))
    asked = webpages.resources(page)
    assert asked
    for address in asked:
        response = anybody.get(address)
        assert response.status_code == 200
        assert b"".join(response)


@pytest.mark.django_db
def test_monitoring_still_gets_an_answer(switched_on: None, client: Client) -> None:
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_without_the_file_everything_is_as_before(client: Client, settings: Any) -> None:
    assert client.get("/").status_code == 302
    switch = Path(settings.DATA_DIR, "maintenance")
    switch.touch()
    assert client.get("/").status_code == 503
    switch.unlink()
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("preferred", ["\x00", "x" * 6000, "xx", ",".join(["xx"] * 400)], ids=lambda text: text[:6])
def test_a_strange_browser_gets_german(switched_on: None, anybody: Client, preferred: str) -> None:
    response = anybody.get("/xx/", headers={"Accept-Language": preferred})
    assert (response.status_code, webpages.read(response).html["lang"]) == (503, "de")

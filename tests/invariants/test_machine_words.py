"""Invariant 4: nobody reads a machine's words without being told, on their own page or in a list."""

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests import factories
from tests.translations import content
from translations import publishing

pytestmark = pytest.mark.django_db

MARK = "uk machine"
LISTS = ("", "aktuelles/", "organisationen/", "termine/")
OWN = ("ueber-uns/", "aktuelles/artikel/", "organisationen/verein/", "termine/fest/")


@pytest.fixture(scope="module")
def site(kept: None) -> Any:
    """One page of each kind, published in Ukrainian by a machine alone; the entrances by a person."""
    site = factories.municipality()
    news, directory = factories.news_index(site), factories.directory(site)
    events = factories.event_index(site)
    club = factories.organisation(directory, "Verein", slug="verein", short_description="Kurz gesagt")
    pages = [
        factories.content(site, "Über uns", slug="ueber-uns", body=[("heading", {"text": "Wer wir sind"})]),
        factories.article(news, "Artikel", slug="artikel"),
        club,
        factories.event(events, "Fest", slug="fest", organiser=club),
    ]
    reviewer = factories.press()
    for page in (site.root_page.specific, news, directory, events):
        content.publish_german(page)
        content.published(page, "uk", mark=" person", user=reviewer)
    for page in pages:
        content.publish_german(page)
        revision = content.save(page, "uk", mark=" machine", tool="stub")
        publishing.publish_unreviewed(translated=content.translation(page, "uk"), revision=revision)
    return site


def main_of(path: str) -> Tag:
    answer = Client().get(f"/uk/{path}")
    assert answer.status_code == 200
    main = BeautifulSoup(answer.content, "html.parser").select_one("main")
    assert main is not None
    return main


@pytest.mark.parametrize("path", OWN)
def test_the_page_itself_says_it(site: Any, path: str) -> None:
    main = main_of(path)
    assert MARK in main.get_text()
    assert len(main.select(".notice a[hreflang=de]")) == 1


@pytest.mark.parametrize("path", LISTS)
def test_each_entry_of_a_list_says_it(site: Any, path: str) -> None:
    main = main_of(path)
    told = [text for text in main.find_all(string=lambda text: MARK in text) if is_told(text.parent, main)]
    untold = [str(text) for text in main.find_all(string=lambda text: MARK in text) if text not in told]
    assert told
    assert untold == []


def is_told(element: Tag | None, main: Tag) -> bool:
    """Whether the entry around ``element`` carries a badge."""
    while element is not None and element is not main:
        if element.name in ("li", "article") or "card" in element.get("class", []):
            return bool(element.select(".badge"))
        element = element.parent
    return False

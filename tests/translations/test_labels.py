"""Visitors are told what a translation is: nothing when it is a person's and current."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from cms.localization import notices as told
from tests.translations import content
from translations import publishing

pytestmark = pytest.mark.django_db

PATH = "/ar/aktuelles/ein-fest/"
LIST = "/ar/aktuelles/"


def machine_made(page: Any) -> None:
    revision = content.save(page, tool="stub")
    publishing.publish_unreviewed(translated=content.translation(page), revision=revision)


def outdated(page: Any) -> None:
    content.published(page)
    content.publish_german(page, lead="Niemand ist eingeladen.")


def reviewed(page: Any) -> None:
    content.published(page)


def seen(path: str = PATH) -> BeautifulSoup:
    response = Client().get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def notices(soup: BeautifulSoup) -> list[str]:
    return [" ".join(notice.get_text(" ").split()) for notice in soup.select("main .notice")]


def test_a_current_translation_by_a_person_says_nothing():
    reviewed(content.article())
    assert notices(seen()) == []


@pytest.mark.parametrize("make", [machine_made, outdated])
def test_a_notice_leads_to_the_german_text_and_to_a_way_to_complain(make):
    make(content.article())
    (notice,) = seen().select("main .notice")
    addresses = [link["href"] for link in notice.select("a")]
    assert addresses == ["/de/aktuelles/ein-fest/", f"/ar/barrier/?page={PATH}"]
    assert notice.get_text().strip()


@pytest.mark.parametrize("make", [reviewed, machine_made, outdated])
def test_every_translation_leads_to_the_german_text(make):
    make(content.article())
    assert seen().select_one(".foot a[hreflang=de]")["href"] == "/de/aktuelles/ein-fest/"


def test_the_german_text_leads_to_no_other():
    content.article()
    assert seen("/de/aktuelles/ein-fest/").select(".foot a[hreflang=de]") == []


def test_the_notice_of_an_outdated_translation_names_the_day():
    page = content.article()
    outdated(page)
    since = content.status(page).outdated_since
    assert seen().select_one("main .notice time")["datetime"] == since.astimezone().date().isoformat()


def test_programs_are_told_that_a_machine_has_translated():
    machine_made(content.article())
    soup = seen()
    mark = soup.select_one("meta[name=digital-source-type]")
    assert mark["content"] == told.DIGITAL_SOURCE
    blocks = [json.loads(block.string) for block in soup.select("script[type='application/ld+json']")]
    (block,) = [block for block in blocks if block["@type"] == "WebPage"]
    assert block["digitalSourceType"] == told.SCHEMA_DIGITAL_SOURCE
    assert block["translationOfWork"]["@id"].endswith("/de/aktuelles/ein-fest/")


@pytest.mark.parametrize("path", [PATH, "/de/aktuelles/ein-fest/", "/tr/aktuelles/ein-fest/"])
def test_programs_are_told_nothing_of_machines_elsewhere(path):
    reviewed(content.article())
    assert seen(path).select("meta[name=digital-source-type]") == []


@pytest.mark.parametrize(("make", "badges"), [(machine_made, 1), (reviewed, 0), (outdated, 1)])
def test_cards_say_what_their_words_are(make, badges):
    make(content.article())
    assert len(seen(LIST).select("main .badge")) == badges


def test_a_machine_is_named_until_a_person_has_published():
    page = content.article()
    machine_made(page)
    content.published(page)
    assert notices(seen()) == []


@pytest.mark.parametrize("path", [PATH, LIST])
def test_knowing_this_costs_no_query(path, django_assert_num_queries, monkeypatch):
    page = content.article()
    outdated(page)
    Client().get(path)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        Client().get(path)
    monkeypatch.setattr(told, "_annotators", [])
    with django_assert_num_queries(len(queries)):
        Client().get(path)

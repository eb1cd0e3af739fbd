"""The Atom feed, as a feed reader understands it."""

import uuid
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client

from news.models import NewsIndexPage, NewsPage
from tests import factories

pytestmark = pytest.mark.django_db
ATOM, XML_LANG = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def index(db: None) -> NewsIndexPage:
    return factories.news_index(factories.municipality("Miteinander in Musterstadt"))


@pytest.fixture
def article(index: NewsIndexPage) -> NewsPage:
    return factories.article(index, "Neue Beratung", lead="Ab Montag & danach.")


def feed(client: Client, code: str = "de") -> Any:
    answer = client.get(f"/{code}/aktuelles/feed/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    parsed = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    return parsed


def languages_of_entries(client: Client, code: str) -> list[str]:
    """feedparser gives no language of an entry."""
    root = ElementTree.fromstring(client.get(f"/{code}/aktuelles/feed/").content)  # noqa: S314 (our own)
    return [entry.attrib[XML_LANG] for entry in root.iter(f"{ATOM}entry")]


def test_the_feed_names_the_site_its_language_and_its_own_address(article: NewsPage, client: Client) -> None:
    shown = feed(client, "ar").feed
    assert shown.title == "Miteinander in Musterstadt: Aktuelles"
    assert shown.language == "ar"
    links = {link.rel: link.href for link in shown.links}
    assert links == {
        "alternate": "http://testserver/ar/aktuelles/",
        "self": "http://testserver/ar/aktuelles/feed/",
    }


def test_an_entry_has_title_lead_link_and_dates(article: NewsPage, client: Client) -> None:
    [entry] = feed(client).entries
    assert (entry.title, entry.summary) == ("Neue Beratung", "Ab Montag & danach.")
    assert entry.link == "http://testserver/de/aktuelles/neue-beratung/"
    assert entry.published_parsed[:6] == article.first_published_at.utctimetuple()[:6]
    assert entry.updated_parsed[:6] == article.last_published_at.utctimetuple()[:6]


def test_the_id_of_an_entry_is_the_uuid_of_the_article_in_every_language(article: NewsPage, client: Client) -> None:
    factories.translated(article, "ar", title="استشارة")
    ids = {feed(client, code).entries[0].id for code in ("de", "ar", "tr", "en")}
    assert ids == {f"urn:uuid:{article.translation_key}"}
    assert uuid.UUID(ids.pop())


def test_the_id_of_an_entry_survives_new_title_and_new_address(article: NewsPage, client: Client) -> None:
    before = feed(client).entries[0].id
    article.title, article.slug = "Ganz anders", "ganz-anders"
    article.save()
    [entry] = feed(client).entries
    assert (entry.id, entry.link) == (before, "http://testserver/de/aktuelles/ganz-anders/")


@pytest.mark.parametrize("code", ["de", "ar", "tr"])
def test_links_lead_to_the_readers_language(article: NewsPage, client: Client, code: str) -> None:
    [entry] = feed(client, code).entries
    assert entry.link == f"http://testserver/{code}/aktuelles/neue-beratung/"
    assert client.get(entry.link).status_code == 200


def test_each_entry_says_in_which_language_it_is_written(index: NewsIndexPage, client: Client) -> None:
    factories.article(index, "Nur auf Deutsch")
    factories.translated(factories.article(index, "Übersetzt"), "ar", title="مترجم", lead="نعم")
    entries = feed(client, "ar").entries
    assert [entry.title for entry in entries] == ["مترجم", "Nur auf Deutsch"]
    assert languages_of_entries(client, "ar") == ["ar", "de"]
    assert languages_of_entries(client, "tr") == ["de", "de"]


def test_the_feed_holds_the_twenty_newest(index: NewsIndexPage, client: Client) -> None:
    for number in range(22):
        factories.article(index, f"Artikel {number}")
    assert [entry.title for entry in feed(client).entries] == [f"Artikel {number}" for number in range(21, 1, -1)]


def test_the_feed_without_articles_is_still_a_feed(index: NewsIndexPage, client: Client) -> None:
    assert feed(client).entries == []


def test_index_and_home_lead_feed_readers_to_the_feed(article: NewsPage, client: Client) -> None:
    for address in ("/ar/", "/ar/aktuelles/"):
        parsed = feedparser.parse(client.get(address).content)
        found = [link.href for link in parsed.feed.get("links", []) if link.get("type") == "application/atom+xml"]
        assert "/ar/aktuelles/feed/" in found, address

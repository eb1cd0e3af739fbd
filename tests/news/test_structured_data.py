"""schema.org NewsArticle of an article."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Site

from news.models import NewsIndexPage
from tests import factories, webpages

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality(municipality="Stadt Musterstadt")


@pytest.fixture
def index(site: Site) -> NewsIndexPage:
    return factories.news_index(site)


def described(client: Client, address: str) -> dict[str, Any]:
    [data] = webpages.structured_data(webpages.read(client.get(address)))
    return data


def test_an_article_is_described_as_a_news_article(index: NewsIndexPage, client: Client) -> None:
    article = factories.article(index, "Rat & Tat", slug="rat", lead="Ab <Montag>.", date=dt.date(2024, 7, 2))
    assert described(client, "/de/aktuelles/rat/") == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": "http://testserver/de/aktuelles/rat/#article",
        "headline": "Rat & Tat",
        "description": "Ab <Montag>.",
        "inLanguage": "de",
        "datePublished": "2024-07-02",
        "dateModified": article.last_published_at.isoformat(),
        "mainEntityOfPage": "http://testserver/de/aktuelles/rat/",
        "publisher": {
            "@type": "GovernmentOrganization",
            "@id": "http://testserver/#municipality",
            "name": "Stadt Musterstadt",
        },
    }


def test_the_date_of_publication_is_only_a_month_where_no_more_is_known(index: NewsIndexPage, client: Client) -> None:
    factories.article(index, "Damals", date=dt.date(2024, 7, 1), date_is_month=True)
    assert described(client, "/de/aktuelles/damals/")["datePublished"] == "2024-07"


def test_the_date_of_change_has_its_offset(index: NewsIndexPage, client: Client) -> None:
    factories.article(index, "Damals")
    assert dt.datetime.fromisoformat(described(client, "/de/aktuelles/damals/")["dateModified"]).tzinfo is not None


def test_a_translation_is_described_in_its_language(index: NewsIndexPage, client: Client) -> None:
    factories.translated(factories.article(index, "Beratung"), "ar", title="استشارة")
    data = described(client, "/ar/aktuelles/beratung/")
    assert (data["headline"], data["inLanguage"]) == ("استشارة", "ar")


def test_german_words_under_another_language_are_described_as_german(index: NewsIndexPage, client: Client) -> None:
    factories.article(index, "Beratung")
    data = described(client, "/ar/aktuelles/beratung/")
    assert (data["headline"], data["inLanguage"]) == ("Beratung", "de")


def test_the_picture_can_be_fetched(index: NewsIndexPage, client: Client) -> None:
    factories.article(index, "Bild", main_image=factories.picture(), main_image_alt="Ein Tisch")
    assert client.get(described(client, "/de/aktuelles/bild/")["image"]).status_code == 200


def test_nothing_in_a_title_can_end_the_data_block(index: NewsIndexPage, client: Client) -> None:
    title = "</script><script>alert(1)</script>"
    factories.article(index, title, slug="boese")
    assert described(client, "/de/aktuelles/boese/")["headline"] == title

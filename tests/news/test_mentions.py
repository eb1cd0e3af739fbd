"""Articles beside the organisations and events that they speak of."""

import datetime as dt

import pytest
from bs4 import Tag
from django.test import Client
from wagtail.models import Site

from directory.models import OrganisationPage
from news.models import NewsIndexPage, RelatedPage
from tests import factories, webpages

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def index(site: Site) -> NewsIndexPage:
    return factories.news_index(site)


@pytest.fixture
def club(site: Site) -> OrganisationPage:
    return factories.organisation(factories.directory(site), "Verein", slug="verein")


def mentions(client: Client, address: str) -> list[Tag]:
    return webpages.read(client.get(address)).select("main .list li")


def test_an_organisation_shows_the_articles_that_name_it(
    index: NewsIndexPage, club: OrganisationPage, client: Client
) -> None:
    factories.article(index, "Ohne den Verein")
    RelatedPage.objects.create(article=factories.article(index, "Mit dem Verein", slug="mit"), page=club)
    links = [item.a for item in mentions(client, "/tr/organisationen/verein/")]
    assert [(link["href"], webpages.text(link)) for link in links] == [("/tr/aktuelles/mit/", "Mit dem Verein")]


def test_the_six_newest_articles_are_shown_newest_first(
    index: NewsIndexPage, club: OrganisationPage, client: Client
) -> None:
    for day in range(1, 9):
        RelatedPage.objects.create(
            article=factories.article(index, f"Tag {day}", date=dt.date(2024, 1, day)), page=club
        )
    shown = [webpages.text(item.a) for item in mentions(client, "/de/organisationen/verein/")]
    assert shown == [f"Tag {day}" for day in range(8, 2, -1)]


def test_an_article_that_names_an_organisation_twice_is_shown_once(
    index: NewsIndexPage, club: OrganisationPage, client: Client
) -> None:
    article = factories.article(index)
    RelatedPage.objects.create(article=article, page=club)
    RelatedPage.objects.create(article=article, page=club)
    assert len(mentions(client, "/de/organisationen/verein/")) == 1


def test_a_mention_is_shown_in_the_readers_language_or_marked_as_german(
    index: NewsIndexPage, club: OrganisationPage, client: Client
) -> None:
    german = factories.article(index, "Nur auf Deutsch", date=dt.date(2024, 1, 1))
    translated = factories.article(index, "Übersetzt", date=dt.date(2024, 1, 2))
    factories.translated(translated, "ar", title="مترجم")
    for article in (german, translated):
        RelatedPage.objects.create(article=article, page=club)
    first, second = mentions(client, "/ar/organisationen/verein/")
    assert webpages.text(first.a) == "مترجم"
    assert not first.select(".badge")
    assert webpages.language_of(second.a.span) == ("de", "ltr")
    assert second.select(".badge")


def test_an_event_shows_the_articles_that_name_it(site: Site, index: NewsIndexPage, client: Client) -> None:
    event = factories.event(factories.event_index(site), "Fest", slug="fest")
    RelatedPage.objects.create(article=factories.article(index, "Vom Fest"), page=event)
    assert [webpages.text(item.a) for item in mentions(client, "/de/termine/fest/")] == ["Vom Fest"]


def test_an_organisation_that_no_article_names_has_no_list_of_news(
    index: NewsIndexPage, club: OrganisationPage, client: Client
) -> None:
    factories.article(index)
    assert not mentions(client, "/de/organisationen/verein/")

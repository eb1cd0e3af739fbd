"""What an article shows beside its text."""

import datetime as dt

import pytest
from django.test import Client
from wagtail.models import Site

from dates.models import EventPage
from news.models import NewsIndexPage, RelatedPage, RelatedSession
from tests import factories, webpages

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def index(site: Site) -> NewsIndexPage:
    return factories.news_index(site)


def test_a_date_known_to_the_month_shows_month_and_year_only(index: NewsIndexPage, client: Client) -> None:
    factories.article(index, "Damals", date=dt.date(2024, 7, 1), date_is_month=True)
    for address in ("/de/aktuelles/damals/", "/de/aktuelles/", "/de/"):
        when = webpages.read(client.get(address)).select_one("main time")
        assert (when["datetime"], webpages.text(when)) == ("2024-07", "Juli 2024"), address


@pytest.mark.parametrize(
    ("code", "day", "month"),
    [
        ("de", "2. Juli 2024", "Juli 2024"),
        ("ar", "2 يوليو 2024", "يوليو 2024"),
        ("tr", "2 Temmuz 2024", "Temmuz 2024"),
        ("uk", "2 липня 2024", "липень 2024"),
    ],
)
def test_the_date_is_written_in_the_readers_language(
    index: NewsIndexPage, client: Client, code: str, day: str, month: str
) -> None:
    factories.article(index, "Am Tag", date=dt.date(2024, 7, 2))
    factories.article(index, "Im Monat", date=dt.date(2024, 7, 2), date_is_month=True)
    shown = [
        webpages.read(client.get(f"/{code}/aktuelles/{slug}/")).select_one("h1 + p time")
        for slug in ("am-tag", "im-monat")
    ]
    assert [webpages.text(when) for when in shown] == [day, month]


def test_the_credit_stands_under_the_picture_in_every_language(index: NewsIndexPage, client: Client) -> None:
    picture = factories.picture(credit="Foto: Aylin Demir")
    article = factories.article(
        index, "Bild", main_image=picture, main_image_alt="Ein Tisch", main_image_caption="Im Rathaus"
    )
    factories.translated(article, "ar", main_image_alt="طاولة", main_image_caption="في البلدية")
    for code, alt in (("de", "Ein Tisch"), ("ar", "طاولة"), ("tr", "Ein Tisch")):
        figure = webpages.read(client.get(article.path_in(code))).select_one("main figure")
        assert "Foto: Aylin Demir" in webpages.text(figure.figcaption)
        assert figure.img["alt"] == alt


def test_an_article_names_the_organisations_that_took_part(site: Site, index: NewsIndexPage, client: Client) -> None:
    article, clubs = factories.article(index), factories.directory(site)
    RelatedPage.objects.create(
        article=article, page=factories.organisation(clubs, "Zweiter Verein", slug="zwei"), sort_order=2
    )
    RelatedPage.objects.create(
        article=article, page=factories.organisation(clubs, "Erster Verein", slug="eins"), sort_order=1
    )
    links = webpages.read(client.get("/ar/aktuelles/ein-artikel/")).select(".aside .box a")
    assert [(link["href"], webpages.text(link)) for link in links] == [
        ("/ar/organisationen/eins/", "Erster Verein"),
        ("/ar/organisationen/zwei/", "Zweiter Verein"),
    ]
    assert {webpages.language_of(link.bdi) for link in links} == {("de", "ltr")}


def test_an_article_leads_to_related_events_and_public_meetings(
    site: Site, index: NewsIndexPage, client: Client
) -> None:
    body = factories.council_body()
    factories.council(site, body)
    article = factories.article(index)
    RelatedPage.objects.create(article=article, page=factories.event(factories.event_index(site), "Fest"))
    RelatedSession.objects.create(article=article, session=factories.session(body, 1))
    RelatedSession.objects.create(article=article, session=factories.session(body, 2, is_public=False))
    links = webpages.read(client.get("/tr/aktuelles/ein-artikel/")).select(".aside .box a")
    assert [link["href"] for link in links] == ["/tr/integrationsrat/2025/1/", "/tr/termine/fest/"]


def test_related_words_keep_their_language(site: Site, index: NewsIndexPage, client: Client) -> None:
    events, article = factories.event_index(site), factories.article(index)
    for slug in ("ohne", "mit"):
        RelatedPage.objects.create(article=article, page=factories.event(events, f"Fest {slug}", slug=slug))
    factories.translated(EventPage.objects.get(slug="mit"), "ar", title="عيد")
    links = webpages.read(client.get("/ar/aktuelles/ein-artikel/")).select(".aside .box a")
    found = {webpages.text(link): webpages.language_of(link.span or link) for link in links}
    assert found == {"Fest ohne": ("de", "ltr"), "عيد": ("ar", "rtl")}


def test_three_other_articles_of_the_same_index_follow(index: NewsIndexPage, client: Client) -> None:
    for day in range(1, 6):
        factories.article(index, f"Artikel {day}", date=dt.date(2024, 1, day))
    others = webpages.read(client.get("/de/aktuelles/artikel-4/")).select("main .card h3 a")
    assert [webpages.text(link) for link in others] == ["Artikel 5", "Artikel 3", "Artikel 2"]

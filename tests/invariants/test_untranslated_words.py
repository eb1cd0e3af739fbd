"""Invariant 4: nobody sees untranslated words without being told, and never with a wrong language or direction."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import gettext
from wagtail.models import Page, Site

from cms.localization import languages
from news.models import RelatedPage, RelatedSession
from tests import factories, webpages

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("german site")]

MARK = "Zebrafink"
"""Stands in every German text of these tests, and in nothing else."""

OTHERS = [language for language in languages.LANGUAGES if language.code != languages.SOURCE]

FACTS_ONLY = ("rat/2025/", "rat/2025/1/")
"""Pages that are made of facts alone, and so complete in every language."""

ADDRESSES = {
    "": "home",
    "ueber-uns/": "content page",
    "aktuelles/": "news",
    "aktuelles/2024/": "news of a year",
    "aktuelles/artikel/": "article",
    "organisationen/": "directory",
    "organisationen/?topic=sport": "filtered directory",
    "organisationen/verein/": "complete organisation",
    "organisationen/leer/": "incomplete organisation",
    "rat/": "council",
    "rat/2025/": "year of the council",
    "rat/2025/1/": "session",
    "termine/": "events",
    "termine/fest/": "event",
    "termine/archiv/": "past events",
}

BODY = [
    ("heading", {"text": f"Überschrift {MARK}"}),
    ("paragraph", f"<p>Absatz {MARK}</p><ul><li>Punkt {MARK}</li></ul>"),
    ("quote", {"text": f"Zitat {MARK}", "name": f"Name {MARK}", "role": f"Rolle {MARK}"}),
    ("facts", {"heading": f"Zahlen {MARK}", "items": [{"label": f"Wert {MARK}", "value": f"Zahl {MARK}"}]}),
    ("links", {"heading": f"Links {MARK}", "links": [{"title": f"Ziel {MARK}", "url": "", "note": f"Notiz {MARK}"}]}),
    ("call_to_action", {"text": f"Aufruf {MARK}", "label": f"Knopf {MARK}", "url": "https://example.org"}),
    ("accordion", {"items": [{"title": f"Klappe {MARK}", "text": f"<p>Inhalt {MARK}</p>"}]}),
]


def german(text: str) -> str:
    return f"{text} {MARK}"


@pytest.fixture(scope="module")
def german_site(kept: None) -> Site:
    """A page of every type with German words only."""
    site = factories.municipality(german("Stadt"), claim={"de": german("Leitspruch")})
    picture = factories.picture()
    office = factories.contact(office={"de": german("Amt")}, role={"de": german("Rolle")}, phone="+4923312070")
    site_settings = site.sitesettings
    site_settings.offices = [("office", office)]
    home = site.root_page.specific
    home.plain_language_text, home.sign_language_text = german("Leicht"), german("Gebärden")
    home.welcome, home.hero_image, home.hero_image_alt = german("Willkommen"), picture, german("Bild")
    home.body = BODY
    home.save()
    body = [*BODY, ("contact", {"contact": office}), picture_block(picture)]
    words = {"teaser": german("Anreißer"), "seo_title": german("Suchtitel")}
    about = factories.content(site, german("Über uns"), slug="ueber-uns", lead=german("Anfang"), body=body, **words)
    site_settings.footer_links = [("link", {"page": about, "url": "", "label": {}})]
    site_settings.save()

    directory = factories.directory(
        site, german("Organisationen"), slug="organisationen", intro=german("Einleitung"), **words
    )
    factories.topic("sport", de=german("Sport"))
    complete = factories.organisation(
        directory,
        german("Verein"),
        slug="verein",
        short_description=german("Kurz"),
        about=f"<p>{german('Lang')}</p>",
        topics=["sport"],
        languages_spoken=["ar", "de"],
        district=factories.district(site, "mitte", german("Mitte")),
        street=german("Straße"),
        city=german("Stadt"),
        phone="+4923312070",
        native_name="جمعية",
        native_language="ar",
        pictures=[picture_block(picture)],
        **words,
    )
    complete.offers.create(
        what=german("Treff"),
        weekday=2,
        starts=dt.time(16),
        ends=dt.time(18),
        place=german("Raum"),
        for_whom=german("Alle"),
        language_codes=["de"],
        locale_id=complete.locale_id,
    )
    factories.organisation(directory, german("Leer"), slug="leer")

    place = factories.place(name={"de": german("Rathaus")}, street=german("Gasse"), city=german("Ort"))
    rat = factories.council_body(de=german("Rat"))
    session = factories.session(rat, 1, factories.berlin(2025, 1, 28, 16), place=place)
    factories.session(rat, 1, timezone.now() + dt.timedelta(days=30), place=place)
    factories.council(site, rat, german("Rat"), slug="rat", intro=german("Vom Rat"), text=BODY, **words)

    events = factories.event_index(site, german("Termine"), slug="termine", intro=german("Was ansteht"), **words)
    event = {"place": place, "lead": german("Anfang"), "body": BODY, "organiser": complete, **words}
    party = factories.event(events, german("Fest"), slug="fest", **event)
    factories.event(events, german("Gestern"), factories.berlin(2024, 5, 5, 18), slug="gestern", **event)

    news = factories.news_index(site, german("Aktuelles"), slug="aktuelles", intro=german("Neues"), **words)
    for slug in ("artikel", "anderer"):
        article = factories.article(
            news,
            german("Artikel"),
            slug=slug,
            date=dt.date(2024, 3, 1),
            place=german("Ort"),
            lead=german("Anfang"),
            main_image=picture,
            main_image_alt=german("Bild"),
            main_image_caption=german("Unterschrift"),
            body=body,
            contact=office,
            **words,
        )
        RelatedPage.objects.create(article=article, page=complete)
        RelatedPage.objects.create(article=article, page=Page.objects.get(pk=party.pk))
        RelatedSession.objects.create(article=article, session=session)
    factories.article(news, german("Alt"), slug="alt", date=dt.date(2023, 3, 1))
    return site


def picture_block(picture: object) -> tuple[str, dict[str, object]]:
    value = {"image": picture, "alt_text": german("Alternative"), "decorative": False, "caption": german("Bildtext")}
    return "picture", value


@pytest.fixture(scope="module")
def remembered() -> dict[str, BeautifulSoup]:
    return {}


@pytest.fixture(params=OTHERS, ids=lambda language: language.code)
def language(request: pytest.FixtureRequest) -> Iterator[languages.Language]:
    with translation.override(request.param.code):
        yield request.param


@pytest.fixture(params=ADDRESSES, ids=ADDRESSES.get)
def page(
    request: pytest.FixtureRequest,
    german_site: Site,
    client: Client,
    language: languages.Language,
    remembered: dict[str, BeautifulSoup],
) -> BeautifulSoup:
    """Each page without words in ``language``, requested once for all tests that look at it."""
    address = f"/{language.code}/{request.param}"
    if address not in remembered:
        response = client.get(address)
        assert response.status_code == 200
        remembered[address] = webpages.read(response)
        remembered[address].address = request.param
    return remembered[address]


def test_german_words_are_marked_on_every_page_in_every_language(
    page: BeautifulSoup, language: languages.Language
) -> None:
    assert (page.html["lang"], page.html["dir"]) == (language.code, language.direction)
    german_passages = [(text, element) for text, element in webpages.passages(page) if MARK in text]
    assert german_passages, "this test sees nothing on this page"
    wrong = [
        (text, element.name, webpages.language_of(element))
        for text, element in german_passages
        if webpages.language_of(element) not in (("de", "ltr"), ("de", "auto"))
    ]
    assert wrong == []


def test_words_of_the_reader_are_not_marked_as_german(page: BeautifulSoup, language: languages.Language) -> None:
    """Labels, dates and notices between German passages belong to the reader's language."""
    labels = {gettext(text) for text in ("Contact", "Languages", "When", "Where", "Phone:", "Home", "Picture:", "News")}
    wrong = [
        (text, webpages.language_of(element))
        for text, element in webpages.passages(page)
        if text.strip() in labels and webpages.language_of(element)[0] != language.code
    ]
    assert wrong == []


def test_a_page_without_translation_says_so_in_the_readers_language(
    page: BeautifulSoup, language: languages.Language
) -> None:
    said = (
        "There is no plain-language version of this page yet. You are reading the ordinary German text."
        if language.code == "de-simple"
        else "This page is not translated yet. You are reading the German text."
    )
    notices = [notice for notice in page.select("main .notice") if gettext(said) in webpages.text(notice)]
    assert len(notices) == (0 if page.address in FACTS_ONLY else 1)
    assert all(webpages.language_of(notice) == (language.code, language.direction) for notice in notices)


def test_a_page_without_translation_names_the_german_page_as_the_original(
    page: BeautifulSoup, language: languages.Language
) -> None:
    assert page.find("link", rel="canonical")["href"] == f"http://testserver/de/{page.address}"
    assert {link["hreflang"] for link in page.select("link[hreflang]")} <= {"de", "x-default"}


def page_at(slug: str) -> Any:
    return Page.objects.get(slug=slug, locale__language_code="de").specific


def test_a_translated_page_shows_its_words_unmarked_and_without_notice(german_site: Site, client: Client) -> None:
    source = page_at("ueber-uns")
    factories.translated(source, "ar", title="من نحن", lead="مقدمة", body=[("heading", {"text": "عنوان"})])
    page = webpages.read(client.get("/ar/ueber-uns/"))
    assert webpages.text(page.h1) == "من نحن"
    assert webpages.language_of(page.h1) == ("ar", "rtl")
    assert not page.select("main .notice")
    assert page.find("link", rel="canonical")["href"] == "http://testserver/ar/ueber-uns/"
    assert {link["hreflang"] for link in page.select("link[hreflang]")} == {"de", "ar", "x-default"}


def test_an_alias_counts_as_untranslated(german_site: Site, client: Client) -> None:
    """Wagtail makes aliases of parents: rows under another language that hold German words."""
    source = page_at("aktuelles")
    article = page_at("artikel")
    factories.translated(article, "ar", title="خبر")
    assert Page.objects.filter(translation_key=source.translation_key, alias_of__isnull=False, live=True).exists()
    page = webpages.read(client.get("/ar/aktuelles/"))
    assert webpages.language_of(page.h1.find(string=True).parent) == ("de", "ltr")
    assert page.find("link", rel="canonical")["href"] == "http://testserver/de/aktuelles/"
    assert "ar" not in {link["hreflang"] for link in page.select("link[hreflang]")}


def test_lists_name_each_article_once_in_the_words_that_exist(german_site: Site, client: Client) -> None:
    article = page_at("artikel")
    factories.translated(article, "ar", title="خبر", teaser="ملخص", lead="مقدمة")
    page = webpages.read(client.get("/ar/aktuelles/2024/"))
    titles = {webpages.text(card): webpages.language_of(card.find(string=True).parent) for card in page.select("h2 a")}
    assert titles == {"خبر": ("ar", "rtl"), german("Artikel"): ("de", "ltr")}


def test_a_draft_translation_is_not_shown(german_site: Site, client: Client) -> None:
    source = page_at("ueber-uns")
    factories.translated(source, "ar", live=False, title="مسودة سرية")
    for address in ("ueber-uns/", "", "search/?q=مسودة"):
        assert "مسودة سرية" not in webpages.html(client.get(f"/ar/{address}"))

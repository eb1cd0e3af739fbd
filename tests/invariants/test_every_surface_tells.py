"""Invariant 4 as a table: surface × state. Is the reader told what the words are, and are ``lang`` and ``dir`` right?

Everything is read by parsers that know nothing of us.
"""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import icalendar
import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import gettext
from wagtail.models import Locale

from tests import factories, webpages
from translations.models import Origin, TranslationStatus

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("told site")]

CODE = {"missing": "ar", "alias": "tr", "machine": "fa", "outdated": "uk", "current": "ru"}
"""One site for all: in each of these languages the words of its pages are in one state."""
MARK = {"missing": "Zebrafink", "alias": "Zebrafink", "machine": "زرافه", "outdated": "жирафа", "current": "зяблик"}
"""Stands in the words of the pages, and in nothing else."""
SAID = {
    "missing": "In German",
    "alias": "In German",
    "machine": "Machine translation",
    "outdated": "Older than the German text",
}
PAGE_SAID = {
    "missing": "This page is not translated yet. You are reading the German text.",
    "alias": "This page is not translated yet. You are reading the German text.",
    "machine": "A machine has translated this page. No person has checked it.",
    "outdated": "The German text was changed on %(changed)s. This translation is older.",
}
STATES = ("missing", "alias", "machine", "outdated", "current")
OWN = {
    "content page": "ueber-uns/",
    "article": "aktuelles/artikel/",
    "organisation": "organisationen/verein/",
    "event": "termine/fest/",
    "council": "rat/",
    "news index": "aktuelles/",
    "directory": "organisationen/",
    "events": "termine/",
}
LISTS = {
    "home": "",
    "news": "aktuelles/",
    "news of a year": "aktuelles/2024/",
    "directory": "organisationen/",
    "events": "termine/",
    "past events": "termine/archiv/",
    "more news": "aktuelles/anderer/",
    "mentions of an organisation": "organisationen/leer/",
    "way to an event of an organisation": "rat/2025/1/",
    "search": "search/?q={mark}",
}


@pytest.fixture(params=STATES)
def state(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def site(kept: None) -> Any:
    """Pages of every kind."""
    german = MARK["missing"]
    site = factories.municipality()
    news, directory = (
        factories.news_index(site, german, slug="aktuelles"),
        factories.directory(site, german, slug="organisationen"),
    )
    events = factories.event_index(site, german, slug="termine")
    words = {"teaser": german, "search_description": german}
    club = factories.organisation(directory, "Verein", slug="verein", short_description=german)
    empty = factories.organisation(directory, "Leer", slug="leer")
    row = {"weekday": timezone.localdate().isoweekday(), "starts": dt.time(23, 59)}
    offer = club.offers.create(what=german, locale_id=club.locale_id, **row)
    body = factories.council_body()
    session = factories.session(body)
    council = factories.council(site, body, german, slug="rat", intro=german)
    article = factories.article(news, german, slug="artikel", lead=german, date=dt.date(2024, 3, 1), **words)
    other = factories.article(news, "Anderer", slug="anderer", lead="Anfang", date=dt.date(2023, 3, 1))
    party = factories.event(events, german, slug="fest", lead=german, organiser=empty, **words)
    past = factories.event(events, german, factories.berlin(2024, 5, 5, 18), slug="vorbei", lead=german)
    about = factories.content(site, german, slug="ueber-uns", lead=german, **words)
    for page in (party, empty):
        other.related.create(page=page)
        article.related.create(page=empty)
    other.related_sessions.create(session=session)
    pages = [news, directory, events, club, council, article, party, past, about]
    for state in STATES:
        for page in pages:
            put(page, state)
        if MARK[state] != german:
            twin = type(club).objects.get(translation_key=club.translation_key, locale__language_code=CODE[state])
            twin.offers.all().delete()
            key = offer.translation_key
            twin.offers.create(what=MARK[state], locale_id=twin.locale_id, translation_key=key, **row)
    return site


def put(page: Any, state: str) -> None:
    if state == "missing":
        return
    if state == "alias":
        locale = Locale.objects.get(language_code=CODE[state])
        if not type(page).objects.filter(translation_key=page.translation_key, locale=locale).exists():
            page.copy_for_translation(locale, copy_parents=True, alias=True)
        return
    names = {"title", "lead", "intro", "teaser", "search_description", "short_description"}
    words = {name: MARK[state] for name in names if getattr(page, name, "")}
    factories.translated(page, CODE[state], **words)
    TranslationStatus.objects.update_or_create(
        page_id=page.pk,
        language=CODE[state],
        defaults={
            "origin": Origin.MACHINE if state == "machine" else Origin.PERSON,
            "outdated_since": timezone.now() if state == "outdated" else None,
        },
    )


@pytest.fixture(scope="module")
def answers(site: Any) -> dict[str, bytes]:
    return {}


@pytest.fixture
def read(answers: dict[str, bytes], client: Client, state: str) -> Any:
    def answer(path: str) -> bytes:
        address = f"/{CODE[state]}/{path.format(mark=MARK[state])}"
        if address not in answers:
            response = client.get(address)
            assert response.status_code == 200, address
            answers[address] = b"".join(response) if response.streaming else response.content
        return answers[address]

    return answer


@pytest.fixture(autouse=True)
def reader(state: str) -> Iterator[None]:
    with translation.override(CODE[state]):
        yield


def plain(text: str) -> str:
    return text.translate(str.maketrans("", "", "\u2066\u2067\u2068\u2069\u202c\u202d"))


def soup_of(content: bytes) -> BeautifulSoup:
    return BeautifulSoup(content, "html5lib")


@pytest.mark.parametrize("path", OWN.values(), ids=OWN)
def test_a_page_says_it_on_top(read: Any, state: str, path: str) -> None:
    soup = soup_of(read(path))
    notices = [webpages.text(notice) for notice in soup.select("main > .notice")]
    if state == "current":
        assert notices == []
    else:
        assert len(notices) == 1
        assert gettext(PAGE_SAID[state]).partition("%(changed)s")[0][:20] in notices[0]


@pytest.mark.parametrize("path", [*OWN.values(), *LISTS.values()], ids=[*OWN, *LISTS])
def test_words_have_their_language_and_direction(read: Any, state: str, path: str) -> None:
    code = CODE[state]
    expected = ("de", "ltr") if MARK[state] == MARK["missing"] else (code, "rtl" if code == "fa" else "ltr")
    found = [
        webpages.language_of(element)
        for text, element in webpages.passages(soup_of(read(path)))
        if MARK[state] in text and element.name not in ("input", "h2")
    ]
    assert set(found) <= {expected}


@pytest.mark.parametrize("path", LISTS.values(), ids=LISTS)
def test_each_entry_of_a_list_says_it(read: Any, state: str, path: str) -> None:
    main = soup_of(read(path)).main
    assert main is not None
    has_notice = bool(main.select(":scope > .notice"))
    texts = main.find_all(string=lambda text: MARK[state] in text)
    listed = [text.parent for text in texts if not (has_notice and is_of_the_page(text.parent))]
    untold = [
        element for element in listed if badges(element) != ([] if state == "current" else [gettext(SAID[state])])
    ]
    assert untold == []


def is_of_the_page(element: Tag) -> bool:
    """Its own heading and lead, of which the notice speaks."""
    return bool(element.find_parent(class_="page-head") or element.name == "h1") and not element.find_parent("nav")


def badges(element: Tag) -> list[str]:
    entry = element.find_parent(lambda tag: tag.name in ("li", "article", "p") and tag.find(class_="badge") is not None)
    known = {gettext(sentence) for sentence in SAID.values()}
    if entry is None:
        return []
    return [webpages.text(badge) for badge in entry.select(".badge") if webpages.text(badge) in known][:1]


@pytest.mark.parametrize("path", OWN.values(), ids=OWN)
def test_title_and_description_tell_it(read: Any, state: str, path: str) -> None:
    soup = soup_of(read(path))
    title = plain(soup.title.string)
    og_title = plain(soup.find("meta", property="og:title")["content"])
    descriptions = [
        plain(each["content"])
        for each in (soup.find("meta", attrs={"name": "description"}), soup.find("meta", property="og:description"))
        if each
    ]
    assert title == f"{og_title} – Miteinander in Musterstadt"
    assert not {"<", "&lt;"} & set(title)
    if state == "current":
        assert "(" not in title
        return
    assert gettext(SAID[state]) in title
    for description in descriptions:
        if state in ("missing", "alias"):
            assert description == gettext(PAGE_SAID[state])
        else:
            assert MARK[state] in description and description != MARK[state]


@pytest.mark.parametrize("path", ["aktuelles/feed/", "termine/dates.xml"])
def test_feeds_tell_it(read: Any, state: str, path: str) -> None:
    atom, lang = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}lang"
    root = ElementTree.fromstring(read(path))  # noqa: S314 (our own)
    entries = [each for each in root.iter(f"{atom}entry") if MARK[state] in each.find(f"{atom}title").text]
    assert entries
    for entry in entries:
        title, summary = entry.find(f"{atom}title").text, entry.find(f"{atom}summary")
        labels = [category.attrib["term"] for category in entry.iter(f"{atom}category")]
        assert labels == ([] if state == "current" else [gettext(SAID[state])])
        german = MARK[state] == MARK["missing"]
        assert entry.attrib[lang] == ("de" if german else CODE[state])
        assert summary.attrib.get(lang, entry.attrib[lang]) == CODE[state]
        if state == "current":
            assert title == MARK[state]
        elif german:
            assert title == MARK[state]
            assert gettext(SAID[state]) in summary.text or gettext(PAGE_SAID[state]) in summary.text
        else:
            assert gettext(SAID[state]) in title


@pytest.mark.parametrize("path", ["termine/calendar.ics", "termine/fest/calendar.ics"])
def test_calendars_tell_it(read: Any, state: str, path: str) -> None:
    events = icalendar.Calendar.from_ical(read(path)).walk("VEVENT")
    events = [event for event in events if MARK[state] in event["SUMMARY"]]
    assert events
    for event in events:
        summary, description = str(event["SUMMARY"]), plain(str(event["DESCRIPTION"]))
        german = MARK[state] == MARK["missing"]
        assert event["SUMMARY"].params["LANGUAGE"] == ("de" if german else CODE[state])
        assert event["DESCRIPTION"].params["LANGUAGE"] == CODE[state]
        if state == "current":
            assert (summary, description.split("\n\n")[0]) == (MARK[state], MARK[state])
        elif german:
            assert description.split("\n\n")[:2] == [gettext(SAID[state]), MARK[state]]
        else:
            assert gettext(SAID[state]) in summary
            assert description.split("\n\n")[0] != MARK[state]


@pytest.mark.parametrize("path", OWN.values(), ids=OWN)
def test_data_for_programs_tell_it(read: Any, state: str, path: str) -> None:
    soup = soup_of(read(path))
    blocks = [json.loads(block.string) for block in soup.select("script[type='application/ld+json']")]
    marks = [block for block in blocks if block["@type"] == "WebPage"]
    german = MARK[state] == MARK["missing"]
    for block in blocks:
        assert block.get("inLanguage", "de" if german else CODE[state]) == ("de" if german else CODE[state])
    assert len(marks) == (1 if state in ("machine", "outdated") else 0)
    assert [mark.get("digitalSourceType") is not None for mark in marks] == [state == "machine"] * len(marks)
    assert [mark.get("creativeWorkStatus") for mark in marks] == (
        ["Outdated"] if state == "outdated" else [None] * len(marks)
    )
    assert bool(soup.select("meta[name=digital-source-type]")) == (state == "machine")

"""Drawn by a browser: numbers and names stand in reading order in Arabic and Persian words, in every kind of text."""

import datetime as dt
from html import escape
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page

from tests import factories, webpages

PIECES = (
    "02331 207-4890",
    "Verein der Freunde e.V.",
    "GmbH & Co. KG",
    "17:30–19:00",
    "9–17",
    "§ 5 Abs. 2",
    "58095 Hagen",
    "info@stadt-hagen.de",
    "B1/B2",
)
SENTENCE = {
    "ar": "على {} أو {} و {} من {} ثم {} و {} في {} أو {} ثم {} هنا",
    "fa": "با {} یا {} و {} از {} یا {} و {} در {} یا {} و {} است",
}
STYLE = Path("cms/static/cms/site.css").read_text()

OUT_OF_ORDER = """(pieces) => {
  const text = [], places = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest('script, style, option, [hidden]')) continue;
    for (let at = 0; at < node.length; at++) {
      if (/[\\u2066-\\u2069\\u202a-\\u202e]/.test(node.data[at])) continue;
      text.push(node.data[at]);
      places.push([node, at]);
    }
    text.push('\\n'); places.push(null);
  }
  const all = text.join('').replaceAll('\\u00a0', ' '), faults = [];
  let seen = 0;
  const box = (place) => {
    const range = document.createRange();
    range.setStart(place[0], place[1]); range.setEnd(place[0], place[1] + 1);
    return range.getClientRects()[0];
  };
  for (const piece of pieces) {
    for (let from = all.indexOf(piece); from >= 0; from = all.indexOf(piece, from + 1)) {
      const boxes = [];
      for (let at = from; at < from + piece.length; at++) {
        if (places[at] && all[at] !== ' ') { const found = box(places[at]); if (found) boxes.push(found); }
      }
      if (!boxes.length) continue;
      seen += 1;
      const wrong = boxes.some((each, at) => at && Math.abs(each.top - boxes[at - 1].top) < 6
        && each.left < boxes[at - 1].right - 1);
      if (wrong) faults.push(`${piece} in: ${all.slice(Math.max(0, from - 30), from + piece.length + 10)}`);
    }
  }
  return {seen, faults};
}"""


def sentence(code: str) -> str:
    return SENTENCE[code].format(*PIECES)


def body(code: str, office: Any) -> list[tuple[str, Any]]:
    text = sentence(code)
    return [
        ("heading", {"text": text}),
        ("paragraph", f"<p>{escape(text)}</p><ul><li><b>{escape(text)}</b></li></ul>"),
        ("quote", {"text": text, "name": text, "role": text}),
        ("facts", {"heading": text, "items": [{"label": text, "value": text}]}),
        ("links", {"heading": text, "links": [{"title": text, "url": "https://example.org", "note": text}]}),
        ("call_to_action", {"text": text, "label": text, "url": "https://example.org"}),
        ("accordion", {"items": [{"title": text, "text": f"<p>{escape(text)}</p>"}]}),
        ("contact", {"contact": office}),
    ]


@pytest.fixture(params=["ar", "fa"])
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(autouse=True)
def beside_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django takes a process with Playwright for asynchronous, and would refuse the database."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def site(beside_a_browser: None, db: None, code: str) -> Any:
    """A page of every kind whose words in the language hold numbers and names everywhere."""
    text = sentence(code)
    site = factories.municipality(claim={"de": "Leitspruch", code: text})
    office = factories.contact(
        office={"de": "Amt", code: text}, role={"de": "Rolle", code: text}, phone="+4923312074890"
    )
    site.sitesettings.offices = [("office", office)]
    site.sitesettings.save()
    blocks = body(code, office)
    words = {"title": text, "teaser": text}
    home = site.root_page.specific
    factories.translated(
        home, code, welcome=text, plain_language_text=text, sign_language_text=text, body=blocks, **words
    )
    news, directory = factories.news_index(site), factories.directory(site)
    events = factories.event_index(site)
    place = factories.place(
        name={"de": "Rathaus", code: text}, street="Rathausstr. 11", postal_code="58095", city="Hagen"
    )
    factories.translated(factories.article(news, slug="artikel"), code, lead=text, body=blocks, **words)
    club = factories.organisation(directory, slug="verein", short_description="Kurz")
    row = {"weekday": 2, "starts": dt.time(16), "ends": dt.time(18), "language_codes": ["de"]}
    offer = club.offers.create(what="Treff", place="Raum", for_whom="Alle", locale_id=club.locale_id, **row)
    twin = factories.translated(club, code, short_description=text, about=f"<p>{escape(text)}</p>", teaser=text)
    twin.offers.all().delete()
    twin.offers.create(
        what=text, place=text, for_whom=text, locale_id=twin.locale_id, translation_key=offer.translation_key, **row
    )
    start = timezone.now() + dt.timedelta(days=2)
    event = factories.event(events, "Fest", start, slug="fest", place=place, organiser=club)
    factories.translated(event, code, lead=text, body=blocks, for_whom=text, price=text, registration=text, **words)
    rat = factories.council_body(de="Rat", **{code: text})
    factories.session(rat, 1, start, place=place)
    factories.translated(factories.council(site, rat, slug="rat"), code, intro=text, text=blocks, **words)
    return site


@pytest.fixture(scope="module")
def screen(browser: Browser) -> Any:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def drawn(screen: Page, html: str) -> tuple[int, list[str]]:
    screen.set_content(html.replace("</head>", f"<style>{STYLE}</style></head>"), wait_until="domcontentloaded")
    screen.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    found = screen.evaluate(OUT_OF_ORDER, list(PIECES))
    return found["seen"], found["faults"]


PAGES = {
    "": 9,
    "aktuelles/": 2,
    "aktuelles/artikel/": 14,
    "organisationen/": 1,
    "organisationen/verein/": 5,
    "termine/": 4,
    "termine/fest/": 17,
    "rat/": 14,
    "search/?q=Fest": 1,
}
"""Each with the least number of texts that hold the pieces."""


def test_every_kind_of_text_keeps_numbers_and_names_in_order(
    site: Any, screen: Page, client: Client, code: str
) -> None:
    found = {}
    for path, texts in PAGES.items():
        response = client.get(f"/{code}/{path}")
        assert response.status_code == 200
        seen, faults = drawn(screen, webpages.html(response))
        assert seen >= texts * len(PIECES), (path, seen)
        if faults:
            found[path] = faults[:5]
    assert found == {}


def test_calendars_and_feeds_keep_numbers_and_names_in_order(
    site: Any, screen: Page, client: Client, code: str
) -> None:
    texts = []
    for event in icalendar.Calendar.from_ical(client.get(f"/{code}/termine/calendar.ics").content).walk("VEVENT"):
        texts += [str(event[name]) for name in ("SUMMARY", "LOCATION", "DESCRIPTION")]
    for address in ("aktuelles/feed/", "termine/dates.xml"):
        for entry in feedparser.parse(client.get(f"/{code}/{address}").content).entries:
            texts += [entry.title, entry.summary]
    shown = "".join(f'<pre dir="auto" style="white-space: pre-wrap">{escape(text)}</pre>' for text in texts)
    seen, faults = drawn(screen, f"<html dir=rtl><head></head><body>{shown}</body></html>")
    assert seen >= 7 * len(PIECES)
    assert faults == []


def test_this_sees_what_is_out_of_order(screen: Page, code: str) -> None:
    """As it would be drawn if nothing was set apart."""
    page = f'<html dir=rtl lang={code}><head></head><body><p>{escape(sentence(code))}</p><p dir="ltr">{PIECES[0]}</p>'
    seen, faults = drawn(screen, f"{page}</body></html>")
    assert seen == len(PIECES) + 1
    assert len(faults) >= 5

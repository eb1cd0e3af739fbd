"""Whoever types a word as they know it, on a phone without JavaScript, finds help; and the press office learns."""

import re
from collections.abc import Callable
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.product import Product
from tests.journeys.test_joining import SMALL_PHONE

Visitor = Callable[..., Page]
PROFILE = "organisationen/beispielverein/"
UNKNOWN = "мандрівка"
"""A walk, as nobody has written it; the event says "прогулянка"."""


@pytest.fixture
def phone(visitor: Visitor) -> Page:
    return visitor(java_script_enabled=False, **SMALL_PHONE)


def ask(phone: Page, language: str, query: str) -> None:
    """From the home page over the icon in the masthead."""
    phone.goto(f"/{language}/")
    phone.locator(".to-search").click()
    phone.locator("main input[type=search]").fill(query)
    phone.locator("main form[role=search] button").click()
    expect(phone.locator("main input[type=search]")).to_have_value(query)


def test_a_mistyped_arabic_word_leads_to_a_call(phone: Page) -> None:
    ask(phone, "ar", "الواجباات")
    section = phone.locator("section[aria-labelledby=found-organisation]")
    hit = section.locator(f"h3 a[href$='/ar/{PROFILE}']")
    expect(hit).to_have_attribute("lang", "de")
    suggested = phone.locator("main p[data-suggestions] a").first
    assert unquote(suggested.get_attribute("href") or "") == "?q=الواجبات"
    hit.click()
    expect(phone.locator("a[href^='tel:+49']").first).to_be_visible()


def test_did_you_mean_asks_again_with_the_right_word(phone: Page) -> None:
    ask(phone, "ar", "الواجباات")
    phone.locator("main p[data-suggestions] a").first.click()
    expect(phone.locator("main input[type=search]")).to_have_value("الواجبات")
    expect(phone.locator("section[aria-labelledby=found-organisation] h3").first).to_be_visible()


def test_a_question_in_a_sentence_is_answered(phone: Page) -> None:
    ask(phone, "uk", "Хто допоможе з домашнім завданням?")
    hit = phone.locator(f"main h3 a[href$='/uk/{PROFILE}']")
    expect(hit).to_be_visible()
    assert phone.locator("main mark").count()
    hit.click()
    expect(phone.locator("h1")).to_be_visible()


def test_a_word_that_nobody_has_leads_to_organisations_by_topic(phone: Page) -> None:
    ask(phone, "de", "xqzwvkj")
    offered = phone.locator("main div[data-suggestions]")
    assert phone.locator("main ol.list").count() == 0
    expect(offered.locator("a[href^='tel:']").first).to_be_visible()
    offered.locator(".chips a[href*='topic=']").first.click()
    expect(phone).to_have_url(re.compile(r"/de/organisationen/\?topic="))
    expect(phone.locator("main a[href*='/de/organisationen/']").first).to_be_visible()


def test_all_of_a_kind_are_read_page_by_page(phone: Page) -> None:
    """By a word that all of them keep, whatever the council is called meanwhile."""
    phone.goto("/de/search/?q=Sitzung")
    section = phone.locator("section[aria-labelledby=found-session]")
    assert section.locator("h3").count() == 5
    section.locator("a.go").click()
    expect(phone).to_have_url(re.compile("kind=session"))
    assert phone.locator("main h3").count() == 10
    phone.locator("nav.pages a[rel=next]").click()
    expect(phone.locator("main h3").first).to_be_visible()
    expect(phone.locator("main input[type=search]")).to_have_value("Sitzung")


def test_a_word_missed_by_visitors_becomes_a_synonym(
    visitor: Visitor, staff: Callable[[str], Page], product: Product
) -> None:
    guest = visitor(java_script_enabled=False)
    address = f"/uk/search/?q={quote(UNKNOWN)}"
    for _time in range(3):
        guest.goto(address)
        assert guest.locator("main ol.list").count() == 0
    assert product.ask("SELECT language, word, count FROM cms_missedword").count(("uk", UNKNOWN, 3)) == 1

    press = staff("press@example.org")
    press.goto("/admin/missed-words/")
    row = press.locator("tbody tr", has_text=UNKNOWN)
    row.locator("a").click()
    words = press.locator("textarea[name=words]")
    expect(words).to_have_value(re.compile(UNKNOWN))
    words.fill(f"{UNKNOWN}\nпрогулянка")
    press.locator("form button[type=submit]", has_text="Speichern").first.click()
    expect(press.locator(".messages")).to_contain_text(UNKNOWN)

    guest.goto(address)
    expect(guest.locator("section[aria-labelledby=found-event] h3").first).to_contain_text("Прогулянка")

"""Everything can be reached and used with the keyboard, in the order in which it is seen, and shows where one is."""

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.addresses import path

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
LANGUAGES = ("de", "ar")
NAMES = ("home", "article", "directory", "profile", "council", "barrier", "search")

REACHABLE = """() => {
  const all = document.querySelectorAll('a[href], button, input, select, textarea, summary, video[controls]');
  const seen = e => e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true});
  const found = [...all].filter(e => seen(e) && e.tabIndex >= 0 && !e.disabled && e.type !== 'hidden');
  found.forEach((e, number) => e.dataset.number = number);
  return found.length;
}"""
"""Numbers everything that people can see and use."""

FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  const ring = e => {
    const style = e && getComputedStyle(e);
    return style && style.outlineStyle !== 'none' ? parseFloat(style.outlineWidth) : 0;
  };
  return {
    number: element.dataset.number ?? null, start: element.outerHTML.slice(0, 100),
    ring: Math.max(ring(element), ring(element.closest('.card'))),  // a card is one big link
    top: box.top + scrollY, bottom: box.bottom + scrollY,
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def walk(page: Page) -> tuple[int, list[dict[str, Any]]]:
    """How much there is to reach, and what the tab key reaches, in its order."""
    count: int = page.evaluate(REACHABLE)
    steps: list[dict[str, Any]] = []
    while len(steps) <= count + 5:
        page.keyboard.press("Tab")
        step = page.evaluate(FOCUSED)
        if step is None or (steps and step["number"] == steps[0]["number"]):  # the next is the browser, or the first
            break
        steps.append(step)
    return count, steps


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("window", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_tab_key_reaches_everything_and_shows_where_it_is(reader: Page, window: Any, name: str, language: str) -> None:
    reader.set_viewport_size(window)
    reader.emulate_media(reduced_motion="reduce")  # no smooth scrolling
    reader.goto(path(language, name))
    count, steps = walk(reader)
    assert {step["number"] for step in steps} == {str(number) for number in range(count)}
    assert len(steps) == count, "each one once"
    assert [step["start"] for step in steps if step["ring"] < 2 or not step["seen"]] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_order_of_the_tab_key_is_that_of_the_page(reader: Page, name: str, language: str) -> None:
    """On a phone all is in one column: nothing that comes later lies wholly above."""
    reader.set_viewport_size(PHONE)
    reader.goto(path(language, name))
    _count, steps = walk(reader)
    backwards = [
        (before["start"], after["start"])
        for before, after in pairwise(steps[1:])  # the skip link lies above all
        if after["bottom"] <= before["top"]
    ]
    assert backwards == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_step_skips_to_the_content(reader: Page, language: str) -> None:
    reader.goto(path(language, "article"))
    reader.keyboard.press("Tab")
    skip = reader.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    reader.keyboard.press("Enter")
    expect(reader.locator("main")).to_be_focused()
    reader.keyboard.press("Tab")
    assert reader.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("window", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_language_is_switched_by_keyboard_on_the_same_page(reader: Page, window: Any) -> None:
    reader.set_viewport_size(window)
    reader.goto(path("de", "article"))
    reader.locator(".languages > summary").focus()
    reader.keyboard.press("Enter")
    arabic = reader.locator(".languages a[hreflang=ar]")
    expect(arabic).to_be_visible()
    for _step in range(4):  # de, de-simple, en, ar
        reader.keyboard.press("Tab")
    expect(arabic).to_be_focused()
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile(f"{path('ar', 'article')}$"))
    expect(reader.locator("html")).to_have_attribute("dir", "rtl")


def test_menu_of_a_phone_opens_and_closes_by_keyboard(reader: Page) -> None:
    reader.set_viewport_size(PHONE)
    reader.goto(path("de", "home"))
    summary, first = reader.locator(".menu > summary"), reader.locator(".menu a").first
    expect(first).to_be_hidden()
    summary.focus()
    reader.keyboard.press("Space")
    expect(first).to_be_visible()
    reader.keyboard.press("Tab")
    expect(first).to_be_focused()
    summary.focus()
    reader.keyboard.press("Space")
    expect(first).to_be_hidden()


def test_directory_is_filtered_by_keyboard(reader: Page) -> None:
    reader.set_viewport_size(PHONE)
    reader.goto(path("de", "directory"))
    reader.locator(".filters > summary").focus()
    reader.keyboard.press("Enter")
    expect(reader.locator("#filter-q")).to_be_visible()
    reader.keyboard.press("Tab")
    reader.keyboard.type("Vadrózsa")
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile("q=Vadr"))
    expect(reader.locator(".letter h3")).to_have_count(1)

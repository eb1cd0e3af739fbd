"""What axe does not see: pages in Arabic and Persian are mirrored, and what runs left to right stays so."""

from itertools import pairwise
from pprint import pformat
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from cms.localization.languages import RIGHT_TO_LEFT_SUBTAGS
from tests.journeys.addresses import PAGES, path

RIGHT_TO_LEFT = ("ar", "fa")

FAULTS = """rightToLeft => {
  const found = [];
  for (const element of document.body.querySelectorAll('*')) {
    const style = getComputedStyle(element), start = element.outerHTML.slice(0, 120);
    if (element.closest('svg')) continue;
    if (style.direction === 'rtl' && style.textAlign === 'left') found.push(`left-aligned: ${start}`);
    if (style.direction === 'ltr' && style.textAlign === 'right') found.push(`right-aligned: ${start}`);
    if (style.direction === 'rtl' && style.fontStyle === 'italic') found.push(`italic: ${start}`);
    if (style.direction === 'rtl' && !['normal', '0px'].includes(style.letterSpacing)) found.push(`spaced: ${start}`);
    const language = (element.lang || '').split('-')[0];
    if (language && (style.direction === 'rtl') !== rightToLeft.includes(language)) found.push(`direction: ${start}`);
  }
  return found;
}"""


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_passages_run_and_align_as_their_language_does(reader: Page, language: str) -> None:
    found = {}
    for name in PAGES:
        reader.goto(path(language, name))
        assert reader.evaluate("getComputedStyle(document.documentElement).direction") == "rtl"
        if faults := reader.evaluate(FAULTS, sorted(RIGHT_TO_LEFT_SUBTAGS)):
            found[name] = faults
    assert found == {}, pformat(found, width=160)


def test_german_page_has_right_to_left_passages_only_where_they_belong(reader: Page) -> None:
    for name in ("home", "directory", "profile"):
        reader.goto(path("de", name))
        assert reader.evaluate(FAULTS, sorted(RIGHT_TO_LEFT_SUBTAGS)) == []


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_page_is_mirrored(reader: Page, language: str) -> None:
    reader.set_viewport_size({"width": 1280, "height": 800})
    reader.goto(path(language, "article"))
    brand, search = box(reader.locator(".brand svg")), box(reader.locator(".masthead .search"))
    heading, aside = box(reader.locator("article .body")), box(reader.locator(".aside"))
    assert brand["x"] > 640 > search["x"]
    assert heading["x"] > aside["x"] + aside["width"]

    reader.goto(path(language, "directory"))
    filters, cards = box(reader.locator(".filters")), box(reader.locator(".letter").first)
    assert filters["x"] > cards["x"] + cards["width"]


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_arrow_of_a_select_is_at_its_left_end(reader: Page, language: str) -> None:
    """Chromium draws it at the inline end, as long as no rule paints one of its own at a fixed side."""
    reader.goto(path(language, "directory"))
    select = reader.locator("#filter-language")
    style = select.evaluate(
        """e => {
          const {direction, appearance, backgroundImage, paddingLeft, paddingRight} = getComputedStyle(e);
          return {direction, appearance, backgroundImage, isEven: paddingLeft === paddingRight};
        }"""
    )
    assert style == {"direction": "rtl", "appearance": "auto", "backgroundImage": "none", "isEven": True}


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_time_range_runs_from_left_to_right(reader: Page, language: str) -> None:
    reader.goto(path(language, "event"))
    when = reader.locator("dl time").filter(has_text="–").first
    parts = digits_of(when)
    assert len(parts) >= 2
    first, second = parts[-2:]
    assert first["text"] < second["text"], "an event ends after it begins"
    assert first["right"] <= second["left"] + 1
    assert abs(first["top"] - second["top"]) < 2, "both on one line"


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_telephone_number_runs_from_left_to_right(reader: Page, language: str) -> None:
    reader.goto(path(language, "home"))
    groups = digits_of(reader.locator(".foot a[href^='tel:']").first, pattern=r"\+?\d+")
    assert len(groups) > 1
    assert all(left["right"] <= right["left"] + 1 for left, right in pairwise(groups))


def box(locator: Locator) -> dict[str, float]:
    found = locator.bounding_box()
    assert found is not None
    return dict(found)


def digits_of(locator: Locator, pattern: str = r"[\d٠-٩۰-۹]{1,2}[:٫.][\d٠-٩۰-۹]{2}") -> list[dict[str, Any]]:
    """Where each match of ``pattern`` is on the screen, in the order of the text."""
    found: list[dict[str, Any]] = locator.evaluate(
        """(element, pattern) => {
          const found = [], walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            for (const match of walker.currentNode.data.matchAll(new RegExp(pattern, 'g'))) {
              const range = document.createRange();
              range.setStart(walker.currentNode, match.index);
              range.setEnd(walker.currentNode, match.index + match[0].length);
              const {left, right, top} = range.getBoundingClientRect();
              found.push({text: match[0], left, right, top});
            }
          }
          return found;
        }""",
        pattern,
    )
    return found

"""320 px, and letters of twice the size: nothing is cut off and nobody scrolls sideways (WCAG 1.4.4, 1.4.10)."""

from collections.abc import Iterator
from pprint import pformat

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.journeys.addresses import PAGES, path

NARROW = {"width": 320, "height": 640}
LANGUAGES = ("de", "ar", "uk")
SITUATIONS: dict[str, tuple[ViewportSize, float]] = {
    "narrow": ({"width": 320, "height": 640}, 1),
    "zoomed to 200 %": ({"width": 640, "height": 400}, 1),  # of 1280 px
    "doubled letters": ({"width": 1280, "height": 800}, 2),
    "doubled letters on a phone": ({"width": 390, "height": 844}, 2),
}
"""Size of the window and factor of the letters."""

OUTSIDE = """() => {
  const width = document.documentElement.clientWidth, found = [];
  if (document.documentElement.scrollWidth > width)
    found.push(`scrolls: ${document.documentElement.scrollWidth} of ${width}`);
  const kept = '.hidden, .skip, .trap, thead, option, script, style';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const text = walker.currentNode, parent = text.parentElement;
    if (!text.data.trim() || parent.closest(kept) || !parent.checkVisibility({visibilityProperty: true})) continue;
    range.selectNodeContents(text);
    for (const box of range.getClientRects())
      if (box.width && (box.left < -1 || box.right > width + 1)) found.push(`outside: ${text.data.trim()}`);
  }
  for (const element of document.body.querySelectorAll('*')) {
    if (element.closest(kept + ', svg, img, input, select, textarea')) continue;
    const style = getComputedStyle(element);
    const clips = /hidden|clip/.test(style.overflowX + style.overflowY);
    if (clips && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1))
      found.push(`cut off: ${element.outerHTML.slice(0, 120)}`);
  }
  return found;
}"""
"""Text beyond the edges of the page or hidden by the element around it."""


@pytest.fixture(scope="module")
def everything_open(reader: Page) -> Iterator[Page]:
    """A reader who opens what can be opened inside the page."""
    reader.add_init_script(
        "addEventListener('DOMContentLoaded', () =>"
        " document.querySelectorAll('main details').forEach(details => details.open = true))"
    )
    yield reader


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_shown_without_scrolling_sideways(everything_open: Page, language: str) -> None:
    found = {}
    for name in PAGES:
        everything_open.goto(path(language, name))
        size = everything_open.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
        for situation, (window, factor) in SITUATIONS.items():
            everything_open.set_viewport_size(window)
            everything_open.evaluate(
                "size => { document.documentElement.style.fontSize = size }", f"{size * factor}px" if factor > 1 else ""
            )
            if faults := everything_open.evaluate(OUTSIDE):
                found[f"{name}, {situation}"] = faults
    assert found == {}, pformat(found, width=160)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("opener", [".languages", ".menu"])
def test_what_opens_fits_a_narrow_screen(reader: Page, language: str, opener: str) -> None:
    reader.set_viewport_size(NARROW)
    reader.goto(path(language, "home"))
    reader.locator(f"{opener} > summary").click()
    assert reader.evaluate(OUTSIDE) == []

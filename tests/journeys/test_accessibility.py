"""axe on every public template: WCAG 2.2 A and AA, German and Arabic, light and dark."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.addresses import PAGES, path

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""Rules whose result depends on the colour scheme."""
LANGUAGES = ("de", "ar")


READABLE_FOR_AXE = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) walker.currentNode.data = walker.currentNode.data.replace(/\\p{L}/gu, 'a');
}"""
"""axe passes over the colours of Arabic words as if they were no text, so that they become Latin ones first."""


def faults(page: Page) -> list[str]:
    """What axe finds in light and dark, with the element and the reason."""
    page.evaluate(Axe().axe_script)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = violations(page, WCAG)
    page.evaluate(READABLE_FOR_AXE)
    found += violations(page, COLOURS)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    return found + [f"dark: {violation}" for violation in violations(page, COLOURS)]


def violations(page: Page, rules: Any) -> list[str]:
    result = page.evaluate("options => axe.run(options)", {"runOnly": rules, "resultTypes": ["violations"]})
    return [f"{each['id']}: {described(node)}" for each in result["violations"] for node in each["nodes"]]


def described(node: dict[str, Any]) -> str:
    return f"{node['target']} {node['html'][:160]} ({node['failureSummary']})"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_template_has_no_barrier_that_axe_knows(reader: Page, name: str, language: str) -> None:
    reader.goto(path(language, name))
    assert faults(reader) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_form_with_errors_has_no_barrier(reader: Page, language: str) -> None:
    reader.goto(path(language, "barrier"))
    reader.locator("main form:not([role=search]) button").click()
    assert reader.get_by_role("alert").count() == 1
    assert faults(reader) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_what_opens_has_no_barrier_when_it_is_open(reader: Page, language: str, width: int) -> None:
    """Language switcher, menu, filters and years: closed, axe does not see inside."""
    reader.set_viewport_size({"width": width, "height": 800})
    found = []
    for name, opener in (("home", ".languages"), ("home", ".menu"), ("directory", ".filters"), ("council", ".fold")):
        reader.goto(path(language, name))
        reader.locator(opener).evaluate_all("found => found.forEach(details => details.open = true)")
        found += faults(reader)
    assert found == []

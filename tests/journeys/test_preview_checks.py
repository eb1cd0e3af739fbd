"""The panel of checks in the editor reads the real preview."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.product import Product
from tests.journeys.test_press import PRESS, begin_article, photograph, upload

FAULTS = (
    '<h6>Übersprungen</h6><a href="/de/"></a><p>Mehr steht <a href="/de/">hier</a>.</p>'
    '<img src="/static/cms/favicon.svg">'
)


@pytest.fixture
def press(staff: Callable[[str], Page]) -> Page:
    page = staff(PRESS)
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def open_checks(page: Page) -> None:
    page.get_by_role("button", name="Vorschau umschalten").click()
    expect(page.frame_locator("#w-preview-iframe").locator("h1")).to_be_visible()
    page.get_by_role("button", name="Prüfungen umschalten").or_(
        page.locator("[data-side-panel-toggle=checks]")
    ).first.click()


def test_words_are_counted_and_a_missing_alternative_text_is_found(press: Page, product: Product) -> None:
    upload(press, "Zur Prüfung", photograph(), "Name / Stadt")
    begin_article(press, product, "Wird geprüft", picture="Zur Prüfung")
    press.locator("#id_main_image_alt").fill("")
    open_checks(press)
    panel = press.locator("[data-side-panel=checks]")
    expect(panel.locator("[data-content-word-count]")).not_to_have_text("-")
    expect(panel.locator("[data-content-reading-time]")).not_to_have_text("-")
    expect(panel.locator("[data-checks-panel] [data-content-checker-name]").first).to_be_visible()


def test_skipped_headings_empty_links_and_texts_that_say_nothing_are_found(press: Page, product: Product) -> None:
    def spoil(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</main>", f"{FAULTS}</main>"))

    press.route("**/preview/?in_preview_panel=true*", spoil)
    begin_article(press, product, "Mit Fehlern")
    open_checks(press)
    found = press.locator("[data-side-panel=checks] [data-content-checker-name]")
    expect(found).to_have_count(4)

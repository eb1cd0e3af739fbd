"""An organisation's events on its own website: what a member has copied, in the browser of a visitor there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.product import Product

MEMBER = "member@example.org"
WEBSITE = "https://beispielverein.example/"
"""What stands in the profile of the demo's organisation."""


@pytest.fixture
def lines(visitor: Callable[..., Page], product: Product) -> str:
    """Copied on a phone."""
    page = visitor(viewport={"width": 390, "height": 800})
    page.goto("/de/my/login/")
    page.locator("[name=username]").fill(MEMBER)
    page.locator("[name=password]").fill(product.password(MEMBER))
    page.locator("main form button").click()
    page.wait_for_url("**/my/*-*/")
    page.locator("a[href$='/embed/']").click()
    page.locator("#embed-language").select_option("ar")
    page.locator("form:has(#embed-language) button").click()
    page.wait_for_url("**lang=ar")
    expect(page.frame_locator("iframe").locator(".entries li").first).to_be_visible()
    return page.locator("#embed-lines").input_value()


def website(page: Page, address: str, body: str) -> None:
    def answer(route: Route) -> None:
        route.fulfill(content_type="text/html; charset=utf-8", body=f"<!DOCTYPE html><title>x</title>{body}")

    page.context.grant_permissions(["local-network-access"])  # the product of the tests is on this machine
    page.route(f"{address}**", answer)
    page.goto(address)


def test_visitors_of_its_website_see_them_and_get_to_the_event(visitor: Callable[..., Page], lines: str) -> None:
    page = visitor(viewport={"width": 320, "height": 800})
    website(page, WEBSITE, f'<div style="width:280px">{lines}</div>')
    frame = page.frame_locator("iframe")
    expect(frame.locator("html")).to_have_attribute("dir", "rtl")
    first = frame.locator(".entries a").first
    expect(first).to_be_visible()
    assert frame.locator("html").evaluate("element => element.scrollWidth <= window.innerWidth")
    assert not page.context.cookies()
    path = first.get_attribute("href")
    first.click()
    page.wait_for_url(f"**{path}")
    assert path is not None and path.startswith("/ar/")


def test_nobody_elses_website_shows_them(visitor: Callable[..., Page], lines: str) -> None:
    page = visitor()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    website(page, "https://fremd.example/", lines)
    page.wait_for_timeout(500)
    assert any("frame-ancestors" in text for text in refused)
    assert page.frame_locator("iframe").locator(".entries").count() == 0

"""The journeys of a visitor whose browser runs no script; and none is sent to those whose browser does."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.addresses import PAGES, path
from tests.journeys.test_my_organisation import Finger

Visitor = Callable[..., Page]
MOST_TAPS_TO_CALL = 4


@pytest.fixture
def page(visitor: Visitor) -> Page:
    return visitor(java_script_enabled=False)


def where(page: Page) -> str:
    return urlsplit(page.url).path


def test_newcomer_finds_an_organisation_that_speaks_their_language(page: Page) -> None:
    page.goto("/uk/")
    expect(page.locator("#finder-language")).to_have_value("uk")
    page.locator(".finder button").click()
    assert where(page) == path("uk", "directory")
    assert page.locator("#filter-language").input_value() == "uk"
    found = page.locator(".letter h3")
    assert 0 < found.count() < 13
    for number in range(found.count()):
        expect(page.locator(".letter .card").nth(number)).to_contain_text(re.compile("українська"))
    page.locator(f".letter a[href='{path('uk', 'profile')}']").click()
    assert where(page) == path("uk", "profile")
    expect(page.locator("article .contact a[href^='tel:']")).to_have_attribute("href", re.compile(r"^tel:\+49\d+$"))


@pytest.mark.parametrize("name", ["home", "article", "directory-filtered", "session", "search"])
def test_switching_language_stays_on_the_page(page: Page, name: str) -> None:
    page.goto(path("de", name))
    page.locator(".languages > summary").click()
    page.locator(".languages a[hreflang=tr]").click()
    expect(page.locator("html")).to_have_attribute("lang", "tr")
    assert page.url.endswith(path("tr", name))


def test_search_leads_to_a_page(page: Page) -> None:
    page.goto("/ar/")
    page.locator(".masthead input[type=search]").fill("الجسر")
    page.locator(".masthead .search button").click()
    assert where(page) == "/ar/search/"
    hit = page.locator("main ol a").first
    target = hit.get_attribute("href")
    hit.click()
    assert where(page) == target
    expect(page.locator("h1")).to_be_visible()


def test_news_are_read_page_by_page(page: Page) -> None:
    page.goto(path("tr", "news"))
    first = page.locator("main h2 a").all_inner_texts()
    page.locator(".pages a[rel=next]").click()
    expect(page).to_have_url(re.compile(r"page=2"))
    second = page.locator("main h2 a").all_inner_texts()
    assert len(first) == 10
    assert second
    assert not set(first) & set(second)
    page.locator(".pages a[rel=prev]").click()
    expect(page.locator("main h2 a")).to_have_text(first)


def test_council_leads_to_a_session_of_last_year(page: Page) -> None:
    page.goto("/fa/")
    page.locator(f"a[href='{path('fa', 'council')}']").first.click()
    page.locator("summary").filter(has_text="2025").click()
    page.locator(f"a[href='{path('fa', 'session')}']").click()
    assert where(page) == path("fa", "session")
    expect(page.locator("dl time")).to_have_attribute("datetime", "2025-01-28T16:00:00+01:00")
    page.locator("main a.go").click()
    assert where(page) == path("fa", "council-year")
    expect(page.locator("tbody tr")).to_have_count(6)


def test_barrier_report_is_sent(page: Page) -> None:
    page.goto(path("ar", "article"))
    page.locator(".foot a[href*='/barrier/']").click()
    page.locator("main form:not([role=search]) textarea").fill("لا أستطيع قراءة هذا النص")
    page.locator("main form:not([role=search]) button").click()
    expect(page.get_by_role("status")).to_be_visible()


def test_browser_that_runs_scripts_is_sent_none(visitor: Visitor) -> None:
    page = visitor()
    kinds: list[str] = []
    page.on("request", lambda request: kinds.append(request.resource_type))
    for name in PAGES:
        page.goto(path("de", name))
    assert "document" in kinds
    assert not {"script", "fetch", "xhr", "websocket", "eventsource"} & set(kinds)
    assert page.evaluate("document.querySelectorAll('script:not([type=\"application/ld+json\"])').length") == 0


@pytest.mark.parametrize("code", ["ar", "de"])
def test_from_the_home_page_to_a_call_in_three_taps(visitor: Visitor, code: str) -> None:
    """Who speaks my language and helps with school? On a small phone."""
    phone = visitor(java_script_enabled=False, viewport={"width": 360, "height": 640}, has_touch=True)
    finger = Finger(phone)
    phone.goto(f"/{code}/")
    finger.tap(phone.locator("#help-with ~ ul a[href*='topic=schule-und-kinder']"))
    expect(phone.locator(".letter .card")).not_to_have_count(0)
    if code == "ar":
        expect(phone.locator("#filter-language")).to_have_value("ar")
        expect(phone.locator(".letter .card").first).to_contain_text("العربية")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    finger.tap(phone.locator(f".letter a[href='{path(code, 'profile')}']"))
    call = phone.locator("article .contact a[href^='tel:']").first
    expect(call).to_be_visible()
    assert finger.taps + 1 <= MOST_TAPS_TO_CALL


def test_wishes_are_taken_off_one_by_one(page: Page) -> None:
    page.goto("/ar/organisationen/?language=ar&topic=schule-und-kinder")
    page.locator("main .chips a[href$='?language=ar']").click()
    expect(page.locator("#filter-topic")).to_have_value("")
    expect(page.locator("#filter-language")).to_have_value("ar")


def test_what_finds_nothing_leads_to_what_is_near(page: Page) -> None:
    page.goto("/ar/organisationen/?language=ar&topic=sprachkurse")
    page.locator("main .box a.go[href*='topic=deutsch-lernen']").click()
    expect(page.locator(".letter .card")).not_to_have_count(0)

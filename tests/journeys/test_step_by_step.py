"""Step by step on a phone without script, and on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_joining import SMALL_PHONE
from tests.journeys.test_my_organisation import Finger
from tests.journeys.test_printed_year import sheets

MOST_TAPS = 2
WAYS = ("neu-in-hagen", "verein-gruenden", "mitreden")


@pytest.mark.parametrize(("code", "locale"), [("ar", "ar"), ("uk", "uk-UA")])
def test_who_founds_an_association_is_at_the_first_step_after_a_tap_and_calls_whoever_advises(
    visitor: Callable[..., Page], code: str, locale: str
) -> None:
    phone = visitor(locale=locale, java_script_enabled=False, **SMALL_PHONE)
    finger = Finger(phone)
    phone.goto(f"/{code}/")
    finger.tap(phone.locator("section[aria-labelledby=step-by-step] a[href$='/verein-gruenden/']"))
    expect(phone.locator("#step-1")).to_be_visible()
    assert finger.taps <= MOST_TAPS
    expect(phone.locator("main > .notice")).to_have_count(0)

    expect(phone.locator("#step-2")).to_be_hidden()
    finger.tap(phone.locator(".steps summary").nth(1))
    call = phone.locator("#step-2 a[href='tel:+4923312074575']")
    expect(call).to_be_visible()
    assert call.locator("bdi").get_attribute("dir") == "ltr"

    finger.tap(phone.locator(f"#step-2 a[href='/{code}/beratung-fuer-vereine/']"))
    here = phone.locator("nav.belonging")
    expect(here.locator("a").first).to_have_attribute("href", f"/{code}/verein-gruenden/#step-2")
    finger.tap(here.locator("[rel=next]"))
    expect(phone.locator("#step-3")).to_be_visible()


@pytest.mark.parametrize("code", ["de", "ar"])
@pytest.mark.parametrize("way", WAYS)
def test_two_sheets_of_paper_hold_all_steps(reader: Page, code: str, way: str) -> None:
    reader.goto(f"/{code}/{way}/")
    reader.emulate_media(media="print")
    folded = reader.evaluate("[...document.querySelectorAll('.steps .text')].filter(each => !each.offsetHeight).length")
    pdf = reader.pdf(prefer_css_page_size=True)
    reader.emulate_media(media="null")
    assert folded == 0
    assert sheets(pdf) <= 2


def test_organisations_that_speak_the_language_are_named_and_called(visitor: Callable[..., Page]) -> None:
    phone = visitor(locale="ar", java_script_enabled=False, **SMALL_PHONE)
    phone.goto("/ar/neu-in-hagen/")
    phone.locator(".steps summary").nth(3).tap()
    helping = phone.locator("#step-4 .helping")
    expect(helping.locator("a[href^='tel:']").first).to_be_visible()
    helping.locator("a.go").tap()
    expect(phone.locator("h1")).to_be_visible()
    assert "language=ar" in phone.url

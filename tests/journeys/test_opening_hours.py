"""A volunteer enters opening hours in Turkish on a phone without script; after the review ten languages read them."""

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.utils import translation
from playwright.sync_api import Page, expect

from cms.localization import languages
from tests.journeys.product import Product
from tests.journeys.test_my_organisation import MEMBER, SMALL, Finger

MOST_TAPS = 9


def test_entered_reviewed_and_open_in_ten_languages(
    visitor: Callable[..., Page], staff: Callable[[str], Page], product: Product
) -> None:
    phone = visitor(viewport=SMALL, has_touch=True, is_mobile=True, locale="tr-TR", java_script_enabled=False)
    finger = Finger(phone)
    phone.goto("/tr/my/login/")
    phone.locator("[name=username]").fill(MEMBER)
    phone.locator("[name=password]").fill(product.password(MEMBER))
    finger.tap(phone.locator("main form button"))
    finger.tap(phone.locator(".parts a[href$='/hours/']"))
    today = dt.datetime.now(ZoneInfo("Europe/Berlin"))
    day = phone.locator(f"#day-{today.isoweekday()}")
    day.locator("[name^=opens_]").first.fill("00:00")
    day.locator("[name^=closes_]").first.fill("23:59")
    assert phone.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    finger.tap(phone.locator("button[value=special_hours-add]"))
    phone.wait_for_url("**?add*")
    row = phone.locator("fieldset[id^=special_hours-]").last
    row.locator("[name$=-first_day]").fill(f"{today.year + 1}-07-20")
    row.locator("[name$=-last_day]").fill(f"{today.year + 1}-08-09")
    row.locator("[name$=-reason]").select_option("break")
    finger.tap(phone.locator("main form[enctype] button:not([name])"))
    expect(phone.locator(".parts")).to_be_visible()
    finger.tap(phone.locator("a[href$='/submit/']").first)
    finger.tap(phone.locator("main form.call button"))
    expect(phone.locator("form[action$='/withdraw/']")).to_have_count(1)
    assert finger.taps <= MOST_TAPS

    press = staff("press@example.org")
    press.goto("/admin/organisations/review/")
    press.get_by_role("link", name="Beispielverein Brücke").first.click()
    expect(press.locator("main")).to_contain_text("00:00–23:59")
    press.get_by_role("button", name="Freigeben und veröffentlichen").click()
    found = product.ask(
        "SELECT opens, closes FROM directory_openinghours WHERE weekday = ? AND organisation_id = ?",
        today.isoweekday(),
        product.page_id("beispielverein"),
    )
    assert [(opens[:5], closes[:5]) for opens, closes in found] == [("00:00", "23:59")]

    visitor_page = visitor(viewport=SMALL)
    for language in languages.LANGUAGES:
        visitor_page.goto(f"/{language.code}/organisationen/beispielverein/")
        with translation.override(language.code):
            sentence = translation.gettext("Open today until %(time)s") % {"time": "23:59"}
        expect(visitor_page.locator(".opening .open-state")).to_have_text(sentence)
        expect(visitor_page.locator(".opening .today")).to_have_count(1)
        assert visitor_page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]

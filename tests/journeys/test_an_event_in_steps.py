"""A volunteer's weekly event on a phone without script: in steps, one date moved, one cancelled and back, a picture."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.directory.portal.photos import photo
from tests.journeys.product import Product
from tests.journeys.test_my_organisation import MEMBER, SMALL, Finger

MOST_TAPS = 25


@pytest.fixture
def phone(visitor: Callable[..., Page]) -> Page:
    return visitor(viewport=SMALL, has_touch=True, is_mobile=True, locale="tr-TR", java_script_enabled=False)


def test_a_weekly_event_in_steps(phone: Page, product: Product, tmp_path: Path) -> None:
    picture = tmp_path / "IMG_2042.JPG"
    picture.write_bytes(photo(size=(1600, 1200)))
    finger = Finger(phone)
    phone.goto("/tr/my/login/")
    phone.locator("[name=username]").fill(MEMBER)
    phone.locator("[name=password]").fill(product.password(MEMBER))
    finger.tap(phone.locator("main form button"))
    finger.tap(phone.locator("main a[href$='/events/']").first)
    finger.tap(phone.locator("main a[href$='/events/add/']"))

    phone.locator("[name=title]").fill("Nähen am Dienstag")
    phone.locator("[name=lead]").fill("Wir nähen zusammen.")
    finger.tap(go_on(phone))
    phone.locator("[name=start]").fill("2031-07-01T17:00")
    phone.locator("[name=end]").fill("2031-07-01T19:00")
    phone.locator("[name=repeat_pattern]").select_option("WEEKLY")
    finger.taps += 1
    finger.tap(go_on(phone))
    phone.locator("[name=place_name]").fill("Vereinsraum, Musterstraße 1")
    finger.tap(go_on(phone))
    phone.locator("[name=for_whom]").fill("Für alle")
    finger.tap(go_on(phone))
    expect(phone.locator("form[action$='/submit/']")).to_have_count(1)
    check = phone.url

    finger.tap(phone.locator("main a[href$='/dates/']"))
    finger.tap(phone.locator("main a[href='?day=2031-07-08']"))
    phone.locator("[name=new_start]").fill("2031-07-09T17:00")
    phone.locator("[name=new_end]").fill("2031-07-09T19:00")
    finger.tap(phone.locator("button[value=move]"))
    finger.tap(phone.locator("main a[href='?day=2031-07-15']"))
    finger.tap(phone.locator("button[value=cancel]"))
    finger.tap(phone.locator("main a[href='?day=2031-07-15']"))
    finger.tap(phone.locator("button[value=reinstate]"))
    assert exceptions_of(product) == []  # nothing of a draft stands in the table
    finger.tap(phone.locator(f"main a[href$='{check.split('/events/')[1]}']").first)

    finger.tap(phone.locator("main a[href$='/picture/']"))
    phone.locator("[type=file]").set_input_files(picture)
    phone.locator("[name=picture_alt]").fill("Frauen an Nähmaschinen")
    phone.locator("[name=credit]").fill("Elif Kaya")
    finger.tap(phone.locator("main form[enctype] button:not([name])"))
    expect(phone).to_have_url(check)
    finger.tap(phone.locator("main a[href$='/preview/ar/']"))
    assert phone.locator("html").get_attribute("dir") == "rtl"
    assert phone.locator("main picture, main img").count() >= 1
    finger.tap(phone.locator("main .notice a").first)
    expect(phone).to_have_url(check)
    assert phone.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]

    finger.tap(phone.locator("form[action$='/submit/'] button"))
    expect(phone.locator("form[action$='/withdraw/']")).to_have_count(1)
    assert finger.taps <= MOST_TAPS
    [(drafted,)] = product.ask(
        "SELECT content FROM wagtailcore_revision WHERE object_str LIKE 'Nähen am%' ORDER BY id DESC LIMIT 1"
    )
    assert drafted.count("original_date") == 1
    finger.tap(phone.locator("form[action$='/withdraw/'] button"))
    finger.tap(phone.locator("main a[href$='/delete/']"))
    finger.tap(phone.locator("main form:not([action]) button"))
    expect(phone.locator("main", has_text="Nähen am Dienstag")).to_have_count(0)


def go_on(phone: Page) -> object:
    return phone.locator("main form[enctype] button:not([name])")


def exceptions_of(product: Product) -> list[object]:
    return list(
        product.ask(
            "SELECT e.id FROM dates_eventexception e JOIN wagtailcore_page p ON p.id = e.event_id "
            "WHERE p.title = 'Nähen am Dienstag'"
        )
    )

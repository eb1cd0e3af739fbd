"""A volunteer with a phone, a new number, a weekly offer and a photograph."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.directory.portal.photos import photo
from tests.journeys.product import Product

SMALL = {"width": 360, "height": 740}
MOST_TAPS = 13
"""One more than the fewest: what will be sent is looked through first."""
LONGEST = timedelta(minutes=3)
MEMBER = "member@example.org"


class Finger:
    """Taps, and counts. Typing into a field counts for nothing."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.tap()


@pytest.fixture
def phone(visitor: Callable[..., Page]) -> Page:
    return visitor(viewport=SMALL, has_touch=True, is_mobile=True, locale="tr-TR", java_script_enabled=False)


def test_change_the_number_add_an_offer_and_a_picture_and_send(phone: Page, product: Product, tmp_path: Path) -> None:
    picture = tmp_path / "IMG_2041.JPG"
    picture.write_bytes(photo(size=(1600, 1200)))
    finger, started = Finger(phone), monotonic()

    phone.goto("/tr/my/login/")
    phone.locator("[name=username]").fill(MEMBER)
    phone.locator("[name=password]").fill(product.password(MEMBER))
    finger.tap(phone.locator("main form button"))
    finger.tap(phone.locator("main a[href$='/contact/']").first)
    phone.locator("[name=phone]").fill("02331 999-1")
    finger.tap(phone.locator("main form[enctype] button:not([name])"))

    finger.tap(phone.locator(".parts a[href$='/offers/']"))
    finger.tap(phone.locator("button[value=offers-add]"))
    phone.wait_for_url("**?add*")
    row = phone.locator("fieldset[id^=offers-]").last
    row.locator("[name$=-what]").fill("Erzählcafé")
    row.locator("[name$=-weekday]").select_option("6")
    finger.taps += 1  # the list of days opens under the finger
    row.locator("[name$=-starts]").fill("15:00")
    finger.tap(phone.locator("main form[enctype] button:not([name])"))

    finger.tap(phone.locator(".parts a[href$='/pictures/']"))
    row = phone.locator("fieldset[id^=pictures-]").last
    row.locator("[type=file]").set_input_files(picture)
    finger.taps += 1
    row.locator("[name$=-alt_text]").fill("Frauen trinken Tee an einem langen Tisch")
    row.locator("[name$=-credit]").fill("Aylin Demir")
    finger.tap(phone.locator("main form[enctype] button:not([name])"))
    expect(phone.locator(".parts")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]

    finger.tap(phone.locator("main a[href$='/submit/']"))
    finger.tap(phone.locator("main form button"))
    expect(phone.locator("form[action$='/withdraw/']")).to_have_count(1)
    assert finger.taps <= MOST_TAPS
    assert monotonic() - started < LONGEST.total_seconds()

    [(waiting,)] = product.ask("SELECT count(*) FROM wagtailcore_workflowstate WHERE status = 'in_progress'")
    assert waiting == 1
    [(width, height)] = product.ask("SELECT width, height FROM cms_image WHERE credit = 'Aylin Demir'")
    assert (width, height) == (1200, 1600)
    finger.tap(phone.locator("form[action$='/withdraw/'] button"))


@pytest.mark.parametrize("language", ["de", "ar"])
def test_nothing_is_cut_off_on_a_small_screen(visitor: Callable[..., Page], product: Product, language: str) -> None:
    page = visitor(viewport={"width": 320, "height": 640}, has_touch=True)
    page.goto(f"/{language}/my/login/")
    page.locator("[name=username]").fill(MEMBER)
    page.locator("[name=password]").fill(product.password(MEMBER))
    page.locator("main form button").tap()
    page.wait_for_url("**/my/*-*/")
    names = ("", "about/", "contact/", "topics/", "address/", "hours/", "offers/", "pictures/", f"preview/{language}/")
    for address in [page.url + name for name in names]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address

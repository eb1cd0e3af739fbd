"""A volunteer changes a page, an offer and an event, sends them, is asked for something, and finds it public."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import smtp_sink
from tests.journeys.product import Product
from tests.smtp_sink import Sink

SMALL = {"width": 360, "height": 740}
MEMBER = "member@example.org"
COMMENT = "Bitte schreiben Sie dazu, wo es ist."


@pytest.fixture
def phone(visitor: Callable[..., Page]) -> Page:
    return visitor(viewport=SMALL, has_touch=True, is_mobile=True, java_script_enabled=False)


def log_in(phone: Page, product: Product, language: str) -> str:
    """The address of the first screen."""
    phone.goto(f"/{language}/my/login/")
    phone.locator("[name=username]").fill(MEMBER)
    phone.locator("[name=password]").fill(product.password(MEMBER))
    phone.locator("[name=password]").press("Enter")
    phone.wait_for_url("**/my/*-*/")
    return phone.url


def fits(phone: Page) -> None:
    assert phone.evaluate("document.documentElement.scrollWidth") <= SMALL["width"], phone.url


@pytest.mark.parametrize("name", ["about", "contact", "address", "offers", "pictures"])
def test_enter_saves_in_every_field(phone: Page, product: Product, name: str) -> None:
    """No row is added, doubled or removed by it."""
    home = log_in(phone, product, "tr")
    revisions = "SELECT count(*) FROM wagtailcore_revision"
    phone.goto(f"{home}{name}/")
    other_rows = '[name*="-1-"], [name*="-2-"], [name*="-3-"], [name*="-4-"], [name*="-5-"]'
    typed = f"main form[enctype] input:not([type=hidden], [type=file], [type=checkbox], [type=submit], {other_rows})"
    before = product.ask(revisions)
    for number in range(phone.locator(typed).count()):
        phone.goto(f"{home}{name}/")
        with phone.expect_navigation():
            phone.locator(typed).nth(number).press("Enter")
        assert phone.url == home
    assert product.ask(revisions) == before


@pytest.mark.parametrize("language", ["tr", "ar"])
def test_from_the_change_to_the_public_page(
    phone: Page,
    staff: Callable[[str], Page],
    visitor: Callable[..., Page],
    product: Product,
    sink: Sink,
    language: str,
) -> None:
    came = len(sink.to(MEMBER))
    title, offer = f"Straßenfest {language}", f"Erzählcafé {language}"
    home = log_in(phone, product, language)
    phone.goto(f"{home}contact/")
    phone.locator("[name=phone]").fill("02331 999-21" if language == "tr" else "02331 999-22")
    phone.locator("[name=phone]").press("Enter")
    phone.wait_for_url(home)
    phone.goto(f"{home}offers/?add")
    row = phone.locator("fieldset[id^=offers-]").last
    row.locator("[name$=-what]").fill(offer)
    row.locator("[name$=-weekday]").select_option("6")
    row.locator("[name$=-starts]").fill("15:00")
    row.locator("[name$=-what]").press("Enter")
    phone.wait_for_url(home)
    phone.goto(f"{home}events/add/")
    phone.locator("[name=title]").fill(title)
    phone.locator("[name=title]").press("Enter")
    phone.wait_for_url("**/when/**")
    phone.locator("[name=start]").fill("2027-05-08T14:00")
    phone.locator("[name=start]").press("Enter")
    phone.wait_for_url("**/where/**")
    phone.goto(home)
    expect(phone.locator(".mine")).to_contain_text(title)
    expect(phone.locator(".mine > li:not(:has(.badge.good))").nth(2)).to_be_visible()
    fits(phone)

    phone.locator("main a[href$='/submit/']").tap()
    expect(phone.locator("main")).to_contain_text(offer)
    fits(phone)
    phone.locator("main form.call button").tap()
    phone.wait_for_url(home)
    expect(phone.locator(".mine .badge.warm").nth(2)).to_be_visible()
    expect(phone.locator("main a[href$='/submit/']")).to_have_count(0)
    fits(phone)

    press = staff("press@example.org")
    press.goto("/admin/organisations/review/")
    press.get_by_role("link", name=title).first.click()
    press.locator("[name=comment]").fill(COMMENT)
    press.locator("button[value=changes]").click()
    expect(press.locator(".messages")).to_be_visible()
    press.goto("/admin/organisations/review/")
    press.get_by_role("link", name="Beispielverein Brücke").first.click()
    press.locator("button[value=approve]").click()
    expect(press.locator(".messages")).to_be_visible()

    phone.goto(home)
    expect(phone.locator(".mine")).to_contain_text(COMMENT)
    fits(phone)
    phone.locator("[aria-labelledby=next-step] a.button").first.tap()
    expect(phone.locator("main")).to_contain_text(COMMENT)
    event = phone.url
    asked = smtp_sink.body(sink.wait_for(MEMBER, came + 1), "plain")
    assert event.partition("/my/")[2] in asked, "the mail leads to the event"
    phone.locator("main a[href*='/where/']").first.tap()
    phone.locator("[name=place_name]").fill("Im Hof, Musterstraße 1")
    phone.locator("main form[enctype] button:not([name])").last.tap()
    phone.wait_for_url(event)
    phone.goto(f"{home}submit/")
    phone.locator("main form.call button").tap()
    phone.wait_for_url(home)
    press.goto("/admin/organisations/review/")
    press.get_by_role("link", name=title).first.click()
    press.locator("button[value=approve]").click()
    expect(press.locator(".messages")).to_be_visible()

    approved = smtp_sink.body(sink.wait_for(MEMBER, came + 3), "plain")
    assert "/de/organisationen/beispielverein/" in approved, "the mail leads to the public page"
    for code in ("de", language):
        guest = visitor()
        guest.goto(f"/{code}/organisationen/beispielverein/")
        expect(guest.locator("main")).to_contain_text(offer)
        expect(guest.locator("main")).to_contain_text(title)
    [(live,)] = product.ask("SELECT live FROM wagtailcore_page WHERE title = ? ORDER BY id LIMIT 1", title)
    assert live == 1

"""From the invitation to the own page, on a small phone, in Turkish and Arabic; mails really travel."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import smtp_sink
from tests.journeys.product import Product
from tests.smtp_sink import Sink

SMALL_PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
PASSWORD = "uc kelime yan yana"  # noqa: S105
Visitor = Callable[..., Page]


def link_in(sink: Sink, address: str, part: str, number: int = 1) -> str:
    text = smtp_sink.body(sink.wait_for(address, number), "plain")
    found = re.search(rf"http://localhost:\d+/\S+/{part}/\S+/", text)
    assert found
    return found[0]


def invite(
    staff: Callable[[str], Page], product: Product, email: str, language: str, slug: str = "beispielverein"
) -> None:
    admin = staff("ki@example.org")
    admin.goto(f"/admin/organisations/records/{product.page_id(slug)}/")
    form = admin.locator("form[action$='/invite/']")
    form.locator("[name=email]").fill(email)
    form.locator("[name=language]").select_option(language)
    form.locator("button").click()
    expect(admin.locator("table").get_by_text(email).first).to_be_visible()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize(("language", "direction"), [("tr", "ltr"), ("ar", "rtl")])
def test_from_the_mail_to_the_own_page(
    staff: Callable[[str], Page], visitor: Visitor, product: Product, sink: Sink, language: str, direction: str
) -> None:
    email = f"yeni-{language}@example.net"
    invite(staff, product, email, language)
    link = link_in(sink, email, "my/invitation")
    assert product.url in link

    phone = visitor(locale=language, java_script_enabled=False, **SMALL_PHONE)
    phone.goto(link)
    expect(phone.locator("html")).to_have_attribute("lang", language)
    expect(phone.locator("html")).to_have_attribute("dir", direction)
    phone.locator("[name=name]").fill("Ayşe Yılmaz")
    phone.locator("[name=password]").fill(PASSWORD)
    phone.locator("[name=consent]").tap()
    phone.locator("main form button").tap()
    expect(phone).to_have_url(re.compile(rf"/{language}/my/[0-9a-f-]{{36}}/$"))
    expect(phone.locator("main")).to_contain_text("Beispielverein")

    again = visitor(java_script_enabled=False, **SMALL_PHONE)
    again.goto(link)
    expect(again.locator("[name=password]")).to_have_count(0)


def test_a_forgotten_password(visitor: Visitor, staff: Callable[[str], Page], product: Product, sink: Sink) -> None:
    email = "unutkan@example.net"
    invite(staff, product, email, "tr")
    phone = visitor(java_script_enabled=False, **SMALL_PHONE)
    phone.goto(link_in(sink, email, "my/invitation"))
    phone.locator("[name=name]").fill("Deniz")
    phone.locator("[name=password]").fill(PASSWORD)
    phone.locator("[name=consent]").tap()
    phone.locator("main form button").tap()
    expect(phone).to_have_url(re.compile(r"/tr/my/[0-9a-f-]{36}/$"))

    other = visitor(java_script_enabled=False, **SMALL_PHONE)
    other.goto("/tr/my/login/")
    assert fits(other)
    other.locator("main a[href*='/my/password/']").tap()
    other.locator("[name=email]").fill(email)
    other.locator("main form button").tap()
    expect(other.get_by_role("status")).to_be_visible()
    other.goto(link_in(sink, email, "my/password", 2))
    other.locator("[name=password]").fill("uc yeni kelime daha")
    other.locator("main form button").tap()
    expect(other).to_have_url(re.compile(r"/tr/my/[0-9a-f-]{36}/$"))

    phone.reload()
    expect(phone).to_have_url(re.compile("/my/login/"))


@pytest.mark.parametrize("language", ["de", "ar"])
def test_every_screen_fits_a_small_phone(visitor: Visitor, product: Product, language: str) -> None:
    phone = visitor(java_script_enabled=False, **SMALL_PHONE)
    phone.goto(f"/{language}/my/login/?next=/{language}/my/")
    phone.locator("[name=username]").fill("member@example.org")
    phone.locator("[name=password]").fill(product.password("member@example.org"))
    phone.locator("[name=stay]").tap()
    phone.locator("main form button").tap()
    expect(phone).to_have_url(re.compile(rf"/{language}/my/[0-9a-f-]{{36}}/$"))
    own = phone.url
    for screen in (
        *(f"{own}colleagues/", f"{own}colleagues/leave/", f"/{language}/my/register/"),
        *(f"/{language}/my/account/{rest}" for rest in ("", "password/", "email/", "delete/")),
    ):
        phone.goto(screen)
        assert fits(phone), screen

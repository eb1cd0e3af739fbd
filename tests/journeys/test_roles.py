"""What others than the press office meet at the door of the admin."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.product import Product

Staff = Callable[[str], Page]
SLUG = "netzwerktreffen-im-rathaus"


@pytest.fixture
def translator(staff: Staff) -> Page:
    return staff("translator-ar@example.org")


def test_translator_sees_the_admin(translator: Page) -> None:
    translator.goto("/admin/")
    expect(translator).to_have_url(re.compile("/admin/$"))
    expect(translator).to_have_title(re.compile("Miteinander"))


@pytest.mark.parametrize("language", ["de", "tr"])
def test_translator_of_arabic_cannot_touch_other_languages(translator: Page, product: Product, language: str) -> None:
    number = product.page_id(SLUG, language)
    written = "SELECT latest_revision_id, live, draft_title, path FROM wagtailcore_page WHERE id = ?"
    before = product.ask(written, number)
    for action in ("edit", "delete", "unpublish", "move", "copy"):
        address = f"/admin/pages/{number}/{action}/"
        translator.goto(address)
        expect(translator.locator("[name=action-publish], #id_title")).to_have_count(0)
        cookies = {cookie.get("name"): cookie.get("value", "") for cookie in translator.context.cookies()}
        answer = translator.request.post(
            address,
            form={"csrfmiddlewaretoken": cookies["csrftoken"], "title": "Übernommen", "action-publish": "1"},
            headers={"Referer": translator.url},
            max_redirects=0,
        )
        assert answer.status in {302, 403, 404}, action
    assert product.ask(written, number) == before


def test_member_of_an_organisation_has_no_admin(visitor: Callable[..., Page], product: Product) -> None:
    page = visitor(locale="de-DE")
    page.goto("/admin/")
    page.locator("[name=username]").fill("member@example.org")
    page.locator("[name=password]").fill(product.password("member@example.org"))
    page.locator("form button[type=submit]").click()
    page.wait_for_load_state()
    page.goto("/admin/")
    expect(page).to_have_url(re.compile("/admin/login/"))
    page.goto("/admin/pages/")
    expect(page).to_have_url(re.compile("/admin/login/"))

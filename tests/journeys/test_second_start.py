"""`make run` for the second time: what people have written stays."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.product import Product

SLUG = "herkunftssprachlicher-unterricht"


def test_seeding_again_changes_nothing(staff: Callable[[str], Page], product: Product) -> None:
    press = staff("press@example.org")
    press.goto(f"/admin/pages/{product.page_id(SLUG)}/edit/")
    press.locator("#id_title").fill("Von der Presse geändert")
    press.get_by_role("button", name="Mehr Aktionen").last.click()
    press.locator("[name=action-publish][value=action-publish]").click()
    expect(press.locator(".messages")).to_contain_text("Von der Presse geändert")
    product.wait_for_background_jobs()

    logins, rows = (product.data / "demo-logins.txt").read_text(), product.count_rows()
    assert "nothing was changed" in product.manage("seed")
    assert product.count_rows() == rows
    assert (product.data / "demo-logins.txt").read_text() == logins
    press.goto(f"/de/projekte/{SLUG}/")
    expect(press.locator("h1")).to_have_text("Von der Presse geändert")

"""A member sends something and writes on; the press office decides in Wagtail's editor about what was sent."""

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.product import Product

MEMBER, PRESS, PUBLIC = "member@example.org", "press@example.org", "/organisationen/beispielverein/"


def describe(page: Page, words: str) -> None:
    page.locator("main a[href$='/about/']").first.click()
    page.locator("[name=short_description]").fill(words)
    page.locator("main form[enctype] button:not([name])").first.click()
    expect(page.locator(".parts")).to_be_visible()


def test_what_was_sent_is_decided_about_while_its_author_writes_on(
    visitor: Callable[..., Page], staff: Callable[[str], Page], product: Product
) -> None:
    member = visitor(locale="de-DE", java_script_enabled=False)
    member.goto("/de/my/login/")
    member.locator("[name=username]").fill(MEMBER)
    member.locator("[name=password]").fill(product.password(MEMBER))
    member.locator("main form button").click()
    describe(member, "Wir kochen zusammen.")
    member.locator("main a[href$='/submit/']").first.click()
    member.locator("main form button").first.click()
    expect(member.locator("form[action$='/withdraw/']")).to_have_count(1)
    describe(member, "Wir tanzen zusammen.")

    number = product.page_id("beispielverein")
    press = staff(PRESS)
    press.goto(f"/admin/pages/{number}/edit/")
    assert press.url.endswith(f"/admin/pages/{number}/edit/")
    expect(press.locator("[name=short_description]")).to_have_value("Wir kochen zusammen.")
    menu = press.get_by_role("button", name="Mehr Aktionen").last
    menu.click()
    press.locator("[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])").first.click()
    press.wait_for_url(lambda address: "/edit/" not in address)

    assert product.ask("SELECT status FROM wagtailcore_workflowstate ORDER BY id DESC LIMIT 1") == [("approved",)]
    reader = visitor()
    for language in ("de", "ar"):
        reader.goto(f"/{language}{PUBLIC}")
        assert "Wir tanzen zusammen." not in reader.content()
    reader.goto(f"/de{PUBLIC}")
    expect(reader.locator("main")).to_contain_text("Wir kochen zusammen.")
    [(content,)] = product.ask(
        "SELECT content FROM wagtailcore_revision WHERE id = (SELECT latest_revision_id FROM wagtailcore_page "
        "WHERE id = ?)",
        number,
    )
    assert json.loads(content)["short_description"] == "Wir tanzen zusammen."
    describe(member, "Wir kochen zusammen.")  # nothing unsent is left for other journeys

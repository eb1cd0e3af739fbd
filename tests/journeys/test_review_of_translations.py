"""A translation sent, changed, handed back with a reason, put right and published; and a log-in that ends meanwhile."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.product import Product
from tests.journeys.test_translator import ARTICLE, PRESS, TRANSLATOR, row_of, shell
from tests.smtp_sink import Sink, body

TITLE, SLUG, LEAD = "Ein Chor sucht Stimmen", "ein-chor-sucht-stimmen", "Wir singen am Montag."
ARABIC = ("جوقة تبحث عن أصوات", "نغني يوم الاثنين.")
STATE = (
    "SELECT state FROM translations_translationstatus AS row JOIN wagtailcore_page AS page ON page.id = row.page_id "
    "WHERE page.slug = ? AND row.language = 'ar'"
)


@pytest.fixture
def open_as(staff: Callable[[str], Page]) -> Callable[[str], Page]:
    def opened(email: str) -> Page:
        page = staff(email)
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    return opened


def told(sink: Sink, address: str, words: str) -> bool:
    """Whether a mail with these words comes within the time that the queue takes."""
    until = time.monotonic() + 90
    while time.monotonic() < until:
        if any(words in body(mail, "plain") for mail in sink.to(address)):
            return True
        time.sleep(0.5)
    return False


def standing(page: Page, kind: str) -> None:
    expect(page.locator(".tr-standing")).to_have_attribute("data-standing", kind)


def test_between_translator_and_reviewer(open_as: Callable[[str], Page], product: Product, sink: Sink) -> None:
    shell(product, ARTICLE.format(title=TITLE, slug=SLUG, lead=LEAD))
    translator, press = open_as(TRANSLATOR), open_as(PRESS)
    translator.goto("/admin/translations/ar/")
    row_of(translator, TITLE).get_by_role("button", name="Beginnen").click()
    expect(translator.locator(".tr-entry textarea")).to_have_count(2)
    workbench = translator.url
    for area, words in zip(translator.locator(".tr-entry textarea").all(), ARABIC, strict=True):
        area.fill(words)
    translator.locator("#note").fill("„Stimmen“ heißt hier Sängerinnen und Sänger.")
    translator.locator(".tr-actions [value=submit]").click()
    expect(translator.locator(".messages")).to_be_visible()
    assert product.ask(STATE, SLUG) == [("review",)]
    assert told(sink, PRESS, TITLE)

    translator.goto(workbench)
    standing(translator, "review")
    translator.locator(".tr-entry textarea").first.fill(ARABIC[0] + "!")
    translator.keyboard.press("Control+s")
    standing(translator, "withdrawn")
    assert product.ask(STATE, SLUG) == [("draft",)]
    translator.locator(".tr-standing [value=submit]").click()
    expect(translator.locator(".messages")).to_be_visible()
    assert product.ask(STATE, SLUG) == [("review",)]

    press.goto(workbench)
    standing(press, "review")
    expect(press.locator(".tr-note")).to_contain_text("Sängerinnen")
    expect(press.locator(".tr-writer").first).to_contain_text("Demo")
    press.locator("#reason").fill("Bitte ohne Ausrufezeichen.")
    press.locator(".tr-actions [value=return]").click()
    expect(press.locator(".messages")).to_be_visible()
    assert product.ask(STATE, SLUG) == [("draft",)]

    translator.goto(workbench)
    standing(translator, "returned")
    expect(translator.locator(".tr-standing blockquote")).to_have_text("Bitte ohne Ausrufezeichen.")
    assert told(sink, TRANSLATOR, "Bitte ohne Ausrufezeichen.")

    # Signed out without knowing: what is typed outlives it.
    cookies = [cookie for cookie in translator.context.cookies() if cookie["name"] != "sessionid"]
    translator.context.clear_cookies()
    translator.context.add_cookies(cookies)  # type: ignore[arg-type] (Playwright's own cookies)
    translator.locator(".tr-entry textarea").first.fill(ARABIC[0])
    translator.keyboard.press("Control+s")
    translator.locator("[name=username]").fill(TRANSLATOR)
    translator.locator("[name=password]").fill(product.password(TRANSLATOR))
    translator.locator("form button[type=submit]").click()
    expect(translator.locator(".tr-entry textarea").first).to_have_value(ARABIC[0])
    translator.locator(".tr-actions [value=submit]").click()
    expect(translator.locator(".messages")).to_be_visible()

    press.goto(workbench)
    press.locator(".tr-actions [value=publish]").click()
    expect(press.locator(".messages")).to_be_visible()
    assert product.ask(STATE, SLUG) == [("published",)]
    translator.goto(workbench)
    standing(translator, "public")

    translator.goto(workbench.replace("/edit/", "/history/"))
    translator.locator("table [data-controller~=w-dropdown] button").last.click()
    translator.locator("a[href*='/revert/']").last.click()
    expect(translator.locator(".tr-versions")).to_be_visible()
    translator.locator("form.tr-filter button").click()
    expect(translator.locator(".messages")).to_be_visible()
    standing(translator, "draft")

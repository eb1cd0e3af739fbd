"""A translator's way from the queue to an Arabic article that visitors read, and the press office's part in it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.product import Product

Staff = Callable[[str], Page]
TRANSLATOR, PRESS = "translator-ar@example.org", "press@example.org"
TITLE, SLUG = "Ein Abend für neue Nachbarn", "ein-abend-fuer-neue-nachbarn"
LEAD = "Am Freitag wird gekocht. Alle sind eingeladen."
ARABIC = {TITLE: "أمسية للجيران الجدد", LEAD: "نطبخ معًا يوم الجمعة. الجميع مدعوون."}

ARTICLE = """
import datetime as dt
from news.models import NewsIndexPage, NewsPage
index = NewsIndexPage.objects.sources().get()
article = NewsPage(title={title!r}, slug={slug!r}, date=dt.date.today(), locale=index.locale, lead={lead!r}, live=False)
index.add_child(instance=article)
article.save_revision().publish()
"""
CHANGED = """
from news.models import NewsPage
article = NewsPage.objects.sources().get(slug={slug!r})
article.lead = {lead!r}
article.save_revision().publish()
"""


def shell(product: Product, code: str) -> None:
    product.manage("shell", "--no-imports", "--command", code)


def row_of(page: Page, title: str) -> Locator:
    return page.get_by_role("row").filter(has_text=title)


def texts(page: Page) -> list[str]:
    """The German sentences of the workbench in their order."""
    return [text.strip() for text in page.locator(".tr-german p[lang=de]").all_inner_texts()]


@pytest.fixture
def open_as(staff: Staff) -> Staff:
    def opened(email: str) -> Page:
        page = staff(email)
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    return opened


def test_from_the_queue_to_a_published_arabic_article(
    open_as: Staff, product: Product, visitor: Callable[..., Page]
) -> None:
    shell(product, ARTICLE.format(title=TITLE, slug=SLUG, lead=LEAD))
    guest, address = visitor(), f"/ar/aktuelles/{SLUG}/"
    guest.goto(address)
    expect(guest.locator("h1")).to_have_attribute("lang", "de")

    translator = open_as(TRANSLATOR)
    translator.goto("/admin/translations/ar/")
    row_of(translator, TITLE).get_by_role("button", name="Beginnen").click()
    first = translator.locator("textarea").first
    expect(first).to_have_attribute("dir", "rtl")
    expect(first).to_have_attribute("lang", "ar")
    assert first.evaluate("e => getComputedStyle(e).direction") == "rtl"
    for german in texts(translator):
        # The cursor waits in the next sentence to do; Ctrl+Enter goes on.
        translator.locator("textarea:focus").fill(ARABIC[german])
        translator.keyboard.press("Control+Enter")
    expect(translator.get_by_role("button", name="Als geprüft veröffentlichen")).to_have_count(0)
    translator.get_by_role("button", name="Zur Prüfung senden").click()
    expect(translator.locator(".messages")).to_be_visible()
    guest.goto(address)
    expect(guest.locator("h1")).to_have_text(TITLE)

    press = open_as(PRESS)
    press.goto("/admin/translations/ar/")
    row_of(press, TITLE).get_by_role("link", name="Öffnen").click()
    press.get_by_role("button", name="Als geprüft veröffentlichen").click()
    expect(press.locator(".messages")).to_be_visible()
    guest.goto(address)
    expect(guest.locator("h1")).to_have_text(ARABIC[TITLE])
    expect(guest.locator("main")).to_contain_text(ARABIC[LEAD])
    expect(guest.locator("main [lang=de]").filter(has_text="Freitag")).to_have_count(0)


def test_one_changed_sentence_is_all_there_is_to_do(
    open_as: Staff, product: Product, visitor: Callable[..., Page]
) -> None:
    guest, address = visitor(), f"/ar/aktuelles/{SLUG}/"
    shell(product, CHANGED.format(slug=SLUG, lead="Am Samstag wird gekocht. Alle sind eingeladen."))
    guest.goto(address)
    expect(guest.locator("h1")).to_have_text(ARABIC[TITLE])
    expect(guest.locator("main .notice").first).to_be_visible()

    translator = open_as(TRANSLATOR)
    translator.goto("/admin/translations/ar/")
    row_of(translator, TITLE).get_by_role("link", name="Öffnen").click()
    marked = translator.locator(".tr-german ins, .tr-german del")
    expect(marked.filter(has_text="Samstag")).to_be_visible()
    expect(marked.filter(has_text="Freitag")).to_be_visible()
    expect(translator.locator("textarea:focus")).to_have_value("")
    assert [area.input_value() for area in translator.locator(".tr-entry textarea").all()] == [ARABIC[TITLE], ""]


def test_what_is_isolated_keeps_its_order_and_is_stored(open_as: Staff, product: Product) -> None:
    title, slug, lead = "Ein neuer Anschluss", "ein-neuer-anschluss", "Rufen Sie an: 02331 207-10."
    shell(product, ARTICLE.format(title=title, slug=slug, lead=lead))
    translator = open_as(TRANSLATOR)
    translator.goto("/admin/translations/ar/")
    row_of(translator, title).get_by_role("button", name="Beginnen").click()
    entry = translator.locator(".tr-entry").filter(has_text=lead)
    field = entry.locator("textarea")
    field.fill("اتصلوا: 02331 207-10.")
    field.evaluate("(input) => input.setSelectionRange(input.value.indexOf('0'), input.value.length - 1)")
    entry.get_by_role("button", name="Isolieren").click()
    written = "اتصلوا: \u200e02331 207-10\u200e."
    expect(field).to_have_value(written)
    translator.keyboard.press("Control+s")
    expect(translator.locator(".messages")).to_be_visible()
    stored = product.ask("SELECT count(*) FROM wagtail_localize_stringtranslation WHERE data = ?", written)
    assert stored == [(1,)]
    expect(field).to_have_value(re.compile("\u200e02331 207-10\u200e"))  # within marks that are for the eye alone

"""Pasting from Word into the editor, and a whole press release at once."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.product import Product
from tests.journeys.test_press import PRESS, begin_article, message, publish

WORD = (Path(__file__).parent.parent / "cms" / "pasting" / "word.html").read_text()
PASTE = """(element, [html, text]) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    data.setData("text/plain", text);
    element.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def paste(field: Locator, html: str, text: str = "Text") -> None:
    field.focus()
    field.evaluate(PASTE, [html, text])


def paste_really(page: Page, html: str, text: str) -> None:
    """With the clipboard of the browser and Ctrl+V, where the cursor is."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(
        """async ([html, text]) => navigator.clipboard.write([new ClipboardItem({
            "text/html": new Blob([html], {type: "text/html"}), "text/plain": new Blob([text], {type: "text/plain"})
        })])""",
        [html, text],
    )
    page.keyboard.press("Control+V")


@pytest.fixture
def press(staff: Callable[[str], Page]) -> Page:
    page = staff(PRESS)
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def new_paragraph(page: Page) -> Locator:
    page.locator("#body-root .c-sf-add-button").first.click()
    page.get_by_role("option", name="Absatz").click()
    return page.locator("#body-root .public-DraftEditor-content").first


def blocks_of(product: Product, title: str) -> list[tuple[str, object]]:
    ((body,),) = product.ask(
        "SELECT n.body FROM news_newspage n JOIN wagtailcore_page p ON p.id = n.page_ptr_id WHERE p.title = ?", title
    )
    return [(block["type"], block["value"]) for block in json.loads(body)]


def test_word_pasted_into_the_text_becomes_blocks_and_is_public(
    press: Page, product: Product, visitor: Callable[..., Page]
) -> None:
    begin_article(press, product, "Aus Word eingefügt")
    editor = new_paragraph(press)
    paste(editor, WORD)
    expect(press.locator(".help-block[data-kind=pasted]")).to_contain_text("clip_image001.png")
    expect(press.locator(".help-block[data-kind=pasted]")).to_contain_text("vierzig")
    publish(press)
    expect(message(press)).to_contain_text("veröffentlicht")
    kinds = [kind for kind, _value in blocks_of(product, "Aus Word eingefügt")]
    assert kinds == ["heading", "heading", "paragraph", "facts", "paragraph"]
    guest = visitor()
    guest.goto("/de/aktuelles/aus-word-eingefugt/")
    if guest.locator("h1").inner_text() != "Aus Word eingefügt":  # as German letters are written
        guest.goto("/de/aktuelles/aus-word-eingefuegt/")
    article = guest.locator("main article").first
    expect(article.get_by_role("heading", name="Viel Zeit zum Reden")).to_be_visible()
    expect(article.get_by_role("link", name="im Programm")).to_have_attribute("href", "https://example.org/programm")
    expect(article).to_contain_text("zwanzig Gäste")
    for unwanted in ("vierzig", "OrtRathaus", "[A1]"):
        assert unwanted not in article.inner_text()


def test_a_sentence_is_inserted_where_the_cursor_is(press: Page, product: Product) -> None:
    begin_article(press, product, "Mit Satz")
    editor = new_paragraph(press)
    editor.click()
    press.keyboard.type("Davor. ")
    paste(editor, "<p class=MsoNormal>Ein <b>Satz</b><del>nicht</del>.<o:p></o:p></p>")
    expect(editor).to_contain_text("Davor. Ein Satz.")
    paste(editor, "<h2>Kopf</h2><p>Weiter.</p>")
    expect(press.locator("#body-root .public-DraftEditor-content")).to_have_count(2)
    publish(press)
    expect(message(press)).to_contain_text("veröffentlicht")
    kinds = [kind for kind, _value in blocks_of(product, "Mit Satz")]
    assert kinds == ["paragraph", "heading", "paragraph"]


def test_a_field_of_limited_length_cuts_nothing(press: Page, product: Product) -> None:
    begin_article(press, product, "Mit langem Vorspann")
    lead = ("Ein Satz, der lang ist. " * 40).strip()
    press.locator("#id_lead").fill("")
    press.locator("#id_lead").focus()
    paste_really(press, f"<p>{lead}</p>", lead)
    expect(press.locator("#id_lead")).to_have_value(lead)
    expect(press.locator("[data-kind=length]")).to_contain_text("600")
    publish(press)
    expect(press.locator(".w-field__errors .error-message").first).to_be_visible()
    expect(press.locator("#id_lead")).to_have_value(lead)


def test_a_press_release_becomes_a_draft_at_once(press: Page, product: Product) -> None:
    press.goto(f"/admin/news/{product.page_id('aktuelles')}/press-release/")
    press.locator("#id_text").click()
    paste_really(press, WORD, "Treffen im Rathaus")
    expect(press.locator("#id_text")).to_have_value("Treffen im Rathaus")
    press.locator("main form button").click()
    expect(press).to_have_url(re.compile(r"/admin/pages/\d+/edit/"))
    expect(message(press)).to_contain_text("clip_image001.png")
    expect(press.locator("#id_title")).to_have_value("Treffen im Rathaus")
    expect(press.locator("#body-root")).to_contain_text("zwanzig Gäste")

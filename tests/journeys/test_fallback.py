"""An article that exists in German only, read by someone who reads Arabic."""

from playwright.sync_api import Page, expect

from tests.journeys.addresses import GERMAN_ONLY


def test_reader_is_told_in_their_language_that_the_words_are_german(reader: Page) -> None:
    response = reader.goto(f"/ar{GERMAN_ONLY}")
    assert response is not None
    assert response.status == 200
    expect(reader.locator("html")).to_have_attribute("lang", "ar")
    notice = reader.locator("main > .notice")
    expect(notice).to_contain_text("الألمانية")
    assert notice.evaluate("e => [e.closest('[lang]').lang, getComputedStyle(e).direction]") == ["ar", "rtl"]
    for words in ("h1", ".lead", ".body p"):
        marked = reader.locator(f"article {words}").first.evaluate(
            """e => {
              const inner = e.querySelector('[lang]') ?? e, style = getComputedStyle(inner);
              return [inner.closest('[lang]').lang, style.direction, style.textAlign];
            }"""
        )
        assert marked[:2] == ["de", "ltr"], words
    expect(reader.locator("link[rel=canonical]")).to_have_attribute("href", f"{origin(reader)}/de{GERMAN_ONLY}")


def test_list_names_it_and_marks_it_as_german(reader: Page) -> None:
    reader.goto("/ar/aktuelles/2020/")
    card = reader.locator(".card").filter(has=reader.locator(f"a[href='/ar{GERMAN_ONLY}']"))
    expect(card.locator(".badge")).to_contain_text("الألمانية")
    assert card.locator("h2 a").evaluate("e => (e.querySelector('[lang]') ?? e).closest('[lang]').lang") == "de"


def origin(page: Page) -> str:
    return page.url.split("/ar/")[0]

"""What the editor does by itself never stands in the way: autosave, slugs, choosers, errors on another tab."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from cms.pages import slugs
from tests.cms.pages.test_slugs import TITLES
from tests.journeys.product import Product

Staff = Callable[[str], Page]
PRESS = "press@example.org"
SLOW = 1500  # milliseconds that a save takes on a bad line
WATCHED = 4000  # milliseconds until Wagtail looks at what is typed


@pytest.fixture
def press(staff: Staff) -> Page:
    page = staff(PRESS)
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def new(page: Page, product: Product, kind: str, parent: str) -> None:
    page.goto(f"/admin/pages/add/{kind}/{product.page_id(parent)}/")


def publish(page: Page) -> None:
    page.get_by_role("button", name="Mehr Aktionen").last.click()
    page.locator("[name=action-publish][value=action-publish]").click()


def named(product: Product, title: str) -> list[tuple[str, int]]:
    return product.ask("SELECT slug, live FROM wagtailcore_page WHERE draft_title = ? ORDER BY id", title)


def test_slugs_are_the_same_in_the_browser_and_on_the_server(press: Page, product: Product) -> None:
    new(press, product, "directory/organisationpage", "organisationen")
    for title in TITLES:
        press.locator("#id_title").fill(title)
        press.locator("#id_title").blur()
        expect(press.locator("#id_slug")).to_have_value(slugs.of(title))


def test_an_organisation_is_added_by_its_name_alone(press: Page, product: Product) -> None:
    new(press, product, "directory/organisationpage", "organisationen")
    press.locator("#id_title").fill("Fußgänger für Grün")
    publish(press)
    expect(press.locator(".messages")).to_contain_text("veröffentlicht")
    assert named(product, "Fußgänger für Grün") == [("fussgaenger-fuer-gruen", 1)]


def test_publishing_during_the_first_autosave_makes_one_page(press: Page, product: Product) -> None:
    def slowly(route: Route) -> None:
        if "application/json" in route.request.headers.get("accept", ""):
            press.wait_for_timeout(SLOW)
        route.continue_()

    title = "Sofort veröffentlicht"
    new(press, product, "news/newspage", "aktuelles")
    press.route("**/admin/pages/**", slowly)
    press.locator("#id_title").fill(title)
    press.wait_for_timeout(WATCHED)
    with press.expect_request(lambda request: request.method == "POST" and "/add/" in request.url):
        press.locator("#id_lead").press_sequentially("Worum es geht.")
    publish(press)
    expect(press.locator(".messages")).to_contain_text("veröffentlicht")
    assert named(product, title) == [("sofort-veroeffentlicht", 1)]


def test_after_a_refused_publish_autosave_goes_on(press: Page, product: Product) -> None:
    title = "Erst einmal abgelehnt"
    new(press, product, "news/newspage", "aktuelles")
    press.wait_for_timeout(WATCHED)
    press.locator("#id_title").press_sequentially(title)
    expect(press).to_have_url(re.compile(r"/admin/pages/\d+/edit/"))
    publish(press)
    expect(press.locator(".messages")).to_contain_text("nicht")
    with press.expect_response(lambda answer: answer.request.method == "POST" and "/edit/" in answer.url) as saved:
        press.wait_for_timeout(WATCHED)
        press.locator("#id_lead").press_sequentially("Jetzt mit einem Anfang.")
    assert json.loads(saved.value.body())["success"] is True
    expect(press.get_by_text(re.compile("neuere Version|newer version"))).to_have_count(0)
    publish(press)
    expect(press.locator(".messages")).to_contain_text("veröffentlicht")


def write_and_publish(page: Page, text: str) -> None:
    """Where the cursor is, with nothing between the last letter and the button."""
    button = page.locator("[name=action-publish]").first.element_handle()
    page.keyboard.insert_text(text)
    page.evaluate("button => button.click()", button)


def test_what_is_written_last_before_sending_is_sent(press: Page, product: Product) -> None:
    """The editor hands over to its form a quarter of a second later what is written; forms without autosave, too."""
    title = "Bis zum letzten Wort"
    new(press, product, "news/newspage", "aktuelles")
    press.locator("#id_title").fill(title)
    press.locator("#id_lead").fill("Worum es geht.")
    press.locator("#body-root .c-sf-add-button").first.click()
    press.get_by_role("option", name="Absatz").click()
    editor = press.locator("#body-root .public-DraftEditor-content").first
    editor.click()
    press.keyboard.type("Anfang")
    expect(editor).to_have_text("Anfang")
    write_and_publish(press, " und Ende")
    expect(press.locator(".messages")).to_contain_text("veröffentlicht")
    assert "Anfang und Ende" in body_of(product, title)

    page = product.page_id("bis-zum-letzten-wort")
    [(version,)] = product.ask("SELECT max(id) FROM wagtailcore_revision WHERE object_id = ?", str(page))
    press.goto(f"/admin/pages/{page}/revisions/{version}/revert/")
    expect(press.locator("form[data-controller~='w-autosave']")).to_have_count(0)
    editor.click()
    press.keyboard.press("Control+End")
    write_and_publish(press, " und mehr")
    expect(press).not_to_have_url(re.compile("revert"))
    assert "Anfang und Ende und mehr" in body_of(product, title)


def body_of(product: Product, title: str) -> str:
    [(body,)] = product.ask(
        "SELECT n.body FROM news_newspage n JOIN wagtailcore_page p ON p.id = n.page_ptr_id WHERE p.title = ?", title
    )
    [block] = json.loads(body)
    return str(block["value"])


def test_an_error_on_another_tab_opens_it(press: Page, product: Product) -> None:
    [(taken,)] = product.ask(
        "SELECT slug FROM wagtailcore_page JOIN directory_organisationpage ON page_ptr_id = id ORDER BY id LIMIT 1"
    )
    new(press, product, "directory/organisationpage", "organisationen")
    press.locator("#id_title").fill("Ein Name")
    press.get_by_role("tab", name=re.compile("Veröffentlichung")).click()
    expect(press.locator("#id_slug")).to_have_value("ein-name")
    press.locator("#id_slug").fill(taken)
    press.get_by_role("tab", name=re.compile("Inhalt")).click()
    publish(press)
    expect(press.locator("#id_slug")).to_be_visible()


def test_twelve_organisations_are_chosen_in_fifteen_acts(press: Page, product: Product) -> None:
    acts = 0
    new(press, product, "news/newspage", "aktuelles")
    press.locator("#id_title").fill("Zwölf waren dabei")
    press.locator("#id_lead").fill("Worum es geht.")
    press.locator("#id_related-OPEN_MODAL").click()
    acts += 1
    boxes = press.locator(".modal [data-multiple-choice-select]:enabled")
    expect(boxes.first).to_be_visible()
    titles = press.locator(".modal tbody tr label").all_inner_texts()
    assert len(titles) == len(set(titles))
    for number in range(12):
        boxes.nth(number).check()
        acts += 1
    press.locator(".modal [data-multiple-choice-submit]").click()
    acts += 1
    expect(press.locator(".modal")).to_have_count(0)
    assert acts <= 15
    publish(press)
    expect(press.locator(".messages")).to_contain_text("veröffentlicht")
    chosen = product.ask(
        "SELECT locale.language_code FROM news_relatedpage AS related JOIN wagtailcore_page AS article "
        "ON article.id = article_id JOIN wagtailcore_page AS page ON page.id = related.page_id "
        "JOIN wagtailcore_locale AS locale ON locale.id = page.locale_id WHERE article.title = 'Zwölf waren dabei'"
    )
    assert chosen == [("de",)] * 12


def test_ticks_survive_a_search(press: Page, product: Product) -> None:
    new(press, product, "news/newspage", "aktuelles")
    press.locator("#id_related-OPEN_MODAL").click()
    press.locator(".modal [data-multiple-choice-select]:enabled").first.check()
    first = press.locator(".modal [data-ticked]").inner_text()
    press.locator(".modal #id_q").fill("Verein")
    expect(press.locator(".modal h2[role=alert]")).to_be_visible()
    expect(press.locator(".modal [data-ticked]")).to_have_text(first)
    other = press.locator(".modal [data-multiple-choice-select]:not(:checked)").first
    other.check()
    press.locator(".modal [data-multiple-choice-submit]").click()
    expect(press.locator("#id_related-FORMS > :not(.deleted)")).to_have_count(2)

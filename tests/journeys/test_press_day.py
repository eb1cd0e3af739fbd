"""A press release on a morning: from the clipboard to the article in every language, with twelve organisations."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.product import Product
from tests.journeys.test_pasting import paste_really
from tests.journeys.test_press import CREDIT, PRESS, message, photograph

MOST_ACTS = 30
TITLE, SLUG = "Zwölf Vereine zu Gast im Rathaus", "zwoelf-vereine-zu-gast-im-rathaus"
CAPTION = "Beim Treffen im großen Saal reden alle miteinander."
LEAD = (
    "„Wer mitredet, gehört dazu“, hieß es beim Treffen der Vereine im Rathaus an der Volme. "
    "Zwanzig Menschen aus zwölf Vereinen waren gekommen."
)


def release(organisations: list[str]) -> str:
    """As it lies in the clipboard when it is copied from a mail without form."""
    quoted = ", ".join(f"„{name}“" for name in organisations)
    return (
        f"{CAPTION} (Foto: Amt für Presse/Stadt Musterstadt)\n{TITLE}\n{dt.date.today():%d.%m.%Y} – {LEAD}\n"
        f"Wer dabei war\nVertreten waren {quoted}.\n"
        "Wie es weitergeht\n"
        "Im nächsten Jahr treffen sich die Vereine wieder, dann zu einem ganzen Tag mit Vorträgen und Essen.\n"
    )


class Acts:
    """Counts what the hand does: a click, a key, a text typed, a file chosen."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, act: Callable[..., object], *arguments: object) -> None:
        act(*arguments)
        self.count += 1


@pytest.fixture
def press(staff: Callable[[str], Page]) -> Page:
    page = staff(PRESS)
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def test_a_press_release_is_public_within_thirty_acts(
    press: Page, product: Product, visitor: Callable[..., Page]
) -> None:
    organisations = product.ask(
        "SELECT page.title, page.slug FROM directory_organisationpage AS organisation JOIN wagtailcore_page AS page "
        "ON page.id = page_ptr_id JOIN wagtailcore_locale AS locale ON locale.id = page.locale_id "
        "WHERE language_code = 'de' AND live AND length(page.title) > 8 ORDER BY page.id LIMIT 12"
    )
    assert len(organisations) == 12
    text, acts = release([name for name, _slug in organisations]), Acts()

    acts(press.goto, f"/admin/pages/{product.page_id('aktuelles')}/")
    acts(press.get_by_role("button", name="Aktionen", exact=True).first.click)
    acts(press.get_by_role("link", name="Pressemitteilung einfügen").first.click)
    acts(press.locator("#id_text").click)
    acts(paste_really, press, f"<pre>{text}</pre>" if "<" in text else "", text)
    acts(press.locator("main form button").click)
    expect(press.locator("#id_title")).to_have_value(TITLE)
    expect(press.locator("#id_lead")).to_have_value(LEAD)
    expect(press.locator("#id_main_image_caption")).to_have_value(CAPTION)
    expect(message(press)).to_contain_text("Amt für Presse/Stadt Musterstadt")

    acts(press.locator("#id_main_image-chooser").get_by_role("button", name="Bild auswählen").click)
    acts(press.locator(".modal").get_by_role("tab", name="Hochladen").click)
    chosen = {"name": "treffen.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    acts(press.locator(".modal #id_image-chooser-upload-file").set_input_files, chosen)
    acts(press.locator(".modal #id_image-chooser-upload-title").fill, "Treffen im großen Saal")
    acts(press.locator(".modal #id_image-chooser-upload-credit").fill, CREDIT)
    acts(press.locator(".modal form button[type=submit], .modal form input[type=submit]").last.click)
    expect(press.locator(".modal")).to_have_count(0)
    acts(press.locator("#id_main_image_alt").fill, "Menschen sitzen an langen Tischen und reden.")
    acts(press.get_by_role("button", name="Mehr Aktionen").last.click)
    acts(press.locator("[name=action-publish][value=action-publish]").click)
    expect(message(press)).to_contain_text("veröffentlicht")
    assert acts.count <= MOST_ACTS

    guest = visitor()
    for language in ("de", "ar"):
        guest.goto(f"/{language}/aktuelles/{SLUG}/")
        expect(guest.locator("h1")).to_have_text(TITLE)
        expect(guest.locator("h1 [lang=de], h1[lang=de], html[lang=de]").first).to_be_attached()
        expect(guest.get_by_role("heading", name="Wie es weitergeht")).to_be_visible()
        expect(guest.locator("figcaption").first).to_contain_text(CREDIT)
        for _name, slug in organisations:
            expect(guest.locator(f"main a[href$='/{slug}/']").first).to_be_attached()
    for _name, slug in organisations:
        guest.goto(f"/de/organisationen/{slug}/")
        expect(guest.locator(f"a[href='/de/aktuelles/{SLUG}/']").first).to_be_attached()

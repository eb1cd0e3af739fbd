"""A day of the press office, in Wagtail's editor."""

import datetime as dt
import re
import secrets
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
import pytest
from PIL import ExifTags, Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.journeys.product import Product

Staff = Callable[[str], Page]
PRESS = "press@example.org"
READERS = ("de", "ar", "tr")
CREDIT = "Foto: Stadt Hagen, Amt für Pressearbeit"


def photograph() -> bytes:
    """From a telephone held upright: the picture lies on its side, its EXIF says so and where it was taken.

    No two are the same, because of a picture that is there already the library asks whether to take that one.
    """
    picture = Image.new("RGB", (1200, 800), tuple(secrets.token_bytes(3)))
    picture.paste("gold", (0, 0, 1200, 100))
    exif = picture.getexif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Telefonfabrik"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", (51.0, 21.0, 36.0)
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", (7.0, 28.0, 12.0)
    output = BytesIO()
    picture.save(output, "JPEG", exif=exif)
    return output.getvalue()


def upload(page: Page, title: str, content: bytes, credit: str = "") -> None:
    """Fills in and sends the form for a new picture."""
    page.goto("/admin/images/add/")
    payload: FilePayload = {"name": "IMG_2041.JPG", "mimeType": "image/jpeg", "buffer": content}
    page.locator("#id_file").set_input_files(payload)
    page.locator("#id_title").fill(title)
    page.locator("#id_credit").fill(credit)
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()


def begin_article(page: Page, product: Product, title: str, picture: str = "") -> None:
    page.goto(f"/admin/pages/add/news/newspage/{product.page_id('aktuelles')}/")
    page.locator("#id_title").fill(title)
    page.locator("#id_lead").fill(f"Worum es in „{title}“ geht.")
    page.locator("#id_place").fill("Hagen")
    if picture:
        page.locator("#id_main_image-chooser").get_by_role("button", name="Bild auswählen").click()
        page.locator(".modal").get_by_role("link", name=picture).first.click()
        expect(page.locator(".modal")).to_have_count(0)
        page.locator("#id_main_image_alt").fill("Menschen sitzen an einem langen Tisch und reden.")


def publish(page: Page) -> None:
    page.get_by_role("button", name="Mehr Aktionen").last.click()
    page.locator("[name=action-publish][value=action-publish]").click()


def message(page: Page) -> Locator:
    return page.locator(".messages")


@pytest.fixture
def press(staff: Staff) -> Page:
    page = staff(PRESS)
    page.on("dialog", lambda dialog: dialog.accept())  # leaves the editor although something is not saved
    return page


def test_admin_carries_the_name_of_the_site_and_speaks_german(press: Page) -> None:
    expect(press).to_have_title(re.compile("Miteinander"))
    expect(press.locator("html")).to_have_attribute("lang", "de")
    expect(press.get_by_role("button", name="Seiten", exact=True)).to_be_visible()
    press.goto("/admin/images/")
    expect(press.get_by_role("link", name=re.compile("Bild hinzufügen")).first).to_be_visible()


def test_article_with_picture_is_everywhere_at_once(
    press: Page, product: Product, visitor: Callable[..., Page]
) -> None:
    title, year = "Neuer Treffpunkt im Wehringhauser Viertel", dt.date.today().year
    upload(press, "Treffpunkt", photograph(), CREDIT)
    expect(message(press)).to_contain_text("Treffpunkt")
    assert is_clean(
        product.data / "private" / product.ask("SELECT file FROM cms_image WHERE title = 'Treffpunkt'")[0][0]
    )

    begin_article(press, product, title, picture="Treffpunkt")
    press.get_by_role("button", name="Vorschau umschalten").click()
    preview = press.frame_locator("#w-preview-iframe, iframe[title*=Vorschau]").first
    expect(preview.locator("h1")).to_have_text(title)
    expect(preview.locator("article figure img")).to_be_visible()
    expect(preview.locator("header .brand")).to_be_attached()
    publish(press)
    expect(message(press)).to_contain_text("veröffentlicht")

    guest = visitor()
    for language in READERS:
        link = guest.locator(f"main a[href='/{language}/aktuelles/neuer-treffpunkt-im-wehringhauser-viertel/']")
        for address in ("/", "/aktuelles/", f"/aktuelles/{year}/"):
            guest.goto(f"/{language}{address}")
            expect(link.first).to_be_visible()
        link.first.click()
        expect(guest.locator("h1")).to_have_text(title)
        expect(guest.locator("figcaption").first).to_contain_text(CREDIT)
        width, height = guest.locator("figure img").first.evaluate("e => [e.naturalWidth, e.naturalHeight]")
        assert width < height, "turned upright"
        feed = feedparser.parse(guest.request.get(f"/{language}/aktuelles/feed/").body())
        assert feed.entries[0].title == title
        assert feed.entries[0].link.endswith(f"/{language}/aktuelles/neuer-treffpunkt-im-wehringhauser-viertel/")


def is_clean(path: Path) -> bool:
    """Nothing of what the telephone knew is in the stored file."""
    content = path.read_bytes()
    with Image.open(path) as picture:
        return not picture.getexif() and b"Exif" not in content and b"Telefonfabrik" not in content


def test_picture_without_credit_may_be_drafted_but_not_published(press: Page, product: Product) -> None:
    upload(press, "Ohne Urheber", photograph())
    begin_article(press, product, "Entwurf ohne Urheber", picture="Ohne Urheber")
    press.get_by_role("button", name="Entwurf speichern").click()
    expect(press).to_have_url(re.compile(r"/admin/pages/\d+/edit/"))
    publish(press)
    expect(press.locator(".w-field__errors, .error-message").filter(has_text="Ohne Urheber").first).to_be_visible()
    assert product.ask("SELECT live FROM wagtailcore_page WHERE title = 'Entwurf ohne Urheber'") == [(0,)]


@pytest.mark.parametrize(
    "content", [photograph()[:2000], b"MZ this is a program", b""], ids=["cut", "program", "empty"]
)
def test_broken_picture_is_refused_in_words(press: Page, product: Product, content: bytes) -> None:
    before = product.ask("SELECT count(*) FROM cms_image")
    upload(press, "Kaputt", content, CREDIT)
    error = press.locator(".w-field__errors, .error-message").filter(has_text=re.compile("Bild|Datei"))
    expect(error.first).to_be_visible()
    assert product.ask("SELECT count(*) FROM cms_image") == before


def test_scheduled_article_appears_when_its_time_has_come(
    press: Page, product: Product, visitor: Callable[..., Page]
) -> None:
    title, address = "Morgen wird gefeiert", "/tr/aktuelles/morgen-wird-gefeiert/"
    begin_article(press, product, title)
    schedule(press, "übermorgen")
    expect(message(press)).to_contain_text("nicht")
    expect(press.get_by_text("Ungültiger Zeitplan")).to_be_visible()
    assert product.ask("SELECT count(*) FROM wagtailcore_page WHERE title = ? AND live", title) == [(0,)]
    tomorrow = dt.datetime.now() + dt.timedelta(days=1)
    schedule(press, f"{tomorrow:%d.%m.%Y %H:%M}")
    expect(press).to_have_url(re.compile(r"/admin/pages/\d+/edit/"))
    publish(press)
    expect(message(press)).to_contain_text(re.compile("geplant|Zeitplan|veröffentlicht"))

    guest = visitor()
    assert status(guest, address) == 404
    product.manage("publish_scheduled")
    assert status(guest, address) == 404
    let_a_day_pass(product, title)
    product.manage("publish_scheduled")
    assert status(guest, address) == 200
    guest.goto("/tr/")
    expect(guest.locator(f"main a[href='{address}']").first).to_be_visible()


def schedule(page: Page, typed: str) -> None:
    """Types when the article goes live, as one does, and sends it."""
    edit = page.get_by_role("button", name=re.compile("Zeitplan (festlegen|bearbeiten)"))
    if not edit.is_visible():
        page.get_by_role("button", name="Status umschalten").click()
    edit.click()
    page.locator("#id_go_live_at").fill(typed)
    page.get_by_role("button", name="Zeitplan speichern").press("Enter")  # the calendar lies above it
    page.wait_for_load_state()


def let_a_day_pass(product: Product, title: str) -> None:
    """Brings the appointed time of the article into the past, as if the clock had moved on."""
    product.manage(
        "shell",
        "--no-imports",
        "--command",
        f"""
import datetime as dt
from wagtail.models import Page, Revision
page = Page.objects.get(title={title!r})
past = page.go_live_at - dt.timedelta(days=2)
Page.objects.filter(pk=page.pk).update(go_live_at=past)
revision = Revision.page_revisions.get(object_id=str(page.pk), approved_go_live_at__isnull=False)
revision.approved_go_live_at, revision.content["go_live_at"] = past, past.isoformat()
revision.save()
""",
    )


def status(page: Page, address: str) -> int:
    response: Any = page.goto(address)
    return int(response.status)

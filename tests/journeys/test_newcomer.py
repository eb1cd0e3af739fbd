"""Somebody new, on a phone, in Turkish: from the invitation mail to what visitors see in ten languages."""

import re
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from playwright.sync_api import Page, expect

from cms.localization import languages
from tests import smtp_sink
from tests.directory.portal.photos import photo
from tests.journeys.product import Product
from tests.journeys.test_joining import PASSWORD, SMALL_PHONE, invite, link_in
from tests.journeys.test_my_organisation import LONGEST, MOST_TAPS, Finger
from tests.smtp_sink import Sink

SLUG = "volme-kulturforum"
"""Nobody has written anything about it before."""
EMAIL, OFFER, NUMBER = "aylin@example.net", "Erzählcafé am Samstag", "02331 999-17"
SAVE = "main form[enctype] button:not([name])"


def test_invited_written_sent_approved_and_public_in_ten_languages(
    staff: Callable[[str], Page], visitor: Callable[..., Page], product: Product, sink: Sink, tmp_path: Path
) -> None:
    invite(staff, product, EMAIL, "tr", SLUG)
    link = link_in(sink, EMAIL, "my/invitation")
    picture = tmp_path / "IMG_0815.JPG"
    picture.write_bytes(photo(size=(1600, 1200)))

    phone = visitor(locale="tr-TR", java_script_enabled=False, **SMALL_PHONE)
    finger, began = Finger(phone), monotonic()
    phone.goto(link)
    phone.locator("[name=name]").fill("Aylin Demir")
    phone.locator("[name=password]").fill(PASSWORD)
    finger.tap(phone.locator("[name=consent]"))
    finger.tap(phone.locator("main form button"))

    finger.tap(phone.locator(".parts a[href$='/contact/']"))
    phone.locator("[name=phone]").fill(NUMBER)
    finger.tap(phone.locator(SAVE))

    finger.tap(phone.locator(".parts a[href$='/offers/']"))
    row = phone.locator("fieldset[id^=offers-]").last
    row.locator("[name$=-what]").fill(OFFER)
    row.locator("[name$=-weekday]").select_option("6")
    row.locator("[name$=-starts]").fill("15:00")
    finger.tap(phone.locator(SAVE))

    finger.tap(phone.locator(".parts a[href$='/pictures/']"))
    row = phone.locator("fieldset[id^=pictures-]").last
    row.locator("[type=file]").set_input_files(picture)
    row.locator("[name$=-alt_text]").fill("Frauen trinken Tee an einem langen Tisch")
    row.locator("[name$=-credit]").fill("Aylin Demir (eigenes Bild)")
    finger.tap(phone.locator(SAVE))
    expect(phone.locator(".parts")).to_be_visible()
    finger.tap(phone.locator("main a[href$='/submit/']"))
    finger.tap(phone.locator("main form button"))
    expect(phone.locator("form[action$='/withdraw/']")).to_have_count(1)
    assert finger.taps + 2 <= MOST_TAPS, "with the list of weekdays and the camera, which open under the finger"
    assert monotonic() - began < LONGEST.total_seconds()

    guest = visitor()
    guest.goto(f"/de/organisationen/{SLUG}/")
    expect(guest.locator("main")).not_to_contain_text(OFFER)

    press = staff("press@example.org")
    press.goto("/admin/organisations/review/")
    press.get_by_role("link", name=re.compile("Volme Kulturforum")).first.click()
    expect(press.locator("main")).to_contain_text(OFFER)
    press.get_by_role("button", name="Freigeben und veröffentlichen").click()
    expect(press.locator(".messages")).to_be_visible()
    mail = smtp_sink.body(sink.wait_for(EMAIL, 2), "plain")
    assert f"/organisationen/{SLUG}/" in mail, "it leads to the public page"
    assert "/admin" not in mail

    for language in languages.LANGUAGES:
        guest.goto(f"/{language.code}/organisationen/{SLUG}/")
        expect(guest.locator("a[href='tel:+49233199917']").first).to_be_attached()
        expect(guest.locator("main")).to_contain_text(OFFER)
        expect(guest.locator("figure img[alt*='Frauen trinken Tee']")).to_be_attached()

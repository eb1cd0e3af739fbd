"""What is stored is drawn by every form of the admin, and saved again byte for byte the same."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.journeys.product import Product

Staff = Callable[[str], Page]
SCRIPT = Path(__file__).with_name("every_field.py")
ADMIN = "admin@example.org"
MUST_BE_THERE = {"cms.SiteSettings", "cms.ContactPoint", "news.NewsPage", "directory.OrganisationPage", "dates.Place"}


ADDED = """
from home.models import BarrierReport
from translations.machine.models import GlossaryTerm, KeptName, TranslationPolicy
for model in (BarrierReport, GlossaryTerm, KeptName, TranslationPolicy):
    model.objects.all().delete()
"""


@pytest.fixture(scope="module", autouse=True)
def as_before(product: Product) -> Iterator[None]:
    """The journeys that follow find the settings and records as these have found them."""
    yield
    product.manage("shell", "--no-imports", "--command", ADDED)
    product.manage("loaddata", str(product.data / "before.json"))


def rows(product: Product, *, fill: bool = False) -> dict[str, Any]:
    printed = product.manage("shell", "--no-imports", "--command", f"FILL = {fill}\n{SCRIPT.read_text()}")
    found: dict[str, Any] = json.loads(printed.partition("ROWS")[2])
    return found


@pytest.fixture
def admin(staff: Staff) -> Page:
    page = staff(ADMIN)
    page.on("dialog", lambda dialog: dialog.accept())
    return page


@pytest.fixture
def complaints(admin: Page) -> list[str]:
    """What the browser finds wrong with a screen."""
    found: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            found.append(message.text)

    admin.on("console", said)
    admin.on("pageerror", lambda error: found.append(str(error)))
    return found


def save(page: Page) -> None:
    """Presses what saves, on a page its draft."""
    form = page.locator("form[data-edit-form]")
    draft = page.get_by_role("button", name="Entwurf speichern").locator("visible=true")
    button = draft if draft.count() else form.locator("button[type=submit]:visible").last
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status in {200, 302}):
        button.first.click()
    page.wait_for_load_state()


def test_every_form_stores_what_it_has_been_given(admin: Page, product: Product, complaints: list[str]) -> None:
    before = rows(product, fill=True)
    assert before.keys() >= MUST_BE_THERE
    faults = []
    before.pop("cms.User")  # whose form has tests of its own
    for label, row in before.items():
        complaints.clear()
        admin.goto(row["address"])
        save(admin)
        errors = admin.locator(".error-message:visible, .messages .error:visible").all_inner_texts()
        faults += [f"{label}: {each}" for each in (*complaints, *errors)]
    after = rows(product)
    for label, row in before.items():
        now = after[label]["stored"]
        faults += [
            f"{label}.{name}: {value!r} became {now[name]!r}"
            for name, value in row["stored"].items()
            if without_block_keys(now[name]) != without_block_keys(value)
        ]
    assert not faults, "\n".join(faults)


def without_block_keys(value: object) -> str:
    """The editor gives each paragraph a key that it did not have."""
    return re.sub(r' data-block-key="\w+"', "", str(value))


def test_label_of_a_link_in_the_footer_stays(
    admin: Page, product: Product, complaints: list[str], visitor: Callable[..., Page]
) -> None:
    address = rows(product)["cms.SiteSettings"]["address"]
    admin.goto(address)
    links = admin.locator("[data-contentpath='footer_links']").first
    links.get_by_role("button", name="Einen Block einfügen").last.click()
    block = links.locator("[data-streamfield-child]").last
    block.locator("input[name$='-url']").fill("https://example.org/fuss")
    block.locator("input[lang=de]").fill("Über „Fuß“ & Wege")
    block.locator("input[lang=ar]").fill("عن الطريق")
    for _time in range(3):
        save(admin)
        block = links.locator("[data-streamfield-child]").last
        expect(block.locator("input[lang=de]")).to_have_value("Über „Fuß“ & Wege")
        expect(block.locator("input[lang=ar]")).to_have_value("عن الطريق")
    guest = visitor()
    guest.goto("/ar/")
    expect(guest.locator("footer a[href='https://example.org/fuss']")).to_have_text("عن الطريق")
    assert not complaints

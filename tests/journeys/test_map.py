"""Near to where one lives, without scripts; and a street map that nothing is asked of before it is chosen."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from home.demo import content_files
from tests.journeys.addresses import PAGES, path
from tests.journeys.product import Product
from tests.journeys.test_joining import SMALL_PHONE
from tests.journeys.test_my_organisation import Finger

Visitor = Callable[..., Page]
MOST_TAPS = 4
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763b8f1ef3f00059d02ce"
    "0d5e12580000000049454e44ae426082"
)
NAMES = ("Beispieltreff Hohenlimburg", "Beispielcafé Elsey")
PINS = len(NAMES) + sum("point" in page for page in content_files.pages().values())
PROGRAM = """
from decimal import Decimal
from django.utils import timezone
from directory.models import DirectoryPage, OrganisationPage
from cms.localization import locales
index = DirectoryPage.objects.filter(locale_id=locales.id_of("de")).first()
now = timezone.now()
for number, name in enumerate({names!r}):
    if not OrganisationPage.objects.filter(title=name).exists():
        index.add_child(instance=OrganisationPage(title=name, slug=f"beispiel-am-ort-{{number}}", is_example=True,
            street="Beispielweg 1", postal_code="58119", city="Hagen", first_published_at=now, last_published_at=now,
            latitude=Decimal("51.35000") + number * Decimal("0.01"), longitude=Decimal("7.57000")))
"""


@pytest.fixture(scope="module", autouse=True)
def two_with_a_point(product: Product) -> None:
    product.manage("shell", "--no-imports", "--command", PROGRAM.format(names=NAMES))


@contextmanager
def tile_server() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Its address, and what it was asked for with who sent the reader."""
    asked: list[tuple[str, str]] = []

    class Tiles(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers.get("Referer", "")))
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(PIXEL)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def tiles(staff: Callable[[str], Page], product: Product) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Chosen by the press office in the settings, and taken out afterwards."""
    with tile_server() as (origin, asked):
        press = staff("press@example.org")
        [(site,)] = product.ask("SELECT id FROM wagtailcore_site WHERE is_default_site")
        for address, source in ((f"{origin}/{{z}}/{{x}}/{{y}}.png", "© Musterkarte"), ("", "")):
            press.goto(f"/admin/settings/directory/directorymap/{site}/")
            press.locator("[name=tile_address]").fill(address)
            press.locator("[name=attribution]").fill(source)
            press.locator("main form button[type=submit]").first.click()
            expect(press.locator(".messages .success")).to_be_visible()
            if address:
                yield origin, asked


def test_near_hohenlimburg_in_ukrainian_and_on_the_way(visitor: Visitor) -> None:
    phone = visitor(java_script_enabled=False, **SMALL_PHONE)
    phone.goto("/uk/")
    finger = Finger(phone)
    finger.tap(phone.locator(".finder a[href*='map=districts']"))
    finger.tap(phone.locator(".districts li a[href='/uk/organisationen/?near=hohenlimburg']"))
    first = phone.locator("main .card").first
    expect(first).to_contain_text(NAMES[0])
    expect(first).to_contain_text("1 км")
    finger.tap(first.locator("h3 a"))
    way = phone.locator("article a[href^='https://www.openstreetmap.org/directions?to=51.35']")
    expect(way).to_be_visible()
    assert finger.taps + 1 <= MOST_TAPS, "the last one opens the map of the phone"


def test_the_drawing_leads_to_a_district(visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False)
    page.goto(path("ar", "directory-map"))
    page.locator("svg.drawing a", has_text="Hohenlimburg").click()
    expect(page).to_have_url(re.compile(r"/ar/organisationen/\?district=hohenlimburg$"))
    expect(page.locator("main .card h3").first).to_contain_text("Hohenlimburg")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_nothing_is_asked_of_the_map_before_it_is_chosen(
    visitor: Visitor, product: Product, tiles: tuple[str, list[tuple[str, str]]], language: str
) -> None:
    origin, asked = tiles
    page = visitor()
    hosts: set[str] = set()
    faults: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    for name in PAGES:
        if name != "not-found":
            page.goto(path(language, name), wait_until="networkidle")
    assert hosts == {urlsplit(product.url).netloc}
    assert asked == []

    page.goto(path(language, "directory-near"))
    page.locator("main a[href*='map=districts']").click()
    expect(page.locator("section.box", has_text=urlsplit(origin).netloc)).to_be_visible()
    assert asked == []
    page.locator("a[href*='map=streets']").click()
    expect(page.locator(".leaflet-tile-loaded").first).to_be_attached()
    assert hosts == {urlsplit(product.url).netloc, urlsplit(origin).netloc}
    assert {referrer for _path, referrer in asked} <= {product.url, f"{product.url}/"}
    assert faults == []
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"csrftoken"}, "of the form for barriers"


def test_pins_are_reached_by_keyboard_and_say_their_names(
    visitor: Visitor, tiles: tuple[str, list[tuple[str, str]]]
) -> None:
    page = visitor()
    page.goto("/ar/organisationen/?map=streets")
    pin = page.get_by_role("button", name=NAMES[0])
    expect(pin).to_be_visible()
    pin.focus()
    page.keyboard.press("Enter")
    link = page.locator(".leaflet-popup a")
    expect(link).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_have_count(0)
    expect(pin).to_be_focused()
    page.keyboard.press("Enter")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(NAMES[0])


def test_without_scripts_the_street_map_is_a_list(visitor: Visitor, tiles: tuple[str, list[tuple[str, str]]]) -> None:
    page = visitor(java_script_enabled=False)
    page.goto("/de/organisationen/?map=streets")
    expect(page.locator(".pins li")).to_have_count(PINS)
    expect(page.locator("noscript p")).to_be_visible()
    assert tiles[1] == []


def test_the_press_office_puts_a_pin_that_readers_find(
    staff: Callable[[str], Page], visitor: Visitor, product: Product, tiles: tuple[str, list[tuple[str, str]]]
) -> None:
    press = staff("press@example.org")
    faults: list[str] = []
    press.on("pageerror", lambda error: faults.append(str(error)))
    asked_before = len(tiles[1])
    press.goto(f"/admin/pages/{product.page_id('beispiel-am-ort-0')}/edit/")
    press.get_by_role("button", name="Aktionen", exact=True).first.click()
    press.get_by_role("link", name="Punkt auf der Karte").first.click()
    expect(press.locator("main")).to_contain_text(urlsplit(tiles[0]).netloc)
    assert len(tiles[1]) == asked_before
    press.get_by_role("link", name="Auf einer Straßenkarte wählen").click()
    expect(press.locator(".leaflet-tile-loaded").first).to_be_attached()
    press.locator(".street-map").click(position={"x": 40, "y": 60})
    expect(press.locator("[name=point]")).to_have_value(re.compile(r"^51\.3\d+, 7\.5\d+$"))
    typed = press.locator("[name=point]").input_value().partition(",")[0]
    press.locator("main form button.button").click()
    expect(press.locator(".messages .success")).to_be_visible()
    press.get_by_role("button", name="Mehr Aktionen").last.click()
    press.locator("[name=action-publish][value=action-publish]").click()
    expect(press.locator(".messages")).to_contain_text(NAMES[0])
    product.wait_for_background_jobs()
    page = visitor()
    page.goto("/de/organisationen/beispiel-am-ort-0/")
    expect(page.locator(f"article a[href*='directions?to={typed}']").first).to_be_visible()
    assert faults == []


def test_a_server_that_does_not_answer_is_said(visitor: Visitor, tiles: tuple[str, list[tuple[str, str]]]) -> None:
    page = visitor()
    page.route(f"{tiles[0]}/**", lambda route: route.abort())
    page.goto("/de/organisationen/?map=streets")
    expect(page.locator(".trouble")).not_to_be_empty()
    expect(page.locator(".pins li")).to_have_count(PINS)

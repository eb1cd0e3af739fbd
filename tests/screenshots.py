"""`make screenshots`: pictures for `docs/screenshots/`, phone and desktop, German and Arabic, light and dark."""

import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

from tests.journeys import product as products
from tests.journeys.addresses import path
from tests.journeys.product import ROOT, Product

FOLDER = ROOT / "docs" / "screenshots"
WINDOWS: dict[str, ViewportSize] = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 800}}
LARGEST = 60_000  # bytes of a picture
LARGEST_FOLDER = 1_500_000  # bytes
EDITOR = "press@example.org"

PUBLIC = (
    *(
        (name, language, "phone", "light")
        for name in ("home", "directory", "profile", "article")
        for language in ("de", "ar")
    ),
    *(("home", language, "desktop", scheme) for language in ("de", "ar") for scheme in ("light", "dark")),
    ("directory", "de", "desktop", "light"),
    ("directory", "ar", "desktop", "dark"),
    ("profile", "ar", "desktop", "light"),
    ("article", "de", "desktop", "light"),
    ("council", "de", "desktop", "light"),
    ("council", "ar", "phone", "light"),
    ("council", "ar", "phone", "dark"),
    ("profile", "de", "phone", "dark"),
)
"""Page, language, window and colours of each picture of the public site."""


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        products.running(Path(folder)) as product,
        products.browser() as browser,
    ):
        taken = {name: smallest(picture) for name, picture in pictures(product, browser)}
    for old in FOLDER.glob("*.webp"):
        old.unlink()
    for name, content in taken.items():
        (FOLDER / f"{name}.webp").write_bytes(content)
    size = sum(map(len, taken.values()))
    print(f"{len(taken)} pictures with {size // 1000} kB in {FOLDER.relative_to(ROOT)}")
    if size > LARGEST_FOLDER:
        raise SystemExit("That is more than a repository should carry: choose fewer.")


def pictures(product: Product, browser: Browser) -> Iterator[tuple[str, bytes]]:
    """File names without ending, each with a PNG of the window."""
    for name, language, window, scheme in PUBLIC:
        page = open_page(product, browser, window, scheme)
        page.goto(path(language, name), wait_until="networkidle")
        yield f"{name}-{language}-{window}-{scheme}", page.screenshot(animations="disabled")
        page.context.close()
    page = open_page(product, browser, "desktop", "light")
    page.goto("/admin/")
    page.locator("[name=username]").fill(EDITOR)
    page.locator("[name=password]").fill(product.password(EDITOR))
    page.locator("form button[type=submit]").click()
    page.wait_for_load_state("networkidle")
    yield "admin-dashboard-de-desktop-light", page.screenshot(animations="disabled")
    page.goto(f"/admin/pages/{product.page_id('netzwerktreffen-im-rathaus')}/edit/", wait_until="networkidle")
    yield "admin-article-de-desktop-light", page.screenshot(animations="disabled")


def open_page(product: Product, browser: Browser, window: str, scheme: str) -> Page:
    context = browser.new_context(
        base_url=product.url,
        viewport=WINDOWS[window],
        color_scheme="dark" if scheme == "dark" else "light",
        locale="de-DE",
        reduced_motion="reduce",
    )
    return context.new_page()


def smallest(picture: bytes) -> bytes:
    """The PNG as WebP, as good as the size allows."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    for quality in range(85, 0, -10):
        output = BytesIO()
        image.save(output, "WEBP", quality=quality, method=6)
        if output.tell() <= LARGEST:
            break
    return output.getvalue()


if __name__ == "__main__":
    main()

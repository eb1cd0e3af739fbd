"""Pictures that lie on S3-compatible storage: the browser shows them, to visitors and in the admin."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests import factories, s3_server
from tests.journeys import product as products
from tests.journeys.product import MANAGE, ROOT, Product
from tests.s3_server import BUCKET

CONTENT = """
from tests import factories
index = factories.news_index(factories.municipality())
factories.administrator()
image = factories.picture("Aus dem Eimer")
factories.article(index, "Mit Bild", slug="mit-bild", main_image=image, main_image_alt="Ein Bild")
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, migrated_database: bytes) -> Iterator[Product]:
    """The product with one article, its files on S3."""
    data = tmp_path_factory.mktemp("s3")
    if migrated_database:
        (data / "db.sqlite3").write_bytes(migrated_database)
    port = products.free_port()
    with s3_server.running() as server:
        environment = {
            **products.environment(data),
            "STORAGE_URL": f"s3://key:secret@{server}/{BUCKET}?region=us-east-1",
            "OUTBOUND_TEST_HOSTS": server,
        }
        commands: list[list[str]] = [
            ["compile_catalogues"],
            ["collectstatic", "--noinput", "--verbosity", "0"],
            ["migrate", "--noinput", "--verbosity", "0"],
            ["shell", "--no-imports", "--command", CONTENT],
        ]
        for command in commands:
            subprocess.run([*MANAGE, *command], env=environment, cwd=ROOT, check=True, capture_output=True)  # noqa: S603
        product = Product(f"http://localhost:{port}", data)
        with product.log.open("wb") as log:
            command = [*MANAGE, "serve", "--host", "127.0.0.1", "--port", str(port)]
            process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)  # noqa: S603
            try:
                products.wait_until_it_answers(product, process)
                yield product
            finally:
                process.terminate()
                process.wait(products.TIME_TO_END)


@pytest.fixture
def page(site: Product, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=site.url)
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def shown(page: Page, selector: str) -> list[str]:
    """Addresses of the pictures that the browser has loaded."""
    page.wait_for_load_state("networkidle")
    script = "images => images.filter(image => image.naturalWidth > 0).map(image => image.currentSrc)"
    found: list[str] = page.locator(selector).evaluate_all(script)
    return found


def test_visitors_see_them(page: Page) -> None:
    refused: list[Any] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.goto("/de/aktuelles/mit-bild/")
    assert len(shown(page, "main picture img")) == 1
    assert refused == []


def test_editors_upload_and_see_them(page: Page, tmp_path: Path) -> None:
    photo = tmp_path / "neu.png"
    Image.new("RGB", (300, 200), "orange").save(photo)
    page.goto("/admin/login/")
    page.fill("input[name=username]", "admin@example.org")
    page.fill("input[name=password]", factories.PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    page.goto("/admin/images/multiple/add/")
    with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
        page.set_input_files("input[type=file]", str(photo))
    assert sent.value.json()["success"] is True
    page.goto("/admin/images/")
    assert len(shown(page, "main img")) == 2
    page.goto(page.locator("main a[href*='/admin/images/']", has=page.locator("img")).first.get_attribute("href"))
    assert len(shown(page, "main img")) >= 1

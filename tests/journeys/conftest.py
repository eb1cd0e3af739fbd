"""One running product and one browser for all journeys.

Both end with the last journey: while Playwright runs, Django takes the process for asynchronous and refuses the
database to whatever test comes next.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from tests import smtp_sink
from tests.journeys import product as products
from tests.journeys.product import Product
from tests.smtp_sink import Sink

HERE = Path(__file__).parent
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
PATIENCE = 20_000  # milliseconds, on a busy machine

_LOG_BEGINS = pytest.StashKey[int]()
_running: list[Product] = []


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups and -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All journeys drive a browser, and all on the same worker, so that the product starts once."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Remembers where the product's log was when the test began."""
    item.stash[_LOG_BEGINS] = _running[0].log.stat().st_size if _running else 0
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A failure shows what the product complained of meanwhile."""
    report: Any = yield
    if report.failed and _running and HERE in item.path.parents:
        log = _running[0].log.read_bytes()[item.stash[_LOG_BEGINS] :].decode()
        lines = [line for line in log.splitlines() if " INFO " not in line]
        report.sections.append(("The product's log", "\n".join(lines[-60:])))
    return report


@pytest.fixture(scope="package")
def sink() -> Iterator[Sink]:
    """Takes the mails that the product sends, over SMTP."""
    with smtp_sink.listening() as listening:
        yield listening


@pytest.fixture(scope="package")
def product(tmp_path_factory: pytest.TempPathFactory, sink: Sink, migrated_database: bytes) -> Iterator[Product]:
    with products.running(tmp_path_factory.mktemp("product"), sink.url, migrated_database) as started:
        started.manage("shell", "--no-imports", "--command", (HERE / "more_articles.py").read_text())
        started.wait_for_background_jobs()
        _running.append(started)
        yield started
        _running.clear()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with products.browser() as opened:
        yield opened


class Visitors:
    """Opens pages for people who have nothing in common: no cookie, no cache."""

    def __init__(self, product: Product, browser: Browser) -> None:
        self.product = product
        self.browser = browser
        self.contexts: list[BrowserContext] = []

    def __call__(self, **wishes: Any) -> Page:
        context = self.browser.new_context(base_url=self.product.url, **{"viewport": DESKTOP, **wishes})
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        return context.new_page()

    def leave(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def visitor(product: Product, browser: Browser) -> Iterator[Callable[..., Page]]:
    """``visitor(javaScriptEnabled=False)`` opens an empty page in a browser of its own."""
    visitors = Visitors(product, browser)
    yield visitors
    visitors.leave()


@pytest.fixture(scope="module")
def reader(product: Product, browser: Browser) -> Iterator[Page]:
    """One page for all tests of a module that only look."""
    visitors = Visitors(product, browser)
    yield visitors()
    visitors.leave()


@pytest.fixture(scope="package")
def logged_in() -> dict[str, StorageState]:
    """The cookies of those who have logged in once."""
    return {}


@pytest.fixture
def staff(visitor: Callable[..., Page], product: Product, logged_in: dict[str, StorageState]) -> Callable[[str], Page]:
    """``staff("press@example.org")`` opens the admin in German as somebody who has logged in."""

    def open_admin(email: str) -> Page:
        page = visitor(locale="de-DE", reduced_motion="reduce", storage_state=logged_in.get(email))
        page.goto("/admin/")
        if email not in logged_in:
            page.locator("[name=username]").fill(email)
            page.locator("[name=password]").fill(product.password(email))
            page.locator("form button[type=submit]").click()
            expect(page.locator("[name=password]")).to_have_count(0)
            logged_in[email] = page.context.storage_state()
        return page

    return open_admin

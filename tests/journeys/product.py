"""The product as `make run` starts it, with a data folder and a port of its own, and the browser that visits it."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
MANAGE = (sys.executable, str(ROOT / "manage.py"))
PATIENCE = 120  # seconds for the product to answer, on a busy machine
TIME_TO_END = 30  # seconds

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_ON_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",  # containers have little
)

SET_BY_OPERATORS = (
    *("ALLOWED_HOSTS", "BASE_URL", "CACHE_URL", "DATABASE_URL", "DEBUG", "EMAIL_URL"),
    *("LOG_LEVEL", "PYTEST_ADDOPTS", "SECRET_KEY", "STORAGE_URL", "WEB_CONCURRENCY"),
)


@dataclass(frozen=True)
class Product:
    """A running installation."""

    url: str
    data: Path

    @property
    def log(self) -> Path:
        return self.data / "product.log"

    def password(self, email: str) -> str:
        """The password that seeding has given to a demo account."""
        lines = (self.data / "demo-logins.txt").read_text().splitlines()
        return dict(line.split() for line in lines)[email]

    def manage(self, *arguments: str) -> str:
        """What ``manage.py`` prints for these arguments; raises with its complaints when it fails."""
        return manage(self.data, *arguments)

    def wait_for_background_jobs(self) -> None:
        """Until the worker has nothing left to do, such as putting pages into the search index."""
        deadline = time.monotonic() + PATIENCE
        waiting = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status IN ('READY', 'RUNNING')"
        while self.ask(waiting)[0][0]:
            if time.monotonic() > deadline:
                raise RuntimeError("The background jobs do not end.")
            time.sleep(0.1)

    def ask(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows from the database, read past all of our code."""
        with closing(sqlite3.connect(self.data / "db.sqlite3")) as database:
            return database.execute(question, values).fetchall()

    def page_id(self, slug: str, language: str = "de") -> int:
        """Number of the page with this part of the address, written in ``language``."""
        [(number,)] = self.ask(
            "SELECT page.id FROM wagtailcore_page AS page JOIN wagtailcore_locale AS locale ON locale.id = locale_id "
            "WHERE slug = ? AND language_code = ?",
            slug,
            language,
        )
        return int(number)

    def count_rows(self) -> dict[str, int]:
        """Rows of every table but that of sent forms, which the clock forgets; read past all of our code."""
        tables = [name for (name,) in self.ask("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables.remove("cms_sentform")
        return {name: self.ask(f'SELECT count(*) FROM "{name}"')[0][0] for name in tables}  # noqa: S608


def environment(data: Path) -> dict[str, str]:
    """Of a machine on which nobody has set anything."""
    ours = {name: value for name, value in os.environ.items() if name not in SET_BY_OPERATORS}
    return {**ours, "DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "cms.settings.dev", "PYTHONUNBUFFERED": "1"}


def manage(data: Path, *arguments: str) -> str:
    command = [*MANAGE, *arguments]
    done = subprocess.run(command, env=environment(data), cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"manage.py {arguments[0]} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def prepare(data: Path, database: bytes = b"") -> None:
    """What `make run` does before it serves, on this ``database`` if there is one."""
    data.mkdir(parents=True, exist_ok=True)
    if database:
        (data / "db.sqlite3").write_bytes(database)
    manage(data, "compile_catalogues")
    static = [*MANAGE, "collectstatic", "--noinput", "--verbosity", "0"]
    with subprocess.Popen(static, env=environment(data), cwd=ROOT) as collecting:  # noqa: S603
        manage(data, "migrate", "--noinput", "--verbosity", "0")
        manage(data, "seed")
    if collecting.returncode:
        raise RuntimeError("manage.py collectstatic failed")


@contextmanager
def running(data: Path, email_url: str = "consolemail://", database: bytes = b"") -> Iterator[Product]:
    """The product, prepared and serving on a free port of this machine until the end of the block."""
    prepare(data, database)
    port = free_port()
    product = Product(f"http://localhost:{port}", data)
    command = [*MANAGE, "serve", "--host", "127.0.0.1", "--port", str(port)]
    with product.log.open("wb") as log:
        served = {**environment(data), "EMAIL_URL": email_url}
        process = subprocess.Popen(command, env=served, cwd=ROOT, stdout=log, stderr=log)  # noqa: S603
        try:
            wait_until_it_answers(product, process)
            yield product
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(TIME_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port: int = server.getsockname()[1]
        return port


def wait_until_it_answers(product: Product, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{product.url}/healthz", timeout=5) as response:  # noqa: S310
                if response.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The product does not answer:\n{product.log.read_text()}")


def chromium() -> str:
    """Where the browser of this machine is."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None and Path(CHROMIUM_ON_MAC).exists():
        found = CHROMIUM_ON_MAC
    if found is None:
        raise RuntimeError("No Chromium or Chrome was found; `make browser` installs one.")
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        try:
            yield opened
        finally:
            opened.close()

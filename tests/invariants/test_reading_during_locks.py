"""Invariant 9 for readers: whoever writes, however long, keeps nobody from reading, and afterwards all is as before."""

import http.client
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.test import Client

from cms.accounts import User
from cms.management.commands import serve
from tests.journeys import addresses
from tests.journeys.product import MANAGE, ROOT, free_port

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no lock for the whole database")

READERS = 24
PATIENCE = 1.5  # seconds that the tried server waits for its turn to write
HELD = 25 if os.environ.get("HOLD_LOCK_AS_LONG_AS_AN_IMPORT") else 2 * PATIENCE
PAGES = [
    *(addresses.path(code, name) for code in ("de", "ar") for name in addresses.PAGES if name not in {"not-found", "fallback"}),
    *(f"/{code}/{rest}" for code in ("de", "ar") for rest in ("aktuelles/feed/", "integrationsrat/kalender.ics", "termine/kalender.ics")),
    *("/sitemap.xml", "/robots.txt", "/healthz", "/admin/login/", "/de/my/login/"),
]
OF_MEMBERS = ["/de/my/", "/ar/my/"]


@dataclass
class Server:
    port: int
    data: Path
    cookie: str

    def ask(self, path: str, *, method: str = "GET", body: str = "") -> tuple[int, str]:
        headers = {"Host": "localhost", "Cookie": self.cookie}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)) as wire:
            wire.request(method, path, body or None, headers)
            response = wire.getresponse()
            return response.status, response.read().decode()

    def read_all(self) -> dict[str, int]:
        """Every page, by 24 readers at once; those that did not answer 200."""
        with ThreadPoolExecutor(READERS) as readers:
            answers = readers.map(self.ask, [*PAGES, *OF_MEMBERS])
            return {path: status for path, (status, _text) in zip([*PAGES, *OF_MEMBERS], answers) if status != 200}

    @contextmanager
    def lock(self) -> Iterator[sqlite3.Connection]:
        """Another program writes and does not end."""
        with closing(sqlite3.connect(self.data / "db.sqlite3", timeout=30, isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("UPDATE wagtailcore_site SET port = port")
            try:
                yield writer
            finally:
                writer.execute("ROLLBACK")


@contextmanager
def serving(data: Path, cookie: str = "") -> Iterator[Server]:
    """The application server as ``serve`` starts it, on the database in ``data``."""
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "CACHE_URL"}},
        "DATA_DIR": str(data),
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "SECRET_KEY": settings.SECRET_KEY,
        "SQLITE_TIMEOUT": str(PATIENCE),
        "WEB_CONCURRENCY": "2",
    }
    subprocess.run([*MANAGE, "collectstatic", "--noinput", "--verbosity", "0"], env=environment, cwd=ROOT, check=True)  # noqa: S603
    server = Server(port, data, cookie)
    command = serve.parts("127.0.0.1", port)[0].command
    with (data / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)  # noqa: S603
        try:
            deadline = time.monotonic() + 120
            while not serve.is_healthy("127.0.0.1", port):
                assert process.poll() is None and time.monotonic() < deadline, (data / "server.log").read_text()
                time.sleep(0.1)
            yield server
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture
def server(demo: None, client: Client, data_folder: Path, tmp_path: Path) -> Iterator[Server]:
    """Just started: no thread of it has asked the database for anything yet but for its health."""
    client.force_login(User.objects.get(email="member@example.org"), backend="cms.authentication.EmailBackend")
    (tmp_path / "db.sqlite3").write_bytes(connection.connection.serialize())
    (tmp_path / "media").symlink_to(data_folder / "media")
    with serving(tmp_path, f"sessionid={client.cookies['sessionid'].value}") as started:
        yield started


def test_everybody_reads_while_somebody_writes_and_afterwards(server: Server) -> None:
    with server.lock():
        begun = time.monotonic()
        while time.monotonic() - begun < HELD:
            assert server.read_all() == {}
    assert server.read_all() == {}
    assert "locked" not in (server.data / "server.log").read_text()


def test_who_writes_meanwhile_gets_a_sentence_and_keeps_what_was_typed(server: Server) -> None:
    form = BeautifulSoup(server.ask("/ar/barrier/?page=/ar/")[1], "html.parser").find("form", method="post")
    assert form is not None
    print(form)


if __name__ == "__main__":
    sys.exit(pytest.main([__file__]))

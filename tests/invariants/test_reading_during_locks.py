"""Invariant 9 for readers: whoever writes, however long, keeps nobody from reading, and afterwards all is as before."""

import http.client
import json
import os
import re
import sqlite3
import subprocess
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
from tests import webpages
from tests.journeys import addresses
from tests.journeys.product import MANAGE, ROOT, free_port

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no lock for the whole database")

READERS = 24
PATIENCE = 1.5  # seconds that the tried server waits for its turn to write
HELD = 25 if os.environ.get("HOLD_LOCK_AS_LONG_AS_AN_IMPORT") else 2 * PATIENCE
LANGUAGES = ("de", "ar")
MACHINES = (
    *("aktuelles/feed/", "integrationsrat/calendar.ics", "integrationsrat/2025/1/calendar.ics", "termine/calendar.ics"),
    *("termine/dates.xml", "termine/beispiel-sprachcafe/calendar.ics"),
)
PAGES = [
    *(
        addresses.path(code, name)
        for code in LANGUAGES
        for name in addresses.PAGES
        if name not in {"not-found", "fallback"}
    ),
    *(f"/{code}/{rest}" for code in LANGUAGES for rest in (*MACHINES, "my/login/")),
    *("/sitemap.xml", "/sitemap-de.xml", "/robots.txt", "/healthz", "/admin/login/"),
]


@dataclass
class Server:
    port: int
    data: Path
    cookie: str
    members: list[str]
    """Screens of "My organisation" of who is logged in."""
    token: str = ""

    def ask(self, path: str, *, body: dict[str, str] | None = None) -> tuple[int, str]:
        """GET, or POST of a form; the token of the form is that of the browser."""
        headers = {"Host": "localhost", "Cookie": "" if path.endswith("/login/") else self.cookie}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Cookie"] += f"; csrftoken={self.token}"
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)) as wire:
            wire.request("GET" if body is None else "POST", path, body and urlencode(body), headers)
            response = wire.getresponse()
            if found := re.search("csrftoken=([^;]+)", response.getheader("Set-Cookie", "")):
                self.token = found[1]
            return response.status, response.read().decode()

    def log(self) -> str:
        return (self.data / "server.log").read_text()

    def database(self, question: str) -> list[tuple[str]]:
        with closing(sqlite3.connect(self.data / "db.sqlite3")) as database:
            return database.execute(question).fetchall()

    def read_all(self) -> dict[str, int]:
        """Every page, by 24 readers at once; those that did not answer 200."""
        paths = [*PAGES, *self.members]
        with ThreadPoolExecutor(READERS) as readers:
            statuses = (status for status, _text in readers.map(self.ask, paths))
            return {path: status for path, status in zip(paths, statuses, strict=True) if status != 200}

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
def serving(data: Path, cookie: str, members: list[str]) -> Iterator[Server]:
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
    collect = [*MANAGE, "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, env=environment, cwd=ROOT, check=True)  # noqa: S603
    server = Server(port, data, cookie, members)
    command = serve.parts("127.0.0.1", port)[0].command
    with (data / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)  # noqa: S603
        try:
            deadline = time.monotonic() + 120
            while not serve.is_healthy("127.0.0.1", port):
                assert process.poll() is None, server.log()
                assert time.monotonic() < deadline, server.log()
                time.sleep(0.1)
            yield server
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture
def server(demo: None, client: Client, data_folder: Path, tmp_path: Path) -> Iterator[Server]:
    """Just started: no thread of it has asked the database for anything yet but for its health."""
    client.force_login(User.objects.get(email="member@example.org"), backend="cms.accounts.authentication.EmailBackend")
    german = str(client.get("/de/my/").url)
    screens = [link for link in webpages.links(webpages.read(client.get(german))) if link.startswith(german)]
    assert len(screens) > 8
    members = [german, german.replace("/de/", "/ar/"), *screens]
    (tmp_path / "db.sqlite3").write_bytes(connection.connection.serialize())
    (tmp_path / "media").symlink_to(data_folder / "media")
    with serving(tmp_path, f"sessionid={client.cookies['sessionid'].value}", members) as started:
        yield started


def test_everybody_reads_while_somebody_writes_and_afterwards(server: Server) -> None:
    with server.lock():
        begun = time.monotonic()
        while time.monotonic() - begun < HELD:
            assert server.read_all() == {}
    assert server.read_all() == {}
    assert "locked" not in server.log()


def test_who_writes_meanwhile_gets_a_sentence_and_keeps_what_was_typed(server: Server) -> None:
    typed = "Zeile eins <b>&\n„Zeile“ zwei سطر"
    for path, field, look in (
        ("/ar/barrier/", "message", "SELECT message FROM home_barrierreport"),
        (
            f"{server.members[0]}about/",
            "short_description",
            "SELECT content FROM wagtailcore_revision ORDER BY id DESC LIMIT 1",
        ),
    ):
        form = fields_of(server.ask(path)[1], path)
        with server.lock():
            assert field in form, sorted(form)
            status, text = server.ask(path, body={**form, field: typed})
        assert status == 503, path
        page = BeautifulSoup(text, "html.parser")
        assert page.html is not None and page.html["lang"] == path.split("/")[1]
        assert "Traceback" not in text
        again = fields_of(text, path)
        assert again[field].splitlines() == typed.splitlines()
        assert server.ask(path, body=again)[0] == 302
        [(stored,)] = server.database(look)
        assert json.dumps("سطر")[1:-1] in json.dumps(stored).replace("\\\\u", "\\u")
    assert '"writing": "busy"' in "".join(server.ask("/healthz")[1] for _ in range(8))


def fields_of(text: str, path: str) -> dict[str, str]:
    """What the form of a page would send that posts to ``path``."""
    forms = BeautifulSoup(text, "html.parser").find_all("form", method="post")
    [form] = [
        form
        for form in forms
        if form.find(["textarea", "input"], type=lambda kind: kind != "hidden") or len(forms) == 1
    ]
    given = {str(field["name"]): str(field.get("value", "")) for field in form.find_all("input", attrs={"name": True})}
    return given | {str(area["name"]): area.text for area in form.find_all("textarea")}

"""A web server on this machine that answers as it is told and remembers what it was asked; and a clock without waiting.

>>> with running() as server:
...     server.say("/feed", "BEGIN:VCALENDAR", content_type="text/calendar")
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cms.outbound.client import Pace


@dataclass
class Reply:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Act = Callable[["Handler"], Reply | None]
"""Writes an answer of its own, or returns one."""


class Server(ThreadingHTTPServer):
    """Answers by path with query, else by path alone, else 404. Several answers come in turn, the last for ever."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, list[Reply | Act]] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.stopped = threading.Event()

    @property
    def name(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.name}"

    def say(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> None:
        """From now on this; header names are written with underscores."""
        found = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = [Reply(body.encode() if isinstance(body, str) else body, status, found)]

    def then(self, path: str, *answers: Reply | Act) -> None:
        """After what is said already these, one after the other."""
        self.answers.setdefault(path, []).extend(answers)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has gone is no news."""


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        """Silent."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        answers = self.server.answers.get(self.path) or self.server.answers.get(self.path.partition("?")[0])
        answer: Reply | Act = Reply(b"nothing here", 404)
        if answers:
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if not isinstance(answer, Reply):
            told = answer(self)
            if told is None:
                self.close_connection = True
                return
            answer = told
        self.send_response(answer.status)
        for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
            if value:
                self.send_header(name, value)
            else:
                self.close_connection = True
        self.end_headers()
        self.wfile.write(answer.body)


def drip(handler: Handler) -> None:
    """A byte from time to time, for ever, each in time."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.stopped.wait(0.02):
        handler.wfile.write(b" ")


def drip_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while not handler.server.stopped.wait(0.02):
        handler.wfile.write(b"x")


def silence(handler: Handler) -> None:
    handler.server.stopped.wait(5)


def hang_up(handler: Handler) -> None:
    """Closes the line without a word."""


@contextmanager
def running() -> Iterator[Server]:
    server = Server()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.stopped.set()
        server.shutdown()
        server.server_close()


def without_waiting() -> Pace:
    """A clock that jumps instead of sleeping; ``slept`` are the seconds of each jump."""

    class Jumping(Pace):
        def __init__(self) -> None:
            super().__init__(now=lambda: time.monotonic() + sum(self.slept), sleep=lambda wait: self.slept.append(wait))
            self.slept: list[float] = []

    return Jumping()

"""A server on this machine that speaks the protocols of all three providers, counts, and fails as it is told.

It "translates" by exchanging letters for letters of the target script, outside of tags, protected words and addresses,
always in the same way. In a test: ``with running() as stub``; as a process of its own::

    python -m tests.translations.machine.provider_stub --port 8765 --faults 429,ok,timeout*3 --pause 0.2

``GET /`` tells the counts as JSON.
"""

import argparse
import json
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "stub-key-0815"

FAULTS = (
    "204 nothing-said 429 429-date 456 400 401 403 413 500 503 insufficient-quota timeout half nothing html "
    "not-json wrong-json null few many not-strings damaged empty redirect endless drip"
).split()
"""Names of the faults. ``damaged`` breaks tags and protected words, ``empty`` translates into nothing, ``drip`` sends
a byte from time to time, ``nothing-said`` has no body, ``nothing`` closes the line, ``half`` closes it in the middle
of an answer."""

STATUS = {"429-date": 429, "insufficient-quota": 429, "redirect": 307}

LATIN = "abcdefghijklmnopqrstuvwxyzäöüß"
LETTERS = {
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءئؤ",
    "fa": "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنو",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщ",
    "ru": "абвгдежзийклмнопрстуфхцчшщыьэю",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "en": "nopqrstuvwxyzabcdefghijklmnopq",
    "tr": "rstuvyzabcçdefgğhıijklmnoöprsş",
    "ro": "tuvxzabcdefghijlmnoprsștțaăâîi",
}
LEFT_ALONE = re.compile(
    r"""<span\b[^>]*>.*?</span>|<[^>]*>|&\#?\w+;|https?://\S+|www\.\S+|[\w.+-]+@[\w.-]+|\b[\w.-]+\.(?:de|org|com)\b\S*"""
)


def translation(text: str, language: str) -> str:
    """``text`` in the stub's version of ``language``; unchanged where it knows no letters (plain German)."""
    letters = LETTERS.get(language.lower().split("-")[0])
    if not letters:
        return text
    table = str.maketrans(dict(zip(LATIN, letters, strict=False)))
    result, end = "", 0
    for kept in LEFT_ALONE.finditer(text):
        result += text[end : kept.start()].lower().translate(table) + kept[0]
        end = kept.end()
    return result + text[end:].lower().translate(table)


class Stub(ThreadingHTTPServer):
    """``faults`` are used up one for each request; after the last one all goes well.

    ``slow`` is in seconds how long a ``timeout`` lasts, ``pause`` what every answer takes.
    """

    daemon_threads = True
    block_on_close = False
    faults: deque[str]

    def __init__(self, *, port: int = 0, faults: Iterable[str] = (), slow: float = 2.0, pause: float = 0.0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.faults = deque(faults)
        self.slow, self.pause = slow, pause
        self.stopped = threading.Event()
        self.lock = threading.Lock()
        self.requests = self.characters = 0
        self.texts: list[str] = []
        self.contents: list[dict[str, Any]] = []
        self.authorizations: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def settings(self, *names: str, **more: Any) -> dict[str, Any]:
        """``MACHINE_TRANSLATION`` with the providers of these names, by default all, at this stub."""
        entries: dict[str, dict[str, Any]] = {
            "deepl": {"URL": self.url, "KEY": KEY},
            "libretranslate": {"URL": self.url, "KEY": KEY},
            "openai": {"URL": f"{self.url}/v1", "KEY": KEY, "MODEL": "stub-model"},
        }
        return {name: entries[name] for name in names or entries} | {"TIMEOUT": (1, 5)} | more

    def next_fault(self, content: dict[str, Any], texts: list[str], authorization: str) -> str:
        """Counts a request and says how it goes."""
        with self.lock:
            self.requests += 1
            self.characters += sum(map(len, texts))
            self.texts += texts
            self.contents.append(content)
            self.authorizations.append(authorization)
            return self.faults.popleft() if self.faults else "ok"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone is no news."""


class Handler(BaseHTTPRequestHandler):
    server: Stub

    def log_message(self, *args: object) -> None:
        """Silent."""

    def do_GET(self) -> None:
        stub = self.server
        self.answer(200, {"requests": stub.requests, "characters": stub.characters, "faults": list(stub.faults)})

    def do_POST(self) -> None:
        content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts, language, wrapped = self.understood(content)
        fault = self.server.next_fault(content, texts, self.headers.get("Authorization", ""))
        self.server.stopped.wait(self.server.pause)
        translated: list[Any] = [translation(text, language) for text in texts]
        if fault == "204":
            self.send_response(204)
            self.end_headers()
            return
        status = STATUS.get(fault, int(fault) if fault.isdecimal() else 200)
        if fault == "ok":
            self.answer(200, wrapped(translated))
        elif status != 200:
            self.refuse(status, fault)
        elif fault in {"few", "many", "not-strings", "damaged", "empty"}:
            changed: dict[str, Callable[[], list[Any]]] = {
                "few": lambda: translated[:-1],
                "many": lambda: [*translated, "mehr"],
                "not-strings": lambda: [7 for _ in translated],
                "damaged": lambda: [re.sub(r"<(?:b|i|a|span)\b[^>]*>", "", text) + "<u>" for text in translated],
                "empty": lambda: ["" for _ in translated],
            }
            self.answer(200, wrapped(changed[fault]()))
        else:
            self.break_off(fault, wrapped(translated))

    def understood(self, content: dict[str, Any]) -> tuple[list[str], str, Callable[[list[Any]], object]]:
        """Texts, language, and how the protocol of this address packs the answer."""
        if self.path == "/v2/translate":
            return content["text"], content["target_lang"], lambda found: {"translations": [{"text": t} for t in found]}
        if self.path == "/translate":
            return content["q"], content["target"], lambda found: {"translatedText": found}
        asked = json.loads(content["messages"][-1]["content"])
        return asked["texts"], asked["code"], as_message

    def answer(self, status: int, content: object) -> None:
        self.send(status, json.dumps(content).encode(), "application/json")

    def send(self, status: int, body: bytes, kind: str, length: int = -1, **headers: Any) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length < 0 else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, status: int, fault: str) -> None:
        headers: dict[str, Any] = {
            "429": {"Retry_After": "7"},
            "redirect": {"Location": f"{self.server.url}/elsewhere"},
        }.get(fault, {})
        if fault == "429-date":
            headers = {"Retry_After": formatdate(time.time() + 100, usegmt=True)}
        # Servers like to repeat what they were sent; nothing of it may reach people or logs.
        body = json.dumps({"error": {"code": fault.replace("-", "_"), "message": f"Key {KEY} refused"}}).encode()
        self.send(status, body, "application/json", **headers)

    def break_off(self, fault: str, content: object) -> None:
        body = json.dumps(content).encode()
        if fault == "timeout":
            self.server.stopped.wait(self.server.slow)
        elif fault == "half":
            self.send(200, body[: len(body) // 2], "application/json", length=len(body))
        elif fault == "nothing-said":
            self.send(200, b"", "application/json")
        elif fault == "html":
            self.send(200, b"<!doctype html><html><body>Maintenance</body></html>", "text/html")
        elif fault == "not-json":
            self.send(200, body[:-2], "application/json")
        elif fault == "wrong-json":
            self.answer(200, {"ok": True})
        elif fault == "null":
            self.answer(200, None)
        elif fault in {"endless", "drip"}:
            self.send_response(200)
            self.end_headers()
            while not self.server.stopped.wait(0.05 if fault == "drip" else 0):
                self.wfile.write(b" " if fault == "drip" else b" " * 65536)


def as_message(found: list[Any]) -> object:
    """Packs texts as the answer of a language model."""
    return {"choices": [{"message": {"role": "assistant", "content": json.dumps({"texts": found})}}]}


def parsed_faults(script: str) -> list[str]:
    """``429,ok,timeout*3`` as one fault for each request."""
    found: list[str] = []
    for each in filter(None, script.split(",")):
        name, _, times = each.strip().partition("*")
        if name != "ok" and name not in FAULTS:
            raise ValueError(f"{name} is none of {', '.join(FAULTS)}")
        found += [name] * int(times or 1)
    return found


@contextmanager
def running(*faults: str, port: int = 0, slow: float = 2.0, pause: float = 0.0) -> Iterator[Stub]:
    """A stub that answers while the block runs."""
    stub = Stub(port=port, faults=faults, slow=slow, pause=pause)
    threading.Thread(target=stub.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield stub
    finally:
        stub.stopped.set()
        stub.shutdown()
        stub.server_close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--faults", type=parsed_faults, default=[])
    parser.add_argument("--slow", type=float, default=90.0)
    parser.add_argument("--pause", type=float, default=0.0)
    chosen = parser.parse_args()
    stub = Stub(port=chosen.port, faults=chosen.faults, slow=chosen.slow, pause=chosen.pause)
    print(stub.url, flush=True)
    stub.serve_forever()


if __name__ == "__main__":
    main()

"""People who read and write all the while, and remember what they were answered."""

import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, pairwise

from tests.chaos.machine import Installation, opener

PAGES = (
    "/de/",
    "/ar/",
    "/de/aktuelles/",
    "/de/aktuelles/artikel-1/",
    "/de/termine/",
    "/de/organisationen/",
    "/de/uber-uns/",
)
TOKEN = "a" * 32


@dataclass
class Load:
    """What was answered: when, with which status (0: the connection broke), after how long."""

    answers: list[tuple[float, int, float]] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    written: Counter[int] = field(default_factory=Counter)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def statuses(self) -> Counter[int]:
        return Counter(status for _when, status, _took in self.answers)

    @property
    def wrong(self) -> Counter[int]:
        """Answers that were given and were none; a connection that broke is no answer."""
        return Counter({status: count for status, count in self.statuses.items() if status not in (0, 200)})

    @property
    def longest_gap(self) -> float:
        """Seconds without any good answer."""
        good = sorted(when for when, status, _took in self.answers if status == 200)
        return max((after - before for before, after in pairwise(good)), default=float("inf"))

    @property
    def slowest(self) -> float:
        return max((took for _when, status, took in self.answers if status == 200), default=float("inf"))

    def __str__(self) -> str:
        told = ", ".join(f"{count} × {status or 'broken off'}" for status, count in sorted(self.statuses.items()))
        return f"{told}, slowest {self.slowest:.1f} s, longest gap {self.longest_gap:.1f} s"


def _read(on: Installation, load: Load, first: int) -> None:
    pages = cycle((*PAGES[first % len(PAGES) :], *PAGES[: first % len(PAGES)]))
    while not load.ended.is_set():
        begun = time.monotonic()
        # Never the same address twice, so that no cache answers.
        status = on.status(f"{next(pages)}?page=1&_={begun}", timeout=40)
        load.answers.append((time.monotonic(), status, time.monotonic() - begun))
        load.ended.wait(0.05 if status == 200 else 0.2)


def _write(on: Installation, load: Load, writer: int) -> None:
    number = 0
    while not load.ended.is_set():
        number += 1
        path = f"/weg-{writer}-{number}"
        answer = add_redirect(on, path)
        load.written[answer] += 1
        if answer == 302:
            load.confirmed.append(path)
        load.ended.wait(0.2)


def add_redirect(on: Installation, path: str) -> int:
    """What somebody in the admin sends; 302 says that it is stored."""
    values = {
        "old_path": path,
        "site": "",
        "is_permanent": "on",
        "redirect_page": "",
        "redirect_link": "https://example.org/",
    }
    cookies = f"sessionid={on.session}; csrftoken={TOKEN}"
    request = urllib.request.Request(  # noqa: S310
        f"{on.url}/admin/redirects/add/",
        urllib.parse.urlencode(values).encode(),
        {"Cookie": cookies, "X-CSRFToken": TOKEN},
    )
    try:
        with opener.open(request, timeout=40) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        is_stored = error.headers["Location"] == "/admin/redirects/"
        return int(error.code) if error.code != 302 or is_stored else 403  # sent to the log-in
    except OSError:
        return 0


@contextmanager
def loaded(on: Installation, *, readers: int = 6, writers: int = 0) -> Iterator[Load]:
    load = Load()
    threads = [threading.Thread(target=_read, args=(on, load, number)) for number in range(readers)]
    threads += [threading.Thread(target=_write, args=(on, load, number)) for number in range(writers)]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        load.ended.set()
        for thread in threads:
            thread.join()

"""What only one process or thread of a machine does at a time, and others not at all or a little later."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

PAUSE = 0.05  # seconds


class NotYet(Exception):
    """Others are before it."""


@contextmanager
def turn(name: str, *, seconds: float) -> Iterator[None]:
    """Has the turn of that name, or raises NotYet after ``seconds``. It ends with the process, however that ends."""
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"turn-{name}").open("w") as file:
        until = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise NotYet from None
                time.sleep(PAUSE)
        yield

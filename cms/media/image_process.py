"""A program of its own for each picture that is decoded: one at a time on a machine, with limited memory and time.

A picture of 200 KB can ask for seconds and hundreds of megabytes. Nine of ten threads of a server must not wait for
eight of them, so only a few uploads wait at all; the next one is told to come back.
"""

import fcntl
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from cms.localization.clean_text import clean
from cms.media import image_credit, image_decoding

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


MEMORY = 1024**3  # bytes of address space
SECONDS = 20
SECONDS_FOR_CREDIT = 5
WAITING_SECONDS = 25
WAITING_HERE = 2
"""Uploads that one process of the server decodes or keeps waiting at the same time: half of its threads."""

_places = threading.BoundedSemaphore(WAITING_HERE)


def cleaned(data: bytes) -> tuple[bytes, bool]:
    """The picture in ``data`` made anew, and whether it is a PNG now.

    Raises NotYet when others are before it, MemoryError or OSError when it cannot be decoded within the limits.
    """
    command = [sys.executable, "-I", str(Path(image_decoding.__file__)), str(MEMORY), str(SECONDS)]
    with _a_place(), turn("pictures", seconds=WAITING_SECONDS):
        try:
            result = subprocess.run(  # noqa: S603 (our own program; the picture is its input)
                [*command, str(settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS)],
                input=data,
                capture_output=True,
                timeout=2 * SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise OSError("out of time") from error
    if result.returncode:
        last = result.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        if last.startswith("MemoryError"):
            raise MemoryError
        raise OSError(last or f"ended with {result.returncode}")
    head, _, content = result.stdout.partition(b"\n")
    return content, json.loads(head)["is_png"]


def credit(data: bytes) -> str:
    """Who made the picture in ``data`` and who owns it, as the file claims; empty when that cannot be read."""
    command = [sys.executable, "-I", str(Path(image_credit.__file__)), str(MEMORY), str(SECONDS_FOR_CREDIT)]
    try:
        with _a_place():
            result = subprocess.run(  # noqa: S603 (our own program; the picture is its input)
                command, input=data, capture_output=True, timeout=2 * SECONDS_FOR_CREDIT, check=False
            )
        found = json.loads(result.stdout) if result.returncode == 0 else ""
    except (NotYet, OSError, subprocess.TimeoutExpired, ValueError):
        return ""
    return clean(str(found)).replace("\n", " ").strip()


@contextmanager
def _a_place() -> Iterator[None]:
    if not _places.acquire(blocking=False):
        raise NotYet
    try:
        yield
    finally:
        _places.release()

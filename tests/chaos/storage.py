"""What SQLite meets: a lock that is held for long, and a disk that is full."""

import sqlite3
import time
from contextlib import closing

from tests.chaos.load import PAGES, add_redirect, loaded
from tests.chaos.machine import Installation, installed, require, small_disk, wait_for

LOCKED = 25.0
SLOWEST = 10.0


def locked_database(base: Installation) -> str:
    """Somebody writes for 25 seconds: everybody reads, at once and afterwards."""
    with installed(base, "lock", WEB_CONCURRENCY="1") as here:
        here.serve()
        with closing(sqlite3.connect(here.data / "db.sqlite3", isolation_level=None, timeout=30)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("UPDATE cms_sitesettings SET name = name")
            with loaded(here, readers=24) as during:
                time.sleep(LOCKED)
            writer.execute("ROLLBACK")
        with loaded(here, readers=24) as after:
            time.sleep(5)
        for name, load in (("during", during), ("after", after)):
            require(set(load.statuses) == {200}, f"{name} the lock: {load}")
            require(load.slowest < SLOWEST, f"{name} the lock somebody waited: {load}")
        require(add_redirect(here, "/danach") == 302, "writing afterwards")
        return f"during: {during}; after: {after}"


def full_disk(base: Installation) -> str:
    """Reading goes on, a writer gets a sentence, and writing works again as soon as there is room."""
    with (
        small_disk(base.data.parent / "disk", 40) as disk,
        installed(base, "disk", at=disk / "data") as here,
    ):
        here.serve()
        require(add_redirect(here, "/vorher") == 302, "writing before")
        filler = disk / "filler"
        with filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * 65536)
            except OSError:
                pass
        with loaded(here, readers=8) as during:
            refused = add_redirect(here, "/voll")
            time.sleep(8)
        cold = {path: here.status(path) for path in PAGES}
        filler.unlink()
        wait_for(lambda: add_redirect(here, f"/danach-{time.monotonic()}") == 302, "writing works again", 30)
        require(set(during.statuses) == {200}, f"while the disk was full: {during}")
        require(set(cold.values()) == {200}, f"while the disk was full: {cold}")
        return f"while full: {during}; a writer was answered {refused}; then written again"

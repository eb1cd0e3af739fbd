"""Which workers and clocks are alive: each says so every few seconds, by the time of the database.

Others may do again what a process had begun only when that process has been silent for long, and when they themselves
were not: after an outage of the database everybody looks dead.
"""

import datetime as dt
import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Self

from django.db import Error, connection, models
from django.db.models.functions import Now
from django.utils.crypto import get_random_string

from cms.jobs.outage import Outage

BEAT = 10.0
"""Seconds between two signs of life."""
SILENCE = dt.timedelta(seconds=45)
"""Without a sign of life for so long a process counts as dead."""

logger = logging.getLogger(__name__)


class RunningProcessQuerySet(models.QuerySet["RunningProcess"]):
    def alive(self) -> Self:
        return self.filter(seen_at__gte=Now() - SILENCE)

    def workers(self) -> Self:
        return self.filter(kind="worker")


class RunningProcess(models.Model):
    """A worker or a clock, somewhere in the installation, and when it was last heard of."""

    id = models.CharField(primary_key=True, max_length=64)
    kind = models.CharField(max_length=16)
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    seen_at = models.DateTimeField()

    objects = RunningProcessQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.pid} on {self.host}"


class Heart:
    """Beats in a thread of its own with a connection of its own, however long the work of the process takes."""

    def __init__(self, kind: str, number: str = "") -> None:
        self.kind = kind
        self.id = number or get_random_string(32)
        self.stopped = threading.Event()
        self.last: float | None = None
        self.steady_since = 0.0
        self.thread = threading.Thread(target=self._run, name="heart", daemon=True)

    @property
    def may_judge(self) -> bool:
        """Whether this process was heard without a gap for so long that others who were not must be dead."""
        now, silence = time.monotonic(), SILENCE.total_seconds()
        return self.last is not None and now - self.last < silence and now - self.steady_since > silence

    def beat(self) -> None:
        """Raises ``django.db.Error`` when the database does not take it."""
        seen = {"kind": self.kind, "host": socket.gethostname()[:255], "pid": os.getpid(), "seen_at": Now()}
        if not RunningProcess.objects.filter(pk=self.id).update(seen_at=Now()):
            RunningProcess.objects.create(id=self.id, **seen)
        now = time.monotonic()
        if self.last is None or now - self.last > SILENCE.total_seconds():
            self.steady_since = now
        self.last = now

    def stop(self) -> None:
        self.stopped.set()
        with suppress(Error):
            RunningProcess.objects.filter(pk=self.id).delete()

    def _run(self) -> None:
        outage = Outage(f"the heart of this {self.kind}")
        pause = 0.0
        while not self.stopped.wait(pause):
            try:
                self.beat()
                outage.is_over()
                pause = BEAT
            except Error as error:
                pause = outage.met(error)
            finally:
                connection.close()


@contextmanager
def beating(kind: str, number: str = "") -> Iterator[Heart]:
    """This process is known to be alive while the block runs, and to have ended when it is left in peace."""
    heart = Heart(kind, number)
    heart.thread.start()
    try:
        yield heart
    finally:
        heart.stop()


def forget_dead() -> None:
    """Every minute: rows of processes that ended without saying so."""
    RunningProcess.objects.filter(seen_at__lt=Now() - dt.timedelta(days=1)).delete()

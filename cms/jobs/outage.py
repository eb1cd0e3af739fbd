"""What a process does while its database is away: it waits, tries again, and says so once a minute."""

import logging
import time

from django.db import connections

LONGEST_PAUSE = 10.0
"""Seconds between two attempts; a database that restarts is found again soon."""
SAID_EVERY = 60.0

logger = logging.getLogger(__name__)


class Outage:
    """One stretch of time in which a process could not do its work."""

    def __init__(self, who: str) -> None:
        self.who = who
        self.since: float | None = None
        self.said_at = float("-inf")
        self.pause = 0.0

    def met(self, error: BaseException) -> float:
        """Notes a failure, gives up the broken connection, and returns how many seconds to wait."""
        now = time.monotonic()
        self.since = now if self.since is None else self.since
        if now - self.said_at >= SAID_EVERY:
            self.said_at = now
            logger.warning("%s cannot use the database and keeps trying: %s", self.who, in_one_line(error))
        connections.close_all()
        self.pause = min(self.pause * 2 or 0.5, LONGEST_PAUSE)
        return self.pause

    def is_over(self) -> None:
        """To be called after each success; costs nothing when there was no outage."""
        if self.since is not None:
            logger.warning("%s goes on after %.0f s", self.who, time.monotonic() - self.since)
            self.__init__(self.who)  # type: ignore[misc]


def in_one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__

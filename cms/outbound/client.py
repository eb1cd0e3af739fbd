"""The client: who may be asked, how often, how long; what is tried again."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from cms.outbound import addresses, errors
from cms.outbound.addresses import Resolve, Target
from cms.outbound.errors import OutboundError
from cms.outbound.exchange import Limits, Received, exchange

RETRIES = 3
REDIRECTS = 3
LONGEST_WAIT = 120.0
"""Seconds that a server can ask us to wait; who wants more is asked another time."""
BETWEEN_REQUESTS = 1.0
"""Seconds from one request to a host to the next."""
REDIRECTING = (301, 302, 303, 307, 308)


class Pace:
    """Time, and when each host was last asked. Tests bring a clock of their own."""

    def __init__(self, now: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep) -> None:
        self.now, self.sleep = now, sleep
        self._last: dict[str, float] = {}

    def keep(self, name: str) -> None:
        """Waits until the host may be asked again."""
        wait = self._last.get(name, -BETWEEN_REQUESTS) + BETWEEN_REQUESTS - self.now()
        if name in self._last and wait > 0:
            self.sleep(wait)
        self._last[name] = self.now()


PACE = Pace()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was fetched; ``url`` is where it was found, ``headers`` have lower-case names."""

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    not_modified: bool


class Outbound:
    """A client for one errand among ``hosts``; all its requests together have ``limits.whole`` seconds."""

    def __init__(
        self,
        hosts: frozenset[str],
        *,
        limits: Limits | None = None,
        pace: Pace | None = None,
        resolve: Resolve = addresses.resolved,
    ) -> None:
        self.hosts = hosts
        self.limits = limits or Limits()
        self.pace = pace or PACE
        self.resolve = resolve
        self._until = self.pace.now() + self.limits.whole

    def check(self, url: str) -> Target:
        """``url`` taken apart; raises ``OutboundError`` if it leads out of the allow-list."""
        target = addresses.target(url)
        if target.name not in self.hosts:
            raise errors.elsewhere(target.name)
        return target

    def get(self, url: str, *, etag: str = "", modified: str = "", accept: str = "") -> Answer:
        """The answer with status 200, or 304 to ``etag`` and ``modified``; raises ``OutboundError`` for all else."""
        headers = {"User-Agent": "Miteinander", "Accept": accept or "*/*", "Accept-Encoding": "gzip"}
        headers |= {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": modified} if modified else {}
        for attempt in range(RETRIES + 1):
            try:
                return self._followed(url, headers)
            except OutboundError as error:
                if not error.retryable or attempt == RETRIES:
                    raise
                self._wait(2.0**attempt if error.wait is None else error.wait, error)
        raise AssertionError  # the last attempt returns or raises

    def _wait(self, seconds: float, error: OutboundError) -> None:
        if seconds > LONGEST_WAIT or seconds >= self._left():
            raise error
        self.pace.sleep(seconds)

    def _left(self) -> float:
        return self._until - self.pace.now()

    def _followed(self, url: str, headers: Mapping[str, str]) -> Answer:
        """Redirects are followed by hand, each address checked like the first."""
        for _step in range(REDIRECTS + 1):
            target = self.check(url)
            received = self._asked(target, headers)
            status = received.status
            location = received.headers.get("location", "") if status in REDIRECTING else ""
            if not location:
                return _answer(url, target, received, asked_if_modified=len(headers) > 3)
            try:
                url = urljoin(url, location)
            except ValueError:
                raise errors.address(location) from None
        raise errors.redirects(target.host)

    def _asked(self, target: Target, headers: Mapping[str, str]) -> Received:
        found = addresses.checked(target, self.resolve)
        self.pace.keep(target.name)
        if self._left() <= 0:
            raise errors.late(target.host)
        return exchange(target, found, headers, self.limits, seconds=self._left())


def _answer(url: str, target: Target, received: Received, *, asked_if_modified: bool) -> Answer:
    not_modified = received.status == 304 and asked_if_modified
    if received.status != 200 and not not_modified:
        wait = retry_after(received.headers.get("retry-after", ""), datetime.now(UTC))
        raise errors.refusal(target.host, received.status, wait)
    return Answer(received.status, url, received.headers, received.body, not_modified)


def retry_after(header: str, now: datetime) -> float | None:
    """Seconds of a ``Retry-After`` header (RFC 9110, 10.2.3: seconds or a date); None if unreadable."""
    header = header.strip()
    if header.isascii() and header.isdecimal():
        return float(header[:10])
    try:
        date = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    return max((date.replace(tzinfo=date.tzinfo or UTC) - now).total_seconds(), 0.0)

"""Redis that may be away: what is kept there is then worked out anew, slower, and nobody sees an error.

After a failure nobody asks for ten seconds, so that not every request waits for an answer that does not come. What
could not be removed meanwhile is removed before the first answer is believed again: it may be stale.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.core.cache.backends import redis as django_redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

ANSWER_WITHIN = 0.5  # seconds, also for connecting
ASKED_AGAIN_AFTER = 10.0  # seconds
TOLD_EVERY = 60.0  # seconds
REMEMBERED = 1000
"""Keys that are removed one by one on return; of more the whole cache is emptied."""

Answer = TypeVar("Answer")


class Server:
    """What the threads of this process know of one server."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.away_until = 0.0
        self.told_at = -TOLD_EVERY
        self.outdated: set[str] = set()
        self.is_outdated = False

    def is_away(self) -> bool:
        return time.monotonic() < self.away_until

    def failed(self, error: Exception) -> None:
        now = time.monotonic()
        with self.lock:
            self.away_until = now + ASKED_AGAIN_AFTER
            tells, self.told_at = now - self.told_at >= TOLD_EVERY, max(self.told_at, now - TOLD_EVERY)
            if tells:
                self.told_at = now
        if tells:
            logger.warning("The cache does not answer (%s); everything works on, slower.", error)

    def missed_change(self, keys: Iterable[str] | None) -> None:
        """Notes keys (None: all) whose new value did not arrive."""
        with self.lock:
            if keys is not None:
                self.outdated.update(keys)
            if keys is None or len(self.outdated) > REMEMBERED:
                self.is_outdated = True

    def take_outdated(self) -> tuple[bool, set[str]]:
        with self.lock:
            found = self.is_outdated, self.outdated
            self.is_outdated, self.outdated = False, set()
        return found


_servers: dict[tuple[str, ...], Server] = {}
_lock = threading.Lock()


class Client(django_redis.RedisCacheClient):
    def __init__(self, servers: list[str], **options: Any) -> None:
        patience = {"socket_connect_timeout": ANSWER_WITHIN, "socket_timeout": ANSWER_WITHIN}
        # Once more at once: connections of a server that was restarted are dead.
        super().__init__(servers, **{**patience, "retry": Retry(NoBackoff(), 1), **options})
        with _lock:
            self.server = _servers.setdefault(tuple(servers), Server())

    def ask(self, question: Callable[[], Answer], otherwise: Answer) -> Answer:
        if self.server.is_away():
            return otherwise
        try:
            self.catch_up()
            return question()
        except (RedisError, OSError) as error:
            self.server.failed(error)
            return otherwise

    def change(self, keys: Iterable[str] | None, act: Callable[[], Answer], otherwise: Answer) -> Answer:
        """An act that makes what is stored under ``keys`` (None: anything) outdated where it does not arrive."""
        missed = object()
        answer: Any = self.ask(act, missed)  # type: ignore[arg-type]
        if answer is missed:
            self.server.missed_change(keys)
            return otherwise
        return answer  # type: ignore[no-any-return]

    def catch_up(self) -> None:
        if not self.server.outdated and not self.server.is_outdated:
            return
        everything, keys = self.server.take_outdated()
        try:
            super().clear() if everything else super().delete_many(list(keys))
        except (RedisError, OSError):
            self.server.missed_change(None if everything else keys)
            raise

    # What Django's cache asks for

    def get(self, key: str, default: Any) -> Any:
        return self.ask(lambda: super(Client, self).get(key, default), default)

    def get_many(self, keys: Iterable[str]) -> dict[str, Any]:
        return self.ask(lambda: super(Client, self).get_many(keys), {})

    def has_key(self, key: str) -> bool:
        return self.ask(lambda: super(Client, self).has_key(key), False)

    def add(self, key: str, value: Any, timeout: int | None) -> bool:
        """True without a server: nobody else has added it."""
        return self.ask(lambda: super(Client, self).add(key, value, timeout), True)

    def touch(self, key: str, timeout: int | None) -> bool:
        return self.ask(lambda: super(Client, self).touch(key, timeout), False)

    def incr(self, key: str, delta: int) -> int:
        """Raises ValueError for a key that is not there, as without a server none is."""
        found = self.ask(lambda: super(Client, self).incr(key, delta), None)
        if found is None:
            raise ValueError(f"Key '{key}' not found.")
        return found

    def set(self, key: str, value: Any, timeout: int | None) -> None:
        self.change([key], lambda: super(Client, self).set(key, value, timeout), None)

    def set_many(self, data: Mapping[str, Any], timeout: int | None) -> None:
        self.change(data, lambda: super(Client, self).set_many(data, timeout), None)

    def delete(self, key: str) -> bool:
        return self.change([key], lambda: super(Client, self).delete(key), False)

    def delete_many(self, keys: Iterable[str]) -> None:
        keys = list(keys)
        self.change(keys, lambda: super(Client, self).delete_many(keys), None)

    def clear(self) -> bool:
        return self.change(None, lambda: super(Client, self).clear(), False)


class RedisCache(django_redis.RedisCache):
    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = Client

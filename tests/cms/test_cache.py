"""Redis may go away and come back: pages are slower then, never down, and never stale afterwards."""

import logging
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.core.cache import cache as site_cache
from django.test import Client as Browser
from django.test import override_settings
from wagtail.models import Site

from cms import cache
from cms.accounts import User
from tests.journeys.product import free_port


@pytest.fixture
def port() -> int:
    """One that nobody listens on."""
    return free_port()


@pytest.fixture
def redis(port: int) -> Iterator[cache.RedisCache]:
    cache._servers.clear()
    yield cache.RedisCache(f"redis://127.0.0.1:{port}/1", {})
    cache._servers.clear()


def the_server(redis: cache.RedisCache) -> cache.Server:
    server: cache.Server = redis._cache.server
    return server


EMPTY: dict[str, Callable[[cache.RedisCache], bool]] = {
    "get": lambda redis: redis.get("a", "else") == "else",
    "get_many": lambda redis: redis.get_many(["a", "b"]) == {},
    "get_or_set": lambda redis: redis.get_or_set("a", lambda: 7) == 7,
    "has_key": lambda redis: not redis.has_key("a"),
    "add": lambda redis: redis.add("a", 1),
    "set": lambda redis: redis.set("a", 1) is None,
    "set_many": lambda redis: redis.set_many({"a": 1}) == [],
    "touch": lambda redis: not redis.touch("a"),
    "delete": lambda redis: not redis.delete("a"),
    "delete_many": lambda redis: redis.delete_many(["a"]) is None,
    "clear": lambda redis: not redis.clear(),
}


@pytest.mark.parametrize("act", EMPTY)
def test_a_server_that_is_away_is_an_empty_one(redis: cache.RedisCache, act: str) -> None:
    assert EMPTY[act](redis)
    with pytest.raises(ValueError, match="not found"):
        redis.incr("a")


def test_a_silent_server_is_waited_for_once_and_told_of_once(
    port: int, redis: cache.RedisCache, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(socket.create_server(("127.0.0.1", port))), caplog.at_level(logging.WARNING, "cms.cache"):
        begun = time.monotonic()
        assert redis.get("a") is None
        first, begun = time.monotonic() - begun, time.monotonic()
        for _request in range(200):
            redis.get("a")
        assert first < 2.5 * 2 * cache.ANSWER_WITHIN
        assert time.monotonic() - begun < cache.ANSWER_WITHIN
        the_server(redis).away_until = 0
        redis.get("a")
    assert len(caplog.records) == 1


@pytest.mark.django_db
def test_the_admin_and_its_log_in_work_without_the_server(client: Browser, port: int) -> None:
    User.objects.create_superuser("admin@example.org", "a long password")
    here = {"default": {"BACKEND": "cms.cache.RedisCache", "LOCATION": f"redis://127.0.0.1:{port}/1"}}
    with override_settings(CACHES=here):
        assert site_cache.get("anything") is None
        wrong = client.post("/admin/login/", {"username": "admin@example.org", "password": "wrong"})
        assert wrong.status_code == 200
        right = client.post("/admin/login/", {"username": "admin@example.org", "password": "a long password"})
        assert right.status_code == 302
        for path in ("/admin/", "/admin/pages/", "/admin/images/", "/admin/users/", "/admin/reports/site-history/"):
            assert client.get(path, follow=True).status_code == 200, path
        Site.clear_site_root_paths_cache()
        assert Site.get_site_root_paths() == Site.get_site_root_paths()


@contextmanager
def running(port: int, folder: Path) -> Iterator[None]:
    command = [REDIS, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    command += ["--appendonly", "yes", "--appendfsync", "always"]  # what it knows outlives kill -9
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield
    finally:
        process.kill()
        process.wait()


REDIS = shutil.which("redis-server") or shutil.which("valkey-server") or ""


@pytest.mark.skipif(
    not REDIS, reason="no redis-server on this machine; without one the closed port above stands for it"
)
def test_what_changed_while_the_server_was_away_is_not_stale_when_it_is_back(
    redis: cache.RedisCache, port: int, tmp_path: Path
) -> None:
    with running(port, tmp_path):
        redis.set_many({"kept": 1, "changed": "old", "removed": "old"}, timeout=None)
        assert redis.get("changed") == "old"
    assert redis.get("kept") is None
    redis.set("changed", "new", timeout=None)
    redis.delete("removed")
    with running(port, tmp_path):
        the_server(redis).away_until = 0
        assert redis.get("changed") is None
        assert redis.get("removed") is None
        assert redis.get("kept") == 1
        redis.set("changed", "newer")
        assert redis.get("changed") == "newer"

"""One throttle for all: windows, many at once, and no address without a limit."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from cms.accounts import authentication, throttling
from cms.accounts.throttling import HOUR, Count, Limit, TooOften, Window
from cms.jobs import clearing

pytestmark = pytest.mark.django_db
LIMIT = Limit("test", client=(Window(3, HOUR), Window(5, throttling.DAY)), target=(Window(2, HOUR),))


def passes(**who: str) -> bool:
    try:
        LIMIT.count(**who)
    except TooOften:
        return False
    return True


def later(**delta: float) -> None:
    for count in Count.objects.all():
        Count.objects.filter(pk=count.pk).update(began=count.began - dt.timedelta(**delta))


def test_only_so_many_pass_in_a_window_and_each_window_counts() -> None:
    assert [passes(client="a") for _ in range(5)] == [True] * 3 + [False] * 2
    later(minutes=61)
    assert [passes(client="a") for _ in range(5)] == [True] * 2 + [False] * 3
    later(hours=24)
    assert passes(client="a")


def test_others_are_counted_apart() -> None:
    assert [passes(client="a") for _ in range(4)] == [True] * 3 + [False]
    assert passes(client="b")
    assert [passes(target="a") for _ in range(3)] == [True, True, False], "a target is no client of that name"


def test_what_is_given_back_or_forgotten_does_not_count() -> None:
    for _ in range(6):
        LIMIT.count(client="a")
        LIMIT.give_back(client="a")
    LIMIT.count(client="a", target="x")
    LIMIT.forget(target="x")
    assert [passes(target="x") for _ in range(3)] == [True, True, False]


def test_a_look_counts_nothing_and_says_how_long_to_wait() -> None:
    for _ in range(3):
        LIMIT.check(client="a")
        LIMIT.count(client="a")
    with pytest.raises(TooOften) as refused:
        LIMIT.check(client="a")
    assert 3590 <= refused.value.seconds <= 3600
    assert "60" in str(refused.value)


def test_nobody_can_read_from_the_table_who_it_was() -> None:
    LIMIT.count(client="192.0.2.1", target="person@example.org")
    for count in Count.objects.all():
        assert "192" not in count.who and "person" not in count.who and len(count.who) == 64


def test_the_clock_clears_what_is_over() -> None:
    LIMIT.count(client="a")
    clearing.clear()
    assert Count.objects.exists()
    later(hours=25)
    clearing.clear()
    assert not Count.objects.exists()


AT_ONCE = """
import django; django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.db import connection
from cms.accounts.throttling import HOUR, Count, Limit, TooOften, Window
if connection.vendor == "sqlite":
    with connection.schema_editor() as editor:
        editor.create_model(Count)
limit = Limit("many at once", client=(Window(10, HOUR),))
def attempt(number):
    try:
        limit.count(client="a")
    except TooOften:
        return False
    finally:
        connection.close()
    return True
with ThreadPoolExecutor(16) as pool:
    passed = sum(pool.map(attempt, range(80)))
rows = Count.objects.filter(act="many at once")
print(passed, rows.get().made)
rows.delete()
"""


def test_of_many_at_once_no_more_pass_than_may(tmp_path: Path) -> None:
    """In a process of its own, whose threads have real connections to a real database."""
    found = connection.settings_dict
    url = f"sqlite:///{tmp_path / 'db.sqlite3'}"
    if connection.vendor == "postgresql":
        url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**found)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.dev", "DATABASE_URL": url}
    environment |= {"DATA_DIR": str(tmp_path), "SECRET_KEY": "x" * 50}
    command = [sys.executable, "-c", AT_ONCE]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.stdout.split(), done.returncode) == (["10", "10"], 0), done.stderr


# Clients


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2:bbbb::2", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
    ],
)
def test_a_household_is_one_client(one: str, other: str, same: bool) -> None:
    names = [authentication.client_address(RequestFactory().get("/", REMOTE_ADDR=each)) for each in (one, other)]
    assert (names[0] == names[1]) is same


# Passwords and codes: of one client with many names


def log_in(name: str, client: Client | None = None, password: str = "falsch", **headers: Any) -> Any:  # noqa: S107
    data = {"username": name, "password": password}
    return (client or Client()).post("/de/my/login/", data, **headers)


def test_one_client_does_not_try_a_password_on_everybody() -> None:
    most = authentication.GUESSES.client[0].most
    answers = [log_in(f"person-{number}@example.org").status_code for number in range(most + 5)]
    assert answers == [422] * most + [429] * 5
    assert log_in("person@example.org", REMOTE_ADDR="192.0.2.9").status_code == 422
    admin = Client().post("/admin/login/", {"username": "x@example.org", "password": "x"})
    assert admin.status_code == 429 and int(admin["Retry-After"]) > 0
    assert "x@example.org" in admin.content.decode(), "what was typed is kept"


def test_people_who_share_an_address_log_in_as_often_as_they_like() -> None:
    from tests import factories

    people = [factories.person() for _ in range(authentication.GUESSES.client[0].most + 3)]
    assert [log_in(person.email, password=factories.PASSWORD).status_code for person in people] == [302] * len(people)

"""SQLite as this platform uses it: transactions begin with the first statement that needs the lock."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections, transaction

from cms.database import reading, refused
from cms.database.sqlite3 import base
from cms.settings.environment import database

ALIAS = "tried"


@pytest.fixture
def file(tmp_path: Path, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A database in a file, to which ``connections["tried"]`` leads and anybody else as well."""
    path = tmp_path / "db.sqlite3"
    monkeypatch.setenv("SQLITE_TIMEOUT", "0.2")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as made:
        made.executescript("PRAGMA journal_mode=WAL; CREATE TABLE note (word TEXT); INSERT INTO note VALUES ('first')")
    connections.databases[ALIAS] = connections.configure_settings({"default": database("")})["default"]
    with django_db_blocker.unblock():
        yield path
        connections[ALIAS].close()
    del connections[ALIAS], connections.databases[ALIAS]


def ask(statement: str) -> list[tuple[Any, ...]]:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def words(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as other:
        return [word for (word,) in other.execute("SELECT word FROM note")]


def lock(path: Path) -> sqlite3.Connection:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


@pytest.mark.parametrize(
    ("statement", "is_writing"),
    [
        ("SELECT 1", False),
        ("  (SELECT 1) UNION SELECT 2", False),
        ("WITH a AS (SELECT 1) SELECT * FROM a", False),
        ("EXPLAIN QUERY PLAN DELETE FROM note", False),
        ("PRAGMA table_info(note)", False),
        ("PRAGMA foreign_keys", False),
        ("PRAGMA foreign_keys = OFF", True),
        (f"SELECT 1 {base.FOR_UPDATE}", True),
        ("INSERT INTO note VALUES ('SELECT')", True),
        ("with a as (select 1) delete from note", True),
        ("REPLACE INTO note VALUES (1)", True),
        ("CREATE TABLE a (b)", True),
        ("-- SELECT\nDELETE FROM note", True),
        ("SAVEPOINT a", True),
    ],
)
def test_what_writes_is_known_by_its_statement(statement: str, is_writing: bool) -> None:
    assert base.writes(statement) is is_writing


def test_a_reader_never_waits_in_a_transaction(file: Path) -> None:
    with closing(lock(file)), reading.reading(), transaction.atomic(ALIAS), transaction.atomic(ALIAS):
        assert ask("SELECT word FROM note") == [("first",)]
    assert connections[ALIAS].features.supports_json_field


def test_what_writes_begins_with_the_lock(file: Path) -> None:
    with transaction.atomic(ALIAS):
        ask("SELECT word FROM note")
        with (
            pytest.raises(sqlite3.OperationalError, match="locked"),
            closing(sqlite3.connect(file, timeout=0)) as other,
        ):
            other.execute("DELETE FROM note")


def test_select_for_update_takes_the_lock_of_a_reader_too(file: Path) -> None:
    with reading.reading(), transaction.atomic(ALIAS):
        ask(f"SELECT word FROM note {base.FOR_UPDATE}")  # noqa: S608
        with (
            pytest.raises(sqlite3.OperationalError, match="locked"),
            closing(sqlite3.connect(file, timeout=0)) as other,
        ):
            other.execute("DELETE FROM note")


def test_a_reader_that_writes_after_all_is_not_refused_for_what_others_wrote_meanwhile(file: Path) -> None:
    with reading.reading(), transaction.atomic(ALIAS):
        assert ask("SELECT word FROM note") == [("first",)]
        with closing(sqlite3.connect(file)) as other, other:
            other.execute("INSERT INTO note VALUES ('between')")
        ask("INSERT INTO note VALUES ('mine')")
    assert words(file) == ["first", "between", "mine"]


@pytest.mark.parametrize("is_reading", [True, False])
def test_steps_of_a_transaction_are_undone_one_by_one(file: Path, is_reading: bool) -> None:
    context = reading._only_reads.set(is_reading)
    try:
        with transaction.atomic(ALIAS):
            with transaction.atomic(ALIAS):  # which asks nothing
                pass
            with pytest.raises(ZeroDivisionError), transaction.atomic(ALIAS):
                ask("SELECT 1")
                1 / 0  # noqa: B018
            with transaction.atomic(ALIAS):
                with pytest.raises(ZeroDivisionError), transaction.atomic(ALIAS):
                    ask("INSERT INTO note VALUES ('undone')")
                    1 / 0  # noqa: B018
                ask("INSERT INTO note VALUES ('kept')")
        with pytest.raises(ZeroDivisionError), transaction.atomic(ALIAS):
            ask("INSERT INTO note VALUES ('undone too')")
            1 / 0  # noqa: B018
    finally:
        reading._only_reads.reset(context)
    assert words(file) == ["first", "kept"]


def test_who_could_not_begin_can_begin_later(file: Path) -> None:
    with transaction.atomic(ALIAS):
        other = lock(file)
        with pytest.raises(OperationalError) as caught:
            ask("INSERT INTO note VALUES ('refused')")
        assert refused.reason(caught.value) == refused.BUSY
        other.close()
        ask("INSERT INTO note VALUES ('taken')")
    assert words(file) == ["first", "taken"]


def test_a_backup_that_is_put_in_place_is_read_at_once(file: Path, tmp_path: Path) -> None:
    assert ask("SELECT word FROM note") == [("first",)]
    with closing(sqlite3.connect(tmp_path / "backup")) as backup, closing(sqlite3.connect(file)) as original:
        original.backup(backup)
        backup.execute("UPDATE note SET word = 'restored'")
        backup.commit()
    os.replace(tmp_path / "backup", file)
    for rest in ("-wal", "-shm"):
        Path(f"{file}{rest}").unlink(missing_ok=True)
    connections[ALIAS].close_if_unusable_or_obsolete()
    assert ask("SELECT word FROM note") == [("restored",)]


def test_a_connection_stays_open_and_a_child_does_not_use_it(file: Path) -> None:
    ask("SELECT 1")
    kept = connections[ALIAS].connection
    connections[ALIAS].close_if_unusable_or_obsolete()
    assert connections[ALIAS].connection is kept
    child = os.fork()
    if child == 0:  # nothing but the question, and no way back into pytest
        connections[ALIAS].close_if_unusable_or_obsolete()
        os._exit(0 if connections[ALIAS].connection is None and ask("SELECT 1") == [(1,)] else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert ask("SELECT 1") == [(1,)]


def test_writers_in_threads_wait_for_each_other(
    file: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any
) -> None:
    connections.databases[ALIAS]["OPTIONS"]["timeout"] = 20

    def write(number: int) -> None:
        for _turn in range(20):
            with transaction.atomic(ALIAS):
                [(count,)] = ask("SELECT count(*) FROM note")
                ask(f"INSERT INTO note VALUES ('{count}')")  # noqa: S608
        connections[ALIAS].close()

    threads = [threading.Thread(target=write, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert words(file) == ["first", *(str(number) for number in range(1, 81))]

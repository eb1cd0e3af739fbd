"""SQLite whose readers never wait for a writer.

Django's own backend issues ``BEGIN IMMEDIATE`` at every ``atomic()``, also where nothing but reading follows, and
learns what SQLite can do from queries in such a transaction: a reader then waits for whoever writes, and one that
waited in vain takes SQLite for a program without JSON until the process ends.

Here ``atomic()`` issues nothing. The transaction begins with the first statement that needs it:

- a statement that writes, and ``select_for_update()``: always;
- any other statement: unless it belongs to a request that is expected to read (``cms.database.reading``).

It always begins as IMMEDIATE, so that a writer waits for its turn at one place and is never refused later
(``SQLITE_BUSY_SNAPSHOT``, which no waiting cures). What a reading request reads before its first write is read
statement by statement, as with PostgreSQL's READ COMMITTED.
"""

import logging
import os
import re
import sqlite3
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base, features, operations

from cms.database import private_files
from cms.database.reading import is_expected_to_read

logger = logging.getLogger("cms.database")

LONGEST = 1.0
"""Seconds of keeping others from writing after which a transaction is named in the log; we allow ourselves 0.2."""
FOR_UPDATE = "/* FOR UPDATE */"
MODE = "IMMEDIATE"

_READS = re.compile(r"[\s(]*(SELECT|WITH|EXPLAIN|VALUES|PRAGMA)\b", re.IGNORECASE)
_WITH_THAT_WRITES = re.compile(r"[\s(]*WITH\b.*\b(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE | re.DOTALL)
_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
_CHANGES_TABLES = re.compile(r"\s*(CREATE|ALTER|DROP)\b", re.IGNORECASE)
_PRAGMA_THAT_SETS = re.compile(r"\s*PRAGMA\b[^(]*=", re.IGNORECASE)


def writes(statement: str) -> bool:
    """Whether a statement may change something or must keep others from it; in doubt it does."""
    if not _READS.match(statement) or statement.endswith(FOR_UPDATE):
        return True
    return bool(_WITH_THAT_WRITES.match(statement) or _PRAGMA_THAT_SETS.match(statement))


def require_json() -> None:
    """Asked once for the process, of a database in memory that nobody can lock."""
    memory = sqlite3.connect(":memory:")
    try:
        memory.execute("""SELECT JSON('{"a": "b"}')""")
    except sqlite3.OperationalError as error:
        raise ImproperlyConfigured(f"SQLite {sqlite3.sqlite_version} knows no JSON; 3.38 or newer does.") from error
    finally:
        memory.close()


require_json()


class DatabaseFeatures(features.DatabaseFeatures):
    supports_json_field = True
    can_introspect_json_field = True
    has_json_object_function = True
    # There is one lock: who asks for rows gets it, and then nobody else can have locked any.
    has_select_for_update = True
    has_select_for_update_of = True
    has_select_for_update_skip_locked = True


class DatabaseOperations(operations.DatabaseOperations):
    def for_update_sql(
        self, nowait: bool = False, skip_locked: bool = False, of: tuple[str, ...] = (), no_key: bool = False
    ) -> str:
        return FOR_UPDATE


class Cursor(base.SQLiteCursorWrapper):
    """Lets the transaction begin before a statement that needs it."""

    def __init__(self, connection: sqlite3.Connection, wrapper: "DatabaseWrapper") -> None:
        super().__init__(connection)
        self.wrapper = wrapper

    def execute(self, query: str, params: Any = None) -> Any:
        self.wrapper.begin_for(query)
        return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        self.wrapper.begin_for(query)
        return super().executemany(query, param_list)


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations

    begin_is_due = False
    """In ``atomic()``, and nothing that needs a transaction was asked yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.savepoints_due: list[str] = []
        self.opened_as: tuple[int, ...] = ()
        self.locked_since: tuple[float, float, str] | None = None
        """Moment, CPU time of this thread then, and the first statement of the transaction."""

    # Connections that stay open

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        self.forget_transaction()
        if not self.is_in_memory_db() and self.file_now() == (os.getpid(),):
            private_files.make(Path(self.settings_dict["NAME"]))  # SQLite gives its log the same mode
        try:
            connection: sqlite3.Connection = super().get_new_connection(conn_params)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _NO_ROOM or not self.is_all_in_one_file():
                raise
            return self.connection_without_room(conn_params)
        self.opened_as = self.file_now()
        return connection

    def is_all_in_one_file(self) -> bool:
        """Whether nothing waits in the log to be put into the database."""
        try:
            return os.stat(f"{self.settings_dict['NAME']}-wal").st_size == 0
        except FileNotFoundError:
            return True

    def connection_without_room(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Reads where the disk has no room for the files that SQLite makes to share a database.

        Nobody else can make them either, so that nobody writes. For one request: the next one tries again as usual.
        """
        self.opened_as = (os.getpid(),)
        name = f"file:{quote(str(self.settings_dict['NAME']))}?immutable=1"
        connection = base.Database.connect(**{**conn_params, "database": name})
        base.register_functions(connection)
        return connection

    def file_now(self) -> tuple[int, ...]:
        """This process and the file that the name means now: a restored backup is another file of the same name."""
        if self.is_in_memory_db():
            return (os.getpid(),)
        try:
            found = os.stat(self.settings_dict["NAME"])
        except OSError:
            return (os.getpid(),)
        return os.getpid(), found.st_dev, found.st_ino

    def close_if_unusable_or_obsolete(self) -> None:
        """Called by Django before and after each request and job."""
        if self.connection is not None and not self.in_atomic_block and self.opened_as != self.file_now():
            if self.opened_as[0] == os.getpid():
                self.close()
            else:
                self.connection = None  # it belongs to the parent; SQLite forbids a child to use or to close it
        super().close_if_unusable_or_obsolete()

    # Transactions that begin late

    def create_cursor(self, name: str | None = None) -> Cursor:
        cursor: Cursor = self.connection.cursor(factory=lambda connection: Cursor(connection, self))
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        self.forget_transaction()
        self.begin_is_due = True

    def forget_transaction(self) -> None:
        self.begin_is_due = False
        self.savepoints_due = []

    def begin_for(self, statement: str) -> None:
        if self.begin_is_due and (not is_expected_to_read() or writes(statement)):
            self.begin(statement)

    def begin(self, statement: str) -> None:
        """Waits for the lock, at most the ``timeout`` of the connection; what was refused is tried again next time."""
        savepoints, self.savepoints_due, self.begin_is_due = self.savepoints_due, [], False
        try:
            self.cursor().execute(f"BEGIN {MODE}")
        except BaseException:
            self.savepoints_due, self.begin_is_due = savepoints, True
            raise
        self.locked_since = (time.monotonic(), time.thread_time(), statement)
        for sid in savepoints:
            super()._savepoint(sid)

    def _savepoint(self, sid: str) -> None:
        if self.begin_is_due:
            self.savepoints_due.append(sid)
        else:
            super()._savepoint(sid)

    def _savepoint_rollback(self, sid: str) -> None:
        if sid in self.savepoints_due:
            del self.savepoints_due[self.savepoints_due.index(sid) + 1 :]
        else:
            super()._savepoint_rollback(sid)

    def _savepoint_commit(self, sid: str) -> None:
        if sid in self.savepoints_due:
            del self.savepoints_due[self.savepoints_due.index(sid) :]
        else:
            super()._savepoint_commit(sid)

    def _commit(self) -> None:
        self.forget_transaction()
        super()._commit()
        self.note_duration()

    def _rollback(self) -> None:
        self.forget_transaction()
        super()._rollback()
        self.note_duration()

    def note_duration(self) -> None:
        if self.locked_since is None or self.is_in_memory_db():  # which nobody else can wait for
            return
        (since, worked_before, statement), self.locked_since = self.locked_since, None
        if (held := time.monotonic() - since) > LONGEST and not _CHANGES_TABLES.match(statement):
            worked = time.thread_time() - worked_before
            logger.warning("Writers waited %.0f ms (%.0f ms of work): %.200s", held * 1000, worked * 1000, statement)

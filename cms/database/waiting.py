"""Writing what is not worth waiting for: beside a page that somebody wants to read."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

PATIENCE = 50  # milliseconds


@contextmanager
def hardly_waiting() -> Iterator[None]:
    """A transaction that raises ``OperationalError`` soon when somebody else writes; the lock of SQLite is the one that
    readers would feel.
    """
    if connection.vendor != "sqlite":
        with transaction.atomic():
            yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout({PATIENCE})")
    try:
        with transaction.atomic():
            yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout({before})")

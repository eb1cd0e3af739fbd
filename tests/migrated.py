"""The migrated database of the last run, so that a single test need not wait for all migrations.

For SQLite in memory only, and never in CI. Any change of a migration, of what runs after migrations or of a pinned
version makes a new one.
"""

import hashlib
import os
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from django.db.backends.signals import connection_created

ROOT = Path(__file__).parent.parent
MAKE_IT = (
    "*/migrations/*.py",
    "requirements*.txt",
    "cms/localization/languages.py",
    "cms/localization/locales.py",
    "cms/accounts/roles.py",
    "cms/routing/content_version.py",
    "cms/search/changes.py",
    "cms/settings/*.py",
    "directory/review/workflow.py",
    "directory/profiles/taxonomy.py",
    "home/setting_up.py",
)


def _file() -> Path:
    contents = hashlib.sha256()
    for pattern in MAKE_IT:
        for path in sorted(ROOT.glob(pattern)):
            contents.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return Path(tempfile.gettempdir()) / f"miteinander-migrated-{contents.hexdigest()[:16]}.sqlite3"


def _fill(*, connection: Any, **_: Any) -> None:
    connection_created.disconnect(dispatch_uid="tests.migrated")
    if _is_in_memory(connection) and (file := _file()).exists():
        stored = sqlite3.connect(file)
        stored.backup(connection.connection)
        stored.close()


def _is_in_memory(connection: Any) -> bool:
    return connection.vendor == "sqlite" and connection.is_in_memory_db()


def take() -> None:
    """Fills the test database when it is first opened, if there is one to fill it from."""
    if "CI" not in os.environ:
        connection_created.connect(_fill, dispatch_uid="tests.migrated", weak=False)


class Migrated:
    """The test database before any test has written into it, as the contents of a file; empty unless it is SQLite's."""

    contents = b""


def keep(connection: Any) -> None:
    """Stores the test database, just migrated, for the next run, and for processes of this run that need their own."""
    if _is_in_memory(connection):
        Migrated.contents = connection.connection.serialize()
    if "CI" in os.environ or not _is_in_memory(connection) or (file := _file()).exists():
        return
    descriptor, name = tempfile.mkstemp(dir=file.parent)
    os.close(descriptor)
    stored = sqlite3.connect(name)
    connection.connection.backup(stored)
    stored.close()
    Path(name).rename(file)

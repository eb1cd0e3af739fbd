"""Which documents a change may concern: whatever writes, the database notes it, by triggers, in the same transaction.

A floor says which tables its documents are made of (``watch``); ``tests/invariants`` fails for a table that is read
for a document and not watched. ``cms.search.following`` works off what is noted.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from cms.search.models import SearchChange

TRIGGER = "search_changed"
EVENTS = ("insert", "update", "delete")
EVERYTHING = "everything"
"""Source of a change after which the whole index is compared."""


@dataclass(frozen=True)
class Stale:
    """Documents of a kind to be made again; ``keys`` None: those that came or went, by comparing all there are."""

    kind: str
    keys: frozenset[int] | None = None


@dataclass(frozen=True)
class Watched:
    """A table; ``column``: what is noted of a row before and after it is written, unless only ``unread`` has changed.

    ``concerns``: by what was noted, the documents; it must name those of rows that are gone, too.
    """

    model: type[models.Model]
    column: str
    concerns: Callable[[set[str]], Iterable[Stale]]
    unread: frozenset[str] = frozenset()

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def source(self) -> str:
        return f"{self.table}.{self.column}"

    def triggers(self) -> dict[str, str]:
        """By name, which changes with what it does; one for each event, as both databases have it."""
        make = _sqlite if connection.vendor == "sqlite" else _postgresql
        made = {}
        for event in EVENTS:
            statement = make(self, event)
            digest = hashlib.sha256(statement.encode()).hexdigest()[:12]
            made[f"{TRIGGER}_{event}_{digest}"] = statement
        return made


_watched: list[Watched] = []


def watch(*watched: Watched) -> None:
    _watched.extend(watched)


def tables() -> set[str]:
    return {each.table for each in _watched}


def concerned(changes: Iterable[tuple[str, str]]) -> list[Stale]:
    """The documents that ``changes``, by source and value, may concern."""
    by_source: dict[str, set[str]] = {}
    for source, value in changes:
        by_source.setdefault(source, set()).add(value)
    return [stale for each in _watched if each.source in by_source for stale in each.concerns(by_source[each.source])]


def note(source: str, values: Iterable[Any]) -> None:
    SearchChange.objects.bulk_create(SearchChange(source=source, value=str(value)) for value in values)


# Triggers


def remove(plan: Any = (), **_signal: Any) -> None:
    """Before migrations, if there are any: no column can be taken away of which a trigger speaks."""
    if plan:
        _drop(_existing())


def install(**_signal: Any) -> None:
    """After migrations. What was written while a trigger was missing is found by comparing everything."""
    if SearchChange._meta.db_table not in connection.introspection.table_names():
        return  # migrated back to a time before
    wanted = {name: statement for each in _watched for name, statement in each.triggers().items()}
    existing = _existing()
    if wanted.keys() == existing.keys():
        return
    _drop({name: table for name, table in existing.items() if name not in wanted})
    with connection.cursor() as cursor:
        for name, statement in wanted.items():
            if name not in existing:
                cursor.execute(statement.replace(TRIGGER, name, 1))
    note(EVERYTHING, [""])


def _drop(triggers: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        for name, table in triggers.items():
            on = f" ON {_quoted(table)}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {_quoted(name)}{on}")


def missing() -> list[str]:
    """Tables of which not every change is noted."""
    existing = _existing()
    return sorted({each.table for each in _watched if not each.triggers().keys() <= existing.keys()})


def _existing() -> dict[str, str]:
    """Table by name of the trigger."""
    statement = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE relnamespace = current_schema()::regnamespace AND tgenabled IN ('O', 'A')",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {name: table for name, table in cursor.fetchall() if name.startswith(f"{TRIGGER}_")}


def _sqlite(watched: Watched, event: str) -> str:
    """Speaks of no column but the one noted, where it can: SQLite drops no column that a trigger speaks of."""
    column, when = _quoted(watched.column), ""
    if event == "update" and watched.unread:
        columns = {str(field.column) for field in watched.model._meta.local_concrete_fields} - watched.unread
        when = " WHEN " + " OR ".join(f"OLD.{_quoted(each)} IS NOT NEW.{_quoted(each)}" for each in sorted(columns))
    noted = " UNION ".join(
        f"SELECT '{watched.source}', {row}.{column} WHERE {row}.{column} IS NOT NULL" for row in _rows(event)
    )
    return (
        f"CREATE TRIGGER {TRIGGER} AFTER {event.upper()} ON {_quoted(watched.table)}{when} "
        f"BEGIN INSERT INTO cms_searchchange (source, value) {noted}; END"
    )


def _postgresql(watched: Watched, event: str) -> str:
    return (
        f"CREATE TRIGGER {TRIGGER} AFTER {event.upper()} ON {_quoted(watched.table)} FOR EACH ROW "
        f"EXECUTE FUNCTION cms_search_changed('{watched.column}', '{watched.source}', "
        f"'{{{','.join(sorted(watched.unread))}}}')"
    )


def _rows(event: str) -> list[str]:
    return {"insert": ["NEW"], "update": ["OLD", "NEW"], "delete": ["OLD"]}[event]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)

"""Kinds of values: how JSON Schema describes each, how JSON writes it, and what stands in the cells of a table.

What is not known is null, and an empty cell. Words say in which language they are and what readers are told of them.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cms.localization import formats, languages, notices, phones
from cms.localization.localized_text import LocalizedText, Name

Schema = dict[str, Any]
STATUSES = ("original", "translated", "machine", "outdated", "machine-outdated", "untranslated", "other", "name")


@dataclass(frozen=True)
class Kind:
    """``columns`` are what follows the name of a field in the headings of its columns."""

    schema: Schema
    write: Callable[[Any], Any]
    columns: tuple[str, ...] = ("",)
    read_cells: Callable[[Any], tuple[str, ...]] | None = None
    """None for what stands in a table as in JSON."""

    def cells(self, value: Any) -> tuple[str, ...]:
        return self.read_cells(value) if self.read_cells else (str(self.write(value)),)

    @property
    def nullable(self) -> Schema:
        """The schema of a value that may be unknown."""
        return {"anyOf": [self.schema, {"type": "null"}]}


def _moment(value: dt.datetime) -> str:
    return formats.local(value).isoformat(timespec="seconds")


def status_of(words: Any) -> str:
    """One of ``STATUSES``, as ``notices.labels`` tells it to people."""
    if isinstance(words, Name):
        return "name"
    if words.lang != languages.active().code:
        return "untranslated" if words.lang == languages.SOURCE else "other"
    if words.by_machine:
        return "machine-outdated" if words.is_outdated else "machine"
    if words.is_outdated:
        return "outdated"
    return "original" if words.lang == languages.SOURCE else "translated"


def _words(words: LocalizedText) -> dict[str, Any]:
    return {
        "text": words.plain,
        "language": words.lang,
        "direction": languages.direction_of(words.lang),
        "status": status_of(words),
        "remarks": notices.labels(words),
    }


def _cells_of_words(words: LocalizedText) -> tuple[str, ...]:
    return words.plain, words.lang, ", ".join(notices.labels(words))


WORDS_SCHEMA: Schema = {
    "type": "object",
    "description": "Words in the language of the address where they exist, else in German.",
    "properties": {
        "text": {"type": "string"},
        "language": {"type": "string", "description": "BCP 47"},
        "direction": {"enum": ["ltr", "rtl"]},
        "status": {"enum": list(STATUSES), "description": "What the words are worth; show it to readers."},
        "remarks": {
            "type": "array",
            "items": {"type": "string"},
            "description": "The same as the pages of the site say it, in the language of the address.",
        },
    },
    "required": ["text", "language", "direction", "status", "remarks"],
    "additionalProperties": False,
}

TEXT = Kind({"type": "string"}, str)
PHONE = Kind({"type": "string", "description": "E.164"}, str, read_cells=lambda value: (phones.display(value),))
KEY = Kind({"type": "string", "format": "uuid"}, str)
URL = Kind({"type": "string", "format": "uri"}, str)
EMAIL = Kind({"type": "string", "format": "email"}, str)
CODE = Kind({"type": "string", "description": "BCP 47"}, str)
FLAG = Kind({"type": "boolean"}, bool, read_cells=lambda value: ("true" if value else "false",))
COUNT = Kind({"type": "integer"}, int)
DEGREES = Kind({"type": "number", "description": "WGS 84"}, float)
DAY = Kind({"type": "string", "format": "date"}, dt.date.isoformat)
CLOCK = Kind({"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"}, formats.time)
MOMENT = Kind({"type": "string", "format": "date-time"}, _moment)
WORDS = Kind(
    {"$ref": "#/components/schemas/Words"}, _words, columns=("", "_language", "_remarks"), read_cells=_cells_of_words
)


def choice(*values: str) -> Kind:
    return Kind({"enum": list(values)}, str)


def many(kind: Kind) -> Kind:
    """A list; in a table its members stand in one cell, one after the other."""

    def cells(values: Sequence[Any]) -> tuple[str, ...]:
        return ("; ".join(kind.cells(value)[0] for value in values),)

    return Kind({"type": "array", "items": kind.schema}, lambda values: list(map(kind.write, values)), read_cells=cells)


def parts(**kinds: Kind) -> Kind:
    """An object; its values come as a mapping with the same names."""

    def write(value: Any) -> dict[str, Any]:
        return {name: None if value.get(name) is None else kind.write(value[name]) for name, kind in kinds.items()}

    def cells(value: Any) -> tuple[str, ...]:
        found: list[str] = []
        for name, kind in kinds.items():
            found += [""] * len(kind.columns) if value.get(name) is None else kind.cells(value[name])
        return tuple(found)

    schema = {
        "type": "object",
        "properties": {name: kind.nullable for name, kind in kinds.items()},
        "required": list(kinds),
        "additionalProperties": False,
    }
    columns = tuple(f"_{name}{column}" for name, kind in kinds.items() for column in kind.columns)
    return Kind(schema, write, columns=columns, read_cells=cells)


NAMED = parts(key=TEXT, name=WORDS)
"""A topic, a district, a place: its key stands in addresses."""
NAMED_ROWS = Kind(
    {"type": "array", "items": NAMED.schema},
    lambda rows: [NAMED.write({"key": row.key, "name": row.label}) for row in rows],
    read_cells=lambda rows: ("; ".join(row.key for row in rows),),
)

"""Collections, declared once each: JSON, CSV, GeoJSON and the OpenAPI document follow from the declaration.

An app declares its own and registers them in ``AppConfig.ready``; what is registered is public, so ``rows`` begins with
what every visitor may see.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page, Site

from cms.open_data.kinds import Kind, Schema
from cms.open_data.parameters import Parameter
from cms.routing import query_parameters


@dataclass(frozen=True)
class Question:
    """What an address asks for."""

    request: HttpRequest
    site: Site
    values: Mapping[str, Any]

    @property
    def home(self) -> Page:
        return self.site.root_page

    def whole(self, path: str) -> str:
        return self.request.build_absolute_uri(path)


@dataclass(frozen=True)
class Field:
    """``read`` gets a row and the question, and answers None where nothing is known."""

    name: str
    kind: Kind
    read: Callable[[Any, Question], Any]
    description: str = ""
    is_certain: bool = False
    in_tables: bool = True

    @property
    def schema(self) -> Schema:
        schema = self.kind.schema if self.is_certain else self.kind.nullable
        return {**schema, "description": self.description} if self.description else schema


def simple(name: str, kind: Kind, *, description: str = "", is_certain: bool = False) -> Field:
    """What the attribute of that name says; nothing where it is empty."""

    def read(row: Any, _question: Question) -> Any:
        value = getattr(row, name)
        return None if value in ("", None) else value

    return Field(name, kind, read, description, is_certain)


@dataclass(frozen=True)
class Collection:
    """``rows`` answers in an order that stays; ``one`` finds a row by the key in its address."""

    name: str
    item: str
    """Name of the schema of one of its rows."""
    title: Any
    description: str
    fields: Sequence[Field]
    rows: Callable[[Question], Any]
    parameters: Sequence[Parameter] = field(default_factory=tuple)
    prepare: Callable[[Sequence[Any], Question], None] = lambda rows, question: None
    """Reads what the rows of one answer need together."""
    one: Callable[[Question, Any], Any] = lambda question, key: None
    point: Callable[[Any], tuple[float, float] | None] | None = None
    """Longitude and latitude; None for a collection without a map."""

    @property
    def has_map(self) -> bool:
        return self.point is not None

    @property
    def schema(self) -> Schema:
        return {
            "type": "object",
            "description": self.description,
            "properties": {each.name: each.schema for each in self.fields},
            "required": [each.name for each in self.fields],
            "additionalProperties": False,
        }

    def write(self, row: Any, question: Question) -> dict[str, Any]:
        read = [(each, each.read(row, question)) for each in self.fields]
        return {each.name: None if value is None else each.kind.write(value) for each, value in read}

    @property
    def headings(self) -> list[str]:
        return [f"{each.name}{column}" for each in self.fields if each.in_tables for column in each.kind.columns]

    def cells(self, row: Any, question: Question) -> list[str]:
        found: list[str] = []
        for each in self.fields:
            if each.in_tables:
                value = each.read(row, question)
                found += [""] * len(each.kind.columns) if value is None else each.kind.cells(value)
        return found


_collections: dict[str, Collection] = {}


def register(*collections: Collection) -> None:
    """Its parameters are known from then on: an answer is kept apart from those to other questions."""
    for collection in collections:
        _collections[collection.name] = collection
        query_parameters.register("size", *(parameter.name for parameter in collection.parameters))


def all_of_them() -> list[Collection]:
    return sorted(_collections.values(), key=lambda collection: collection.name)


def named(name: str) -> Collection | None:
    return _collections.get(name)

"""The description of all that programs can ask for (OpenAPI 3.1), made of the declarations themselves."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Site

from cms.localization import languages
from cms.open_data import collections, licence
from cms.open_data.answers import GEOJSON, JSON, PROBLEM
from cms.open_data.collections import Collection
from cms.open_data.kinds import KEY, WORDS_SCHEMA, Schema
from cms.open_data.parameters import PAGING, Parameter
from cms.open_data.tables import CSV
from cms.routing import sites

VERSION = "1.0.0"
Parts = dict[str, Any]
_further: list[Callable[[], tuple[Parts, Parts]]] = []
_entrances: dict[str, str] = {}


def register(parts: Callable[[], tuple[Parts, Parts]], *, name: str, entrance: str) -> None:
    """Has ``parts`` add paths and schemas that follow another specification, whose ``entrance`` is a named address."""
    _further.append(parts)
    _entrances[name] = entrance


def entrances() -> list[tuple[str, str]]:
    """Names of those specifications, with the address at which each begins."""
    return [(name, reverse(entrance)) for name, entrance in _entrances.items()]


def document(request: HttpRequest, site: Site) -> Parts:
    said, language = licence.said(site), languages.active()
    paths: Parts = {}
    schemas: Parts = {"Words": WORDS_SCHEMA, "Licence": LICENCE, "Problem": PROBLEM_SCHEMA}
    for collection in collections.all_of_them():
        paths |= _paths_of(collection)
        schemas |= {collection.item: collection.schema, f"{collection.item}List": _list_of(collection)}
    for parts in _further:
        more_paths, more_schemas = parts()
        paths, schemas = paths | more_paths, schemas | more_schemas
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{sites.settings_of(site).name}: open data",
            "version": VERSION,
            "summary": "Organisations, offers, events, council sessions and news, in every language of the site.",
            "description": (
                "Each language has an address of its own: replace the language in the server's address. Answers carry "
                "an ETag: ask again with If-None-Match, and what has not changed answers 304. Source to be named: "
                f"{said['attribution']}."
            ),
            "license": {"name": said["name"], "identifier": said["identifier"]},
        },
        "servers": [
            {"url": request.build_absolute_uri(reverse("open_data")).rstrip("/"), "description": language.name}
        ],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _paths_of(collection: Collection) -> Parts:
    name, filters = collection.name, tuple(collection.parameters)
    found = {
        f"/{name}.json": get(collection.description, (*PAGING, *filters), JSON, f"{collection.item}List"),
        f"/{name}/{{key}}.json": get(
            f"One of {name}.", (), JSON, collection.item, further=[in_path("key", KEY.schema)], may_be_missing=True
        ),
        f"/{name}.csv": get(f"All of {name} as a table.", filters, CSV, {"type": "string"}),
    }
    if collection.point:
        found[f"/{name}.geojson"] = get(
            f"Those of {name} whose place on the map is known (RFC 7946).", filters, GEOJSON, _features(collection)
        )
    return found


def get(
    summary: str,
    parameters: tuple[Parameter, ...],
    kind: str,
    schema: str | Schema,
    *,
    further: list[Parts] | None = None,
    may_be_missing: bool = False,
) -> Parts:
    """One address that can be read; ``schema`` is the name of one, or itself."""
    said: Schema = {"$ref": f"#/components/schemas/{schema}"} if isinstance(schema, str) else schema
    paged = any(parameter.name == "page" for parameter in parameters)
    responses: Parts = {
        "200": {
            "description": "As asked for.",
            "headers": {"ETag": {"schema": {"type": "string"}}, "Link": {"schema": {"type": "string"}}},
            "content": {kind: {"schema": said}},
        },
        "304": {"description": "Nothing has changed since the ETag in If-None-Match."},
    }
    if parameters:
        responses["400"] = _problem("A parameter cannot be understood.")
    if paged or may_be_missing:
        responses["404"] = _problem("There is no such page or row.")
    described = [in_query(parameter) for parameter in parameters]
    return {"get": {"summary": summary, "parameters": [*(further or []), *described], "responses": responses}}


def _problem(description: str) -> Parts:
    return {"description": description, "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def in_query(parameter: Parameter) -> Parts:
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        "schema": parameter.schema,
    }


def in_path(name: str, schema: Schema) -> Parts:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _list_of(collection: Collection) -> Schema:
    return {
        "type": "object",
        "properties": {
            "licence": {"$ref": "#/components/schemas/Licence"},
            "language": {"type": "string"},
            "page": {"type": "integer"},
            "pages": {"type": "integer"},
            "size": {"type": "integer"},
            "total": {"type": "integer"},
            "next": {"type": ["string", "null"], "format": "uri"},
            "previous": {"type": ["string", "null"], "format": "uri"},
            "items": {"type": "array", "items": {"$ref": f"#/components/schemas/{collection.item}"}},
        },
        "required": ["licence", "language", "page", "pages", "size", "total", "next", "previous", "items"],
        "additionalProperties": False,
    }


def _features(collection: Collection) -> Schema:
    point = {
        "type": "object",
        "properties": {
            "type": {"const": "Point"},
            "coordinates": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
        },
        "required": ["type", "coordinates"],
    }
    feature = {
        "type": "object",
        "properties": {
            "type": {"const": "Feature"},
            "id": KEY.schema,
            "geometry": point,
            "properties": {"$ref": f"#/components/schemas/{collection.item}"},
        },
        "required": ["type", "id", "geometry", "properties"],
    }
    return {
        "type": "object",
        "properties": {"type": {"const": "FeatureCollection"}, "features": {"type": "array", "items": feature}},
        "required": ["type", "features"],
    }


LICENCE: Schema = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("identifier", "name", "url", "attribution")},
    "required": ["identifier", "name", "url", "attribution"],
    "additionalProperties": False,
}
PROBLEM_SCHEMA: Schema = {
    "type": "object",
    "description": "RFC 9457",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}

"""HSDS's addresses in our OpenAPI document; what its objects hold is said by its own schemas."""

from cms.open_data.answers import JSON
from cms.open_data.kinds import KEY, Schema
from cms.open_data.openapi import Parts, get, in_path
from directory.open_data.hsds_views import LISTS, PAGING

PUBLISHED = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema"
SINGULAR = {name: name.removesuffix("s") for name in LISTS}
REQUIRED = {
    "organization": ["id", "name", "description"],
    "service": ["id", "name", "status"],
    "location": ["id", "location_type"],
}
WHOLE = ("organizations", "services", "service_at_locations")


def _schema(item: str) -> Schema:
    said = {"description": f"An object of HSDS 3.0: {item}", "url": f"{PUBLISHED}/{item}.json"}
    properties = {"id": KEY.schema}
    return {"type": "object", "properties": properties, "required": REQUIRED.get(item, ["id"]), "externalDocs": said}


def _page_of(item: str) -> Schema:
    numbers = {name: {"type": "integer"} for name in ("total_items", "total_pages", "page_number", "size")}
    flags = {name: {"type": "boolean"} for name in ("first_page", "last_page", "empty")}
    contents = {"type": "array", "items": {"$ref": f"#/components/schemas/hsds_{item}"}}
    return {
        "type": "object",
        "properties": {**numbers, **flags, "contents": contents},
        "required": [*numbers, *flags, "contents"],
        "additionalProperties": False,
    }


def parts() -> tuple[Parts, Parts]:
    paths: Parts = {"/hsds/": get("This API and HSDS.", (), JSON, {"type": "object", "required": ["version"]})}
    schemas: Parts = {}
    for name, item in SINGULAR.items():
        schemas[f"hsds_{item}"] = _schema(item)
        paths[f"/hsds/{name}"] = get(f"HSDS 3.0: {name}.", PAGING, JSON, _page_of(item))
        if name in WHOLE:
            at = in_path("id", KEY.schema)
            paths[f"/hsds/{name}/{{id}}"] = get(
                f"HSDS 3.0: one {item} with all that hangs on it.",
                (),
                JSON,
                f"hsds_{item}",
                further=[at],
                may_be_missing=True,
            )
    return paths, schemas

"""Addresses below ``/<language>/data/``: the page for people, the description for programs, and the collections."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from cms.localization import languages
from cms.open_data import answers, collections, licence, openapi, parameters, tables
from cms.open_data.answers import GEOJSON, NothingThere, answer, open_to_programs, written
from cms.open_data.collections import Collection, Question
from cms.open_data.paging import page_of
from cms.pages.isolation import read_each
from cms.routing import sites

MOST_IN_A_FILE = 5000
"""Rows of a table or a map; a program that wants more asks page by page."""


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    site = sites.of_request(request)
    context = {
        "collections": collections.all_of_them(),
        "entrances": openapi.entrances(),
        "licence": licence.said(site),
    }
    return render(request, "cms/open_data/about.html", context)


@open_to_programs
def description(request: HttpRequest) -> HttpResponse:
    site = site_of(request)
    return answer(written(openapi.document(request, site)), site)


@open_to_programs
def as_json(request: HttpRequest, name: str) -> HttpResponse:
    collection, question = _asked(request, name, parameters.PAGING)
    page = page_of(collection.rows(question), request, question.values)
    collection.prepare(page.rows, question)
    content = {
        "licence": licence.said(question.site),
        "language": languages.active().code,
        "page": page.number,
        "pages": page.pages,
        "size": page.size,
        "total": page.total,
        "next": page.links.get("next"),
        "previous": page.links.get("prev"),
        "items": read_each(page.rows, lambda row: collection.write(row, question)),
    }
    return answer(written(content), question.site, links=page.links)


@open_to_programs
def one(request: HttpRequest, name: str, key: UUID) -> HttpResponse:
    collection, question = _asked(request, name)
    row = collection.one(question, key)
    if row is None:
        raise NothingThere(f"Among {name} is none with the key {key}.")
    collection.prepare([row], question)
    return answer(written(collection.write(row, question)), question.site)


@open_to_programs
def as_csv(request: HttpRequest, name: str) -> HttpResponse:
    collection, question = _asked(request, name)
    rows = _all_rows(collection, question)
    table = tables.as_csv(collection.headings, read_each(rows, lambda row: collection.cells(row, question)))
    response = answer(table, question.site, kind=tables.CSV)
    file_name = f"{name}-{languages.active().code}.csv"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file_name) or ""
    return response


@open_to_programs
def as_geojson(request: HttpRequest, name: str) -> HttpResponse:
    """Longitude comes first (RFC 7946, 3.1.1)."""
    collection, question = _asked(request, name)
    point = collection.point
    if point is None:
        raise NothingThere(f"The collection {name} has no places on a map.")
    rows = [(row, place) for row in _all_rows(collection, question) if (place := point(row)) is not None]

    def feature(row: Any, place: tuple[float, float]) -> dict[str, Any]:
        said = collection.write(row, question)
        geometry = {"type": "Point", "coordinates": list(place)}
        return {"type": "Feature", "id": said["id"], "geometry": geometry, "properties": said}

    places = {id(row): place for row, place in rows}
    features = read_each([row for row, _place in rows], lambda row: feature(row, places[id(row)]))
    content = {"type": "FeatureCollection", "features": features}
    return answer(written(content), question.site, kind=GEOJSON)


def _asked(
    request: HttpRequest, name: str, further: tuple[parameters.Parameter, ...] = ()
) -> tuple[Collection, Question]:
    """Raises NothingThere and BadQuestion."""
    collection = collections.named(name)
    if collection is None:
        known = ", ".join(each.name for each in collections.all_of_them())
        raise answers.NothingThere(f"There is no collection of that name; there are {known}.")
    values = parameters.read((*further, *collection.parameters), request.GET)
    return collection, Question(request, site_of(request), values)


def site_of(request: HttpRequest) -> Any:
    site = sites.of_request(request)
    if site is None:
        raise NothingThere("No site answers under this host name.")
    return site


def _all_rows(collection: Collection, question: Question) -> list[Any]:
    rows = list(collection.rows(question)[:MOST_IN_A_FILE])
    collection.prepare(rows, question)
    return rows

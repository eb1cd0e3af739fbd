"""The addresses of HSDS's API below ``/<language>/data/hsds/``: lists with what is one to one, each object whole."""

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cms.http.structured_data import without_empty
from cms.open_data import licence, parameters
from cms.open_data.answers import NothingThere, answer, open_to_programs, written
from cms.open_data.collections import Question
from cms.open_data.paging import page_of
from cms.open_data.parameters import Parameter
from cms.open_data.views import site_of
from directory.open_data import hsds, hsds_nested, organisations
from directory.open_data.hsds import Described, Object

VERSION = "3.0"
PER_PAGE = dataclasses.replace(parameters.SIZE_OF_PAGE, name="per_page")
PAGING = (parameters.PAGE, PER_PAGE)


def _services(all_of_them: Iterable[Described]) -> list[Object]:
    return [each.service(offer) for each in all_of_them for offer in each.offers]


def _at_locations(all_of_them: Iterable[Described]) -> list[Object]:
    found = (each.service_at_location(offer) for each in all_of_them for offer in each.offers)
    return [link for link in found if link]


def _schedules(all_of_them: Iterable[Described]) -> list[Object]:
    found: list[Object] = []
    for each in all_of_them:
        found += [*each.opening_schedules, *map(each.schedule, each.offers)]
    return found


def _languages(all_of_them: Iterable[Described]) -> list[Object]:
    found: list[Object] = []
    for each in all_of_them:
        found += each.spoken
        for offer in each.offers:
            found += each.languages_of(offer)
    return found


LISTS: dict[str, Callable[[Iterable[Described]], list[Object]]] = {
    "organizations": lambda found: [each.organization for each in found],
    "services": _services,
    "service_at_locations": _at_locations,
    "locations": lambda found: [location for each in found for location in each.locations],
    "schedules": _schedules,
    "languages": _languages,
}


@open_to_programs
def about(request: HttpRequest) -> HttpResponse:
    site = site_of(request)
    said = {
        "version": VERSION,
        "profile": "https://docs.openreferral.org/en/3.0/hsds/",
        "openapi_url": request.build_absolute_uri(reverse("open_data_description")),
        "publisher": {"name": licence.said(site)["attribution"]},
    }
    return answer(written(said), site)


@open_to_programs
def listed(request: HttpRequest, name: str) -> HttpResponse:
    if name not in LISTS:
        raise NothingThere(f"There is no list of that name; there are {', '.join(LISTS)}.")
    question = _question(request, PAGING)
    values = {"page": question.values.get("page", 1), "size": question.values.get("per_page", parameters.SIZE)}
    if name == "organizations":
        page = page_of(organisations.rows(question), request, values)
        contents = LISTS[name](hsds.described(page.rows, question))
    else:
        page = page_of(LISTS[name](hsds.everything(question)), request, values)
        contents = page.rows
    said = {
        "total_items": page.total,
        "total_pages": page.pages,
        "page_number": page.number,
        "size": page.size,
        "first_page": page.number == 1,
        "last_page": page.number == page.pages,
        "empty": not contents,
        "contents": [without_empty(each) for each in contents],
    }
    return answer(written(said), question.site, links=page.links)


@open_to_programs
def organization(request: HttpRequest, key: UUID) -> HttpResponse:
    question = _question(request)
    page = organisations.one(question, key)
    if page is None:
        raise NothingThere(f"There is no organization {key}.")
    return answer(written(hsds_nested.whole_organization(hsds.described([page], question)[0])), question.site)


@open_to_programs
def service(request: HttpRequest, key: UUID) -> HttpResponse:
    question = _question(request)
    found = _with_offer(question, lambda described, offer: offer.translation_key == key)
    if found is None:
        raise NothingThere(f"There is no service {key}.")
    return answer(written(hsds_nested.whole_service(*found)), question.site)


@open_to_programs
def service_at_location(request: HttpRequest, key: UUID) -> HttpResponse:
    question = _question(request)

    def is_wanted(described: Described, offer: Any) -> bool:
        return (described.service_at_location(offer) or {}).get("id") == str(key)

    found = _with_offer(question, is_wanted)
    if found is None:
        raise NothingThere(f"There is no service at location {key}.")
    return answer(written(hsds_nested.whole_service_at_location(*found)), question.site)


def _with_offer(question: Question, is_wanted: Callable[[Described, Any], bool]) -> tuple[Described, Any] | None:
    pairs = ((each, offer) for each in hsds.everything(question) for offer in each.offers)
    return next((pair for pair in pairs if is_wanted(*pair)), None)


def _question(request: HttpRequest, known: tuple[Parameter, ...] = ()) -> Question:
    return Question(request, site_of(request), parameters.read(known, request.GET))

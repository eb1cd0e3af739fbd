"""HSDS 3.0: what its published schemas demand, copied as a list of names, types, choices and what must be there.

No package on PyPI carries the schemas for our Python, and tests ask no foreign host.
"""

from itertools import count
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker

from directory.models import OrganisationPage
from directory.records.record import record_of
from tests import factories

TEXT, NUMBER, KEY = {"type": "string"}, {"type": "number"}, {"type": "string", "format": "uuid"}
ADDRESS, MAIL, DAY = {"type": "string", "format": "uri"}, {"type": "string", "format": "email"}, {"format": "date"}


def nested(name: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def text(names: str) -> dict[str, Any]:
    return dict.fromkeys(names.split(), TEXT)


KIND = {"enum": ["physical", "postal", "virtual"]}
PROPERTIES: dict[str, dict[str, Any]] = {
    "organization": {
        **text("name alternate_name description logo"), "id": KEY, "email": MAIL, "website": ADDRESS, "uri": ADDRESS,
        "phones": nested("phone"), "locations": nested("location"), "services": nested("service"),
    },
    "service": {
        **text("name description eligibility_description interpretation_services"), "id": KEY, "organization_id": TEXT,
        "url": ADDRESS, "email": MAIL, "status": {"enum": ["active", "inactive", "defunct", "temporarily closed"]},
        "assured_date": DAY, "organization": {"$ref": "#/$defs/organization"}, "phones": nested("phone"),
        "schedules": nested("schedule"), "languages": nested("language"),
        "service_at_locations": nested("service_at_location"),
    },
    "service_at_location": {
        "id": KEY, "service_id": KEY, "location_id": KEY, "description": TEXT,
        "location": {"$ref": "#/$defs/location"}, "schedules": nested("schedule"),
        "service": {"$ref": "#/$defs/service"},
    },
    "location": {
        **text("name alternate_name description transportation"), "id": KEY, "organization_id": KEY, "url": ADDRESS,
        "location_type": KIND, "latitude": NUMBER, "longitude": NUMBER, "languages": nested("language"),
        "addresses": nested("address"), "accessibility": nested("accessibility"), "schedules": nested("schedule"),
    },
    "schedule": {
        **text("byday description opens_at closes_at notes"), "id": KEY, "service_id": KEY, "location_id": KEY,
        "service_at_location_id": KEY, "valid_from": DAY, "valid_to": DAY, "interval": NUMBER,
        "wkst": {"enum": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]}, "freq": {"enum": ["WEEKLY", "MONTHLY"]},
    },
    "language": {**text("name code note"), "id": KEY, "service_id": KEY, "location_id": KEY, "phone_id": KEY},
    "phone": {**text("number type description"), "id": KEY},
    "address": {
        **text("address_1 city region state_province postal_code country"), "id": KEY, "location_id": KEY,
        "address_type": KIND,
    },
    "accessibility": {**text("description details"), "id": KEY, "location_id": KEY, "url": ADDRESS},
}  # fmt: skip
REQUIRED = {
    "organization": ["id", "name", "description"],
    "service": ["id", "name", "status"],
    "location": ["id", "location_type"],
    "phone": ["id", "number"],
    "address": ["id", "address_1", "city", "state_province", "postal_code", "country", "address_type"],
}
DEFINED = {
    name: {
        "type": "object",
        "properties": properties,
        "required": REQUIRED.get(name, ["id"]),
        "additionalProperties": False,
    }
    for name, properties in PROPERTIES.items()
}
LISTS = ("organizations", "services", "service_at_locations", "locations", "schedules", "languages")


def faults(name: str, data: Any) -> list[str]:
    schema = {"$ref": f"#/$defs/{name}", "$defs": DEFINED}
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)]


def everything(client: Client, code: str, name: str) -> list[dict[str, Any]]:
    """Of all pages of a list."""
    found: list[dict[str, Any]] = []
    for number in count(1):
        answer = client.get(f"/{code}/data/hsds/{name}", {"per_page": 100, "page": number}).json()
        assert (answer["first_page"], answer["empty"]) == (number == 1, False)
        found += answer["contents"]
        if answer["last_page"]:
            break
    assert answer["total_items"] == len(found) > 0
    return found


@pytest.mark.parametrize("code", ["de", "ar"])
@pytest.mark.parametrize("name", LISTS)
def test_every_list_keeps_to_the_specification(demo: None, client: Client, code: str, name: str) -> None:
    found = everything(client, code, name)
    assert [fault for each in found for fault in faults(name.removesuffix("s"), each)] == []
    assert len({each["id"] for each in found}) == len(found)


@pytest.mark.parametrize("code", ["de", "ar"])
@pytest.mark.parametrize("name", LISTS[:3])
def test_every_object_is_there_with_all_that_hangs_on_it(demo: None, client: Client, code: str, name: str) -> None:
    for each in everything(client, code, name):
        whole = client.get(f"/{code}/data/hsds/{name}/{each['id']}").json()
        assert faults(name.removesuffix("s"), whole) == []
        assert whole | each == whole
        assert UUID(whole["id"])


def test_what_an_object_names_is_listed(demo: None, client: Client) -> None:
    known = {name: {each["id"] for each in everything(client, "de", name)} for name in LISTS}
    for each in everything(client, "de", "service_at_locations"):
        assert each["service_id"] in known["services"]
        assert each["location_id"] in known["locations"]
    for name in ("schedules", "languages"):
        for each in everything(client, "de", name):
            assert each.get("service_id") in known["services"] or each.get("location_id") in known["locations"]
    for each in everything(client, "de", "services"):
        assert each["organization_id"] in known["organizations"]


def test_the_assured_date_is_the_last_confirmation(demo: None, client: Client) -> None:
    offered = everything(client, "de", "services")[0]
    page = OrganisationPage.objects.sources().get(translation_key=offered["organization_id"])
    record = record_of(page)
    record.last_confirmed_at = factories.berlin(2026, 10, 3, 0, 30)
    record.save()
    assert client.get(f"/de/data/hsds/services/{offered['id']}").json()["assured_date"] == "2026-10-03"


@pytest.mark.parametrize(
    ("address", "status"),
    [("services?page=0", 400), ("services?per_page=1000", 400), ("services?page=99", 404), ("people", 404)],
)
def test_what_cannot_be_answered_is_said_as_a_problem(demo: None, client: Client, address: str, status: int) -> None:
    response = client.get(f"/de/data/hsds/{address}")
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")


def test_the_entrance_says_which_version_it_is(demo: None, client: Client) -> None:
    said = client.get("/de/data/hsds/").json()
    assert said["version"] == "3.0"
    assert client.get(said["openapi_url"].removeprefix("http://testserver")).status_code == 200


def test_who_has_a_list_is_told_so(demo: None, client: Client) -> None:
    first = client.get("/de/data/hsds/services")
    assert client.get("/de/data/hsds/services", headers={"if-none-match": first["ETag"]}).status_code == 304
    other = client.get("/de/data/hsds/services?per_page=2", headers={"if-none-match": first["ETag"]})
    assert len(other.json()["contents"]) == 2


def test_an_offer_stands_in_the_words_of_the_reader_or_is_told_to_be_german(demo: None, client: Client) -> None:
    page = OrganisationPage.objects.listed().exclude(offers=None).first()
    page.offers.create(what="Nähkurs", weekday=2, starts=timezone.now().time(), locale=page.locale)
    page.save()
    names = [each["name"] for each in everything(client, "en", "services")]
    assert any("Nähkurs" in name and name.endswith("(In German)") for name in names)

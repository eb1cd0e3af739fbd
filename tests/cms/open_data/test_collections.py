"""What programs read, validated by an independent reader of OpenAPI and JSON Schema, in German and Arabic."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests import factories

NAMES = ("organisations", "offers", "events", "sessions", "news")


def described(client: Client, code: str = "de") -> dict[str, Any]:
    return client.get(f"/{code}/data/openapi.json").json()


def faults(answer: Any, document: dict[str, Any], path: str, kind: str = "application/json", status: int = 200) -> list:
    """What contradicts the document in an answer to ``path``."""
    content = document["paths"][path]["get"]["responses"][str(status)]["content"]
    registry = Registry().with_resource("urn:api", Resource.from_contents(document, default_specification=DRAFT202012))
    pointer = f"urn:api#/paths/{path.replace('~', '~0').replace('/', '~1')}/get/responses/{status}/content"
    schema = {"$ref": f"{pointer}/{kind.replace('/', '~1')}/schema"}
    assert kind in content
    validator = Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(answer)]


@pytest.mark.parametrize("code", ["de", "ar"])
def test_the_description_is_valid(demo: None, client: Client, code: str) -> None:
    document = described(client, code)
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert document["info"]["license"]["identifier"] == "DL-DE-BY-2.0"
    assert document["servers"][0]["url"] == f"http://testserver/{code}/data"


@pytest.mark.parametrize("code", ["de", "ar"])
@pytest.mark.parametrize("name", NAMES)
def test_every_answer_is_as_described(demo: None, client: Client, code: str, name: str) -> None:
    document = described(client, code)
    listed = client.get(f"/{code}/data/{name}.json")
    assert listed["Content-Type"] == "application/json"
    assert faults(listed.json(), document, f"/{name}.json") == []
    assert listed.json()["items"]
    for item in listed.json()["items"][:3]:
        single = client.get(f"/{code}/data/{name}/{item['id']}.json")
        assert faults(single.json(), document, f"/{name}/{{key}}.json") == []
        assert single.json() == item


@pytest.mark.parametrize("code", ["de", "ar"])
@pytest.mark.parametrize("name", NAMES)
def test_what_an_answer_leads_to_is_there(demo: None, client: Client, code: str, name: str) -> None:
    for item in client.get(f"/{code}/data/{name}.json").json()["items"]:
        assert client.get(item["url"].removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize("code", ["de", "ar"])
@pytest.mark.parametrize("name", NAMES)
def test_the_table_holds_the_same_rows(demo: None, client: Client, code: str, name: str) -> None:
    response = client.get(f"/{code}/data/{name}.csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    items = client.get(f"/{code}/data/{name}.json", {"size": 100}).json()["items"]
    assert [row["id"] for row in rows] == [item["id"] for item in items]
    assert not [cell for row in rows for cell in row.values() if cell[:1] in tuple("=+@\t\r")]


def test_places_on_the_map_are_longitude_first(demo: None, client: Client) -> None:
    response = client.get("/ar/data/organisations.geojson")
    assert response["Content-Type"] == "application/geo+json"
    found = response.json()
    assert faults(found, described(client, "ar"), "/organisations.geojson", "application/geo+json") == []
    known = client.get("/ar/data/organisations.json", {"size": 100}).json()["items"]
    assert [each["id"] for each in found["features"]] == [each["id"] for each in known if each["latitude"] is not None]
    for each in found["features"]:
        longitude, latitude = each["geometry"]["coordinates"]
        assert 5 < longitude < 16 and 47 < latitude < 56


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("organisations.json?page=0", 400),
        ("organisations.json?page=-1", 400),
        ("organisations.json?page=١", 400),
        ("organisations.json?page=1&page=2", 400),
        ("organisations.json?size=101", 400),
        ("organisations.json?size=" + "9" * 5000, 400),
        ("organisations.json?topic=" + "x" * 5000, 400),
        ("organisations.json?topic=' OR 1=1", 400),
        ("organisations.json?page=99999", 404),
        ("events.json?from=gestern", 400),
        ("events.json?from=0001-01-01", 400),
        ("events.json?from=2026-12-01&to=2026-11-01", 400),
        ("offers.json?weekday=8", 400),
        ("offers.json?weekday=12", 400),
        ("people.json", 404),
        ("news.geojson", 404),
        ("organisations/00000000-0000-0000-0000-000000000000.json", 404),
    ],
)
def test_what_cannot_be_answered_is_said_as_a_problem(demo: None, client: Client, address: str, status: int) -> None:
    response = client.get(f"/de/data/{address}")
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    said = response.json()
    assert (said["status"], said["type"]) == (status, "about:blank")
    assert said["detail"].endswith(".") and len(said["detail"]) < 200


@pytest.mark.parametrize("key", ["-" * 36, "0" * 36, "x", "%00", "1' OR 1=1", "9" * 5000])
def test_what_is_no_key_is_not_found(demo: None, client: Client, key: str) -> None:
    for address in (f"events/{key}.json", f"hsds/services/{key}"):
        assert client.get(f"/de/data/{address}", follow=True).status_code == 404


def test_the_pages_of_a_list_hold_each_row_once(demo: None, client: Client) -> None:
    address, seen = "/de/data/organisations.json?size=5&utm_source=x", []
    while address:
        page = client.get(address).json()
        seen += [item["id"] for item in page["items"]]
        address = (page["next"] or "").removeprefix("http://testserver")
        assert "utm_source" not in address
    whole = client.get("/de/data/organisations.json?size=100").json()
    assert seen == [item["id"] for item in whole["items"]]
    assert len(seen) == len(set(seen)) == whole["total"]


def test_who_has_the_answer_is_told_so(demo: None, client: Client) -> None:
    first = client.get("/ar/data/organisations.json")
    assert first["ETag"] and 'rel="license"' in first["Link"]
    again = client.get("/ar/data/organisations.json", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    other = client.get("/ar/data/organisations.json?size=3", headers={"if-none-match": first["ETag"]})
    assert other.status_code == 200


def test_pages_of_any_origin_may_ask(demo: None, client: Client) -> None:
    asked = client.options("/de/data/events.json", headers={"origin": "https://verein.example"})
    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (204, "*")
    assert "If-None-Match" in asked["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in asked
    assert not client.get("/de/data/events.json").cookies


def test_words_say_what_they_are_worth(demo: None, client: Client) -> None:
    words = [item["title"] for item in client.get("/ar/data/news.json?size=100").json()["items"]]
    assert {each["status"] for each in words} >= {"translated"}
    for each in words:
        assert each["direction"] == ("rtl" if each["language"] in ("ar", "fa") else "ltr")
        assert (each["status"] == "untranslated") == (each["language"] == "de")
        assert bool(each["remarks"]) == (each["status"] != "translated")


@pytest.mark.parametrize("name", NAMES)
def test_lists_ask_the_same_number_of_queries_however_long(demo: None, client: Client, name: str) -> None:
    def asked(size: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/ar/data/{name}.json?size={size}")
        return len(queries)

    asked(2)  # what a process learns once
    assert asked(2) == asked(100)


def test_people_find_a_page_about_it(demo: None, client: Client) -> None:
    response = client.get("/ar/data/")
    assert response.status_code == 200
    for name in NAMES:
        assert f"/ar/data/{name}.json" in response.content.decode()
    for address in ("organisations.geojson", "openapi.json", "hsds/"):
        assert f"/ar/data/{address}" in response.content.decode()


def test_an_organisation_tells_its_short_and_former_names(db: None, client: Client) -> None:
    names = {"short_name": "TGH", "former_names": "Erster Name\nZweiter Name"}
    factories.organisation(
        factories.directory(factories.municipality()), "Türkische Gemeinde Hagen", slug="tgh", **names
    )
    (item,) = client.get("/de/data/organisations.json").json()["items"]
    assert item["short_name"] == "TGH"
    assert item["former_names"] == ["Erster Name", "Zweiter Name"]
    table = client.get("/de/data/organisations.csv").content.decode()
    assert "TGH" in table
    assert "Zweiter Name" in table

"""Structured data as a graph: an independent reader of JSON-LD expands it, and what is linked is described there."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec_schemaorg.models as vocabulary
import pytest
from django.test import Client
from pyld import jsonld

from tests import webpages
from tests.journeys import addresses

SCHEMA = "https://schema.org/"
PAGES = {
    "": "WebSite",
    "organisationen/": "BreadcrumbList",
    "organisationen/beispielverein/": "NGO",
    "organisationen/ukrainer-in-hagen/": "NGO",
    "integrationsrat/": "GovernmentOrganization",
    "integrationsrat/2025/1/": "Event",
    "termine/beispiel-sprachcafe/": "Event",
    "aktuelles/netzwerktreffen-im-rathaus/": "NewsArticle",
}
BESIDE_SCHEMA = {("SearchAction", "query-input")}
"""What search engines ask for although the vocabulary has no such property."""

OTHER_PARENTS = {"HowToStep": ("CreativeWork",)}
"""The package keeps one of several parents of a type."""


def is_known(kind: str, name: str) -> bool:
    """Whether the vocabulary, as an independent package has it, knows that property of that type."""
    models = [getattr(vocabulary, each) for each in (kind, *OTHER_PARENTS.get(kind, ()))]
    known = {each for model in models for each in (*model.__struct_fields__, *model.__struct_encode_fields__)}
    return name in known or (kind, name) in BESIDE_SCHEMA


def graph(client: Client, path: str) -> list[dict[str, Any]]:
    """All that a page says, expanded: only absolute names, each value an object."""
    page = webpages.read(client.get(path))
    blocks = webpages.structured_data(page) + webpages.structured_data(page, of_the_way=True)
    found: list[dict[str, Any]] = []
    for block in blocks:
        assert block.pop("@context") == "https://schema.org"
        found += jsonld.expand({"@context": {"@vocab": SCHEMA}, **block})
    return found


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "@type" in value and "@value" not in value:
            yield value
        for each in value.values():
            yield from nodes(each)
    elif isinstance(value, list):
        for each in value:
            yield from nodes(each)


def described_as(client: Client, identity: str) -> list[str]:
    """Types of the node of that ``@id`` where its address leads."""
    found = [node for node in nodes(graph(client, urlsplit(identity).path)) if node.get("@id") == identity]
    return [kind.removeprefix(SCHEMA) for node in found for kind in node["@type"]]


@pytest.mark.parametrize("code", ["de", "ar"])
@pytest.mark.parametrize(("path", "kind"), PAGES.items())
def test_a_page_describes_what_it_is_about(demo: None, client: Client, code: str, path: str, kind: str) -> None:
    assert f"{SCHEMA}{kind}" in [each for node in nodes(graph(client, f"/{code}/{path}")) for each in node["@type"]]


@pytest.mark.parametrize("code", ["de", "ar"])
@pytest.mark.parametrize("address", [address for name, address in addresses.PAGES.items() if name != "fallback"])
def test_every_page_is_a_graph_in_the_words_of_schema_org(demo: None, client: Client, code: str, address: str) -> None:
    found = list(nodes(graph(client, f"/{code}{address}")))
    for node in found:
        names = {name for name in node if not name.startswith("@")}
        assert all(name.startswith(SCHEMA) for name in names)
        [kind] = [each.removeprefix(SCHEMA) for each in node["@type"]]
        assert [name for name in names if not is_known(kind, name.removeprefix(SCHEMA))] == []
        assert node.get("@id", "http://testserver/").startswith("http://testserver/")
    assert jsonld.to_rdf(found) or not found


@pytest.mark.parametrize("path", [path for path in PAGES if path])
def test_a_thing_is_the_same_in_every_language(demo: None, client: Client, path: str) -> None:
    def identities(code: str) -> set[str]:
        return {node["@id"] for node in nodes(graph(client, f"/{code}/{path}")) if "#" in node.get("@id", "")}

    assert identities("de") == identities("ar")


@pytest.mark.parametrize(
    ("path", "link", "kind"),
    [
        ("integrationsrat/2025/1/", "organizer", "GovernmentOrganization"),
        ("aktuelles/netzwerktreffen-im-rathaus/", "mentions", "NGO"),
    ],
)
def test_what_is_linked_is_described_there(demo: None, client: Client, path: str, link: str, kind: str) -> None:
    linked = [each for node in graph(client, f"/ar/{path}") for each in node.get(f"{SCHEMA}{link}", [])]
    assert linked
    for each in linked:
        assert kind in described_as(client, each["@id"])


@pytest.mark.parametrize("code", ["de", "ar"])
def test_the_way_leads_from_the_home_page_to_the_page(demo: None, client: Client, code: str) -> None:
    page = webpages.read(client.get(f"/{code}/organisationen/beispielverein/"))
    [way] = webpages.structured_data(page, of_the_way=True)
    steps = way["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert steps[-1]["item"] == f"http://testserver/{code}/organisationen/beispielverein/"
    for step in steps:
        assert client.get(urlsplit(step["item"]).path).status_code == 200


def test_the_search_that_the_site_names_answers(demo: None, client: Client) -> None:
    [site] = webpages.structured_data(webpages.read(client.get("/ar/")))
    address = site["potentialAction"]["target"]["urlTemplate"].replace("{search_term_string}", "Hagen")
    assert client.get(address.removeprefix("http://testserver")).status_code == 200

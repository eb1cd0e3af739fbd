"""Structured data as a graph: an independent reader of JSON-LD expands it, and what is linked is described there."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from pyld import jsonld

from tests import webpages

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
KNOWN = set(
    "address addressCountry addressLocality alternateName audience audienceType availability byDay byMonth byMonthDay "
    "closes creativeWorkStatus dateModified datePublished dayOfWeek description digitalSourceType email endDate "
    "endTime eventAttendanceMode eventSchedule eventStatus exceptDate geo headline image inLanguage "
    "isAccessibleForFree item itemListElement knowsLanguage latitude location longitude mainEntityOfPage mentions name "
    "offers openingHoursSpecification opens organizer parentOrganization position postalCode potentialAction "
    "previousStartDate price priceCurrency publisher query-input repeatCount repeatFrequency sameAs scheduleTimezone "
    "startDate startTime streetAddress subjectOf target telephone translationOfWork url urlTemplate validFrom "
    "validThrough".split()
)
"""Properties of schema.org that we use."""


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
def test_every_page_is_a_graph_of_known_words(demo: None, client: Client, code: str, path: str, kind: str) -> None:
    found = list(nodes(graph(client, f"/{code}/{path}")))
    assert f"{SCHEMA}{kind}" in [each for node in found for each in node["@type"]]
    for node in found:
        names = {name for name in node if not name.startswith("@")}
        assert {name.removeprefix(SCHEMA) for name in names} <= KNOWN
        assert all(name.startswith(SCHEMA) for name in names)
        assert node.get("@id", "http://testserver/").startswith("http://testserver/")
    assert jsonld.to_rdf(found)


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

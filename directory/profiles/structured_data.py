"""schema.org NGO for organisations."""

from typing import Any

from django.http import HttpRequest

from cms.http import structured_data
from cms.localization import languages
from cms.pages.base_page import BasePage
from cms.routing.address import path_of
from directory.profiles.coordinates import point_of
from directory.profiles.facts import FACTS


def identity_of(organisation: Any, request: HttpRequest) -> str:
    """``@id`` of an organisation, by its source page."""
    return structured_data.identity(request, path_of(organisation, languages.SOURCE), "organisation")


def organisation(page: BasePage, request: HttpRequest, *, hours: list[dict[str, Any]]) -> dict[str, Any]:
    """Of an organisation's page; ``subjectOf`` says in which language its words are: an NGO itself has none."""
    facts: Any = page.facts
    place = structured_data.place(name=facts.title, street=facts.street, postal_code=facts.postal_code, city=facts.city)
    address = request.build_absolute_uri(page.reader_path)
    point = point_of(facts)
    geo = {"@type": "GeoCoordinates", "longitude": point[0], "latitude": point[1]} if point else None
    return {
        "@type": "NGO",
        "@id": identity_of(facts, request),
        **{fact.schema_org: getattr(facts, fact.name) for fact in FACTS if fact.schema_org},
        "description": page.words.short_description.plain,
        "url": address,
        "subjectOf": {"@type": "WebPage", "@id": address, "inLanguage": page.words.lang},
        "sameAs": [url for url in (facts.website, *(link.value for link in facts.social_links)) if url],
        "address": place["address"] if facts.street else None,
        "location": {**place, "geo": geo, "openingHoursSpecification": hours} if hours or geo else None,
        "knowsLanguage": [language.code for language in facts.languages_spoken.all()],
    }

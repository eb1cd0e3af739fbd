"""schema.org NGO for organisations."""

from typing import Any

from django.http import HttpRequest

from cms.http import structured_data
from cms.pages.base_page import BasePage
from directory.profiles.facts import FACTS


def organisation(page: BasePage, request: HttpRequest, *, hours: list[dict[str, Any]]) -> dict[str, Any]:
    """Of an organisation's page; ``subjectOf`` says in which language its words are: an NGO itself has none."""
    facts: Any = page.facts
    place = structured_data.place(name=facts.title, street=facts.street, postal_code=facts.postal_code, city=facts.city)
    address = request.build_absolute_uri(page.reader_path)
    return {
        "@type": "NGO",
        **_of_facts(facts),
        "description": page.words.short_description.plain,
        "url": address,
        "subjectOf": {"@type": "WebPage", "@id": address, "inLanguage": page.words.lang},
        "sameAs": [url for url in (facts.website, *(link.value for link in facts.social_links)) if url],
        "address": place["address"] if facts.street else None,
        "location": {**place, "openingHoursSpecification": hours} if hours else None,
        "knowsLanguage": [language.code for language in facts.languages_spoken.all()],
    }


def _of_facts(facts: Any) -> dict[str, Any]:
    """One value, or a list where several facts, or lines of one, are said by the same property."""
    said: dict[str, list[str]] = {}
    for fact in FACTS:
        if fact.schema_org:
            said.setdefault(fact.schema_org, []).extend(filter(None, str(getattr(facts, fact.name)).splitlines()))
    return {name: values[0] if len(values) == 1 else values for name, values in said.items()}

"""Structured data (schema.org in JSON-LD) for search engines.

What has an address has an ``@id`` that is the same in every language: the German address, and what it is. So an event
leads to its organiser and an article to its publisher, wherever each is described.
"""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from cms.localization.clean_text import clean_value

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def as_script(data: dict[str, Any] | None) -> SafeString:
    """A JSON-LD data block; empty values are left out and nothing in it can close the element."""
    if not data:
        return mark_safe("")
    text = json.dumps({"@context": "https://schema.org", **without_empty(clean_value(data))}, ensure_ascii=False)
    return mark_safe(f'<script type="application/ld+json">{text.translate(ESCAPES)}</script>')  # noqa: S308 (escaped above)


def identity(request: HttpRequest, path: str, kind: str) -> str:
    """The ``@id`` of what lives at ``path``, its address in the source language."""
    return f"{request.build_absolute_uri(path)}#{kind}"


def municipality(request: HttpRequest, name: str) -> dict[str, Any]:
    """Who publishes all this; described in full on the home page."""
    return {"@type": "GovernmentOrganization", "@id": identity(request, "/", "municipality"), "name": name}


def without_empty(value: Any) -> Any:
    """``value`` without None, "" and empty containers, at every depth."""
    if isinstance(value, dict):
        cleaned = {key: without_empty(item) for key, item in value.items()}
        return {key: item for key, item in cleaned.items() if item not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [item for item in map(without_empty, value) if item not in (None, "", [], {})]
    return value


def place(*, name: str, street: str = "", postal_code: str = "", city: str = "") -> dict[str, Any]:
    """A schema.org Place with its PostalAddress."""
    address = {"streetAddress": street, "postalCode": postal_code, "addressLocality": city}
    if any(address.values()):
        address = {"@type": "PostalAddress", **address, "addressCountry": "DE"}
    return {"@type": "Place", "name": name, "address": address}

"""Objects of HSDS with all that hangs on them, as its API answers for one of them."""

from typing import Any

from cms.http.structured_data import without_empty
from directory.open_data.hsds import Described, Object


def whole_organization(described: Described) -> Object:
    """With all that hangs on it."""
    location = _nested(described) if described.location else None
    others = [each for each in described.locations if each is not described.location]
    return without_empty(
        {
            **described.organization,
            "phones": described.phones,
            "locations": [*([location] if location else []), *others],
            "services": [_of_service(described, offer) for offer in described.offers],
        }
    )


def whole_service(described: Described, offer: Any) -> Object:
    organization = described.organization
    return without_empty({**_of_service(described, offer), "organization": organization, "phones": described.phones})


def whole_service_at_location(described: Described, offer: Any) -> Object | None:
    link = described.service_at_location(offer)
    if link is None:
        return None
    service = {**described.service(offer), "organization": described.organization}
    return without_empty(
        {**link, "service": service, "location": _place(described, offer), "schedules": [described.schedule(offer)]}
    )


def _of_service(described: Described, offer: Any) -> Object:
    link = described.service_at_location(offer)
    at = [{**link, "location": _place(described, offer)}] if link else []
    return {
        **described.service(offer),
        "schedules": [described.schedule(offer)],
        "languages": described.languages_of(offer),
        "service_at_locations": at,
    }


def _place(described: Described, offer: Any) -> Object | None:
    return described.location_of(offer) if offer.words.place else _nested(described)


def _nested(described: Described) -> Object:
    return {
        **(described.location or {}),
        "addresses": described.addresses,
        "accessibility": described.accessibility,
        "languages": described.spoken,
        "schedules": list(described.opening_schedules),
    }

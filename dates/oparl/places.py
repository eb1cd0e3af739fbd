"""The places that a server names, among those that we know."""

from uuid import uuid4

from cms.localization import languages
from cms.pages import slugs
from dates.oparl.models import OParlSource
from dates.oparl.reading import Location
from dates.places import Place


def known_place(source: OParlSource, location: Location) -> Place | None:
    """The place that people call something else perhaps: then the sessions that are there already lead to it."""
    if not location.text:
        return None
    rows = source.meetings.filter(place_text=location.text).exclude(session__place=None)
    for row in rows.select_related("session__place"):
        if row.session is not None and "place" not in row.session.overridden:
            return row.session.place
    return next((place for place in Place.objects.filter(is_example=False) if _is_same(place, location)), None)


def place_of(source: OParlSource, location: Location) -> tuple[Place | None, bool]:
    """The place of ``location``, and whether it had to be made; None when the server does not know."""
    found = known_place(source, location)
    if found is not None or not location.text:
        return found, False
    name = location.name or location.text[:200]
    made = Place.objects.create(
        key=f"{slugs.of(name)[:40] or 'ort'}-{uuid4().hex[:6]}",
        name={languages.SOURCE: name},
        street=location.street,
        postal_code=location.postal_code,
        city=location.city,
    )
    return made, True


def _is_same(place: Place, location: Location) -> bool:
    """By name, or by street where the server names no more; never two streets."""
    if place.street and location.street and place.street.casefold() != location.street.casefold():
        return False
    if not location.name:
        return bool(place.street) and place.street.casefold() == location.street.casefold()
    return place.name.get(languages.SOURCE, "").casefold() == location.name.casefold()

"""Points on a map: typed or pasted by people, and links to a map that load nothing before they are chosen."""

import re
from decimal import Decimal
from typing import Any
from urllib.parse import quote, unquote

NUMBER = r"[-+]?\d{1,3}[.,]\d+"
PLACES = (
    rf"mlat=({NUMBER})&(?:amp;)?mlon=({NUMBER})",  # a marker of OpenStreetMap
    rf"#map=[\d.]+/({NUMBER})/({NUMBER})",  # the middle of its map
    rf"!3d({NUMBER})!4d({NUMBER})",  # a place of Google's map
    rf"@({NUMBER}),({NUMBER})",  # the middle of it
    rf"({NUMBER})[\s,;/°N]+({NUMBER})",  # two numbers, also in "geo:"
)


class NoPoint(ValueError):
    """Text in which no point on the earth can be found."""


def parse(text: str) -> tuple[Decimal, Decimal]:
    """Latitude and longitude in degrees with five decimals (about a metre), from numbers or the link of a map."""
    plain = unquote(text)
    for pattern in PLACES:
        match = re.search(pattern, plain)
        if match:
            latitude, longitude = (round(Decimal(part.replace(",", ".")), 5) for part in match.groups())
            if abs(latitude) <= 90 and abs(longitude) <= 180:
                return latitude, longitude
    raise NoPoint(text)


def map_link(*, latitude: Decimal | None, longitude: Decimal | None, address: str) -> str:
    """Address of OpenStreetMap for the point, or for a search for ``address``; "" without either."""
    if latitude is not None and longitude is not None:
        return f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=18/{latitude}/{longitude}"
    return f"https://www.openstreetmap.org/search?query={quote(address)}" if address else ""


def route_link(*, latitude: Decimal | None = None, longitude: Decimal | None = None, address: str = "") -> str:
    """Address of OpenStreetMap for the way there, from wherever the reader says; "" without point and address."""
    to = address if latitude is None or longitude is None else f"{latitude},{longitude}"
    return f"https://www.openstreetmap.org/directions?to={quote(to)}" if to else ""


def point_of(page: Any) -> tuple[float, float] | None:
    """Longitude and latitude, in this order (RFC 7946); None where either is not known."""
    if page.latitude is None or page.longitude is None:
        return None
    return float(page.longitude), float(page.latitude)

"""What the directory shows in place of its list where an address asks for the map: ``?map=districts``."""

from collections.abc import Mapping
from typing import Any

from directory.map.drawing import Drawing
from directory.map.nearby import NEAR
from directory.profiles.listing import Listing
from directory.profiles.taxonomy import District

MAP, DISTRICTS = "map", "districts"
DISTRICT = "district"
TEMPLATE = "directory/map/map_page.html"


def is_asked(parameters: Mapping[str, str]) -> bool:
    return bool(parameters.get(MAP))


def context(listing: Listing, path: str) -> dict[str, Any]:
    """``path`` is that of the list, which the map narrows down."""

    def narrow(district: District) -> str:
        return path + listing.query_string(**{DISTRICT: district.key, NEAR: ""})

    def near(district: District) -> str:
        return path + listing.query_string(**{DISTRICT: "", NEAR: district.key})

    drawing = Drawing(
        listing.found_by.districts.rows,
        listing.counts(DISTRICT),
        narrow,
        near,
        chosen=listing.asked.get(DISTRICT, ""),
    )
    return {"drawing": drawing, "list_href": path + listing.query_string()}


def href(listing: Listing, path: str) -> str:
    """The map of what ``listing`` finds; "" where there is none."""
    return path + listing.query_string(**{MAP: DISTRICTS}) if listing.found_by.districts else ""

"""What the directory shows in place of its list: ``?map=districts`` or, once it was chosen, ``?map=streets``."""

from collections.abc import Mapping
from typing import Any

from directory.map.drawing import Drawing
from directory.map.map_settings import street_map_of
from directory.map.nearby import NEAR
from directory.map.street_map import StreetMap
from directory.profiles.listing import Listing
from directory.profiles.taxonomy import District

MAP, DISTRICTS, STREETS = "map", "districts", "streets"
DISTRICT = "district"
TEMPLATES = {DISTRICTS: "directory/map/map_page.html", STREETS: "directory/map/street_map.html"}


def asked(parameters: Mapping[str, str]) -> str:
    """Which map, "" for none. What nobody knows means the districts, and loads nothing."""
    wanted = parameters.get(MAP, "")
    return STREETS if wanted == STREETS else DISTRICTS if wanted else ""


def context(listing: Listing, path: str) -> dict[str, Any]:
    """``path`` is that of the list, which the map narrows down. ``street_map`` is None where the Site has none."""

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
    settings = street_map_of(listing.site)
    return {
        "drawing": drawing,
        "list_href": path + listing.query_string(),
        "districts_href": path + listing.query_string(**{MAP: DISTRICTS}),
        "streets_href": path + listing.query_string(**{MAP: STREETS}),
        "street_map": StreetMap(listing, settings) if settings else None,
    }


def href(listing: Listing, path: str) -> str:
    """The map of what ``listing`` finds; "" where there is none."""
    there_is_one = bool(listing.found_by.districts) or street_map_of(listing.site) is not None
    return path + listing.query_string(**{MAP: DISTRICTS}) if there_is_one else ""

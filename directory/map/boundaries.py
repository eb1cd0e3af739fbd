"""The shapes of districts out of a GeoJSON file (RFC 7946) as cities publish it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from cms.localization.folding import folded
from directory.map.geometry import Ring, area, simplified
from directory.profiles.taxonomy import District

CORNERS_ACROSS = 600
"""What is finer than this part of the city would not be seen in the drawing."""
DECIMALS = 5
FEWEST = 3
MOST_BYTES = 10 * 1024 * 1024


class NoBoundaries(ValueError):
    """What is wrong with the file, for the person who has chosen it."""


def read(content: bytes, districts: Iterable[District]) -> dict[District, list[list[list[float]]]]:
    """By district its rings. A feature belongs to the district whose name or key one of its properties says."""
    by_name = {folded(name): each for each in districts for name in (each.name, each.key)}
    found: dict[District, list[Ring]] = {}
    for feature in _features(content):
        properties = feature.get("properties")
        said = properties.values() if isinstance(properties, dict) else ()
        named = [by_name[folded(text)] for text in said if isinstance(text, str) and folded(text) in by_name]
        if named:
            found.setdefault(named[0], []).extend(_rings(feature.get("geometry")))
    drawn = {district: rings for district, rings in found.items() if rings}
    if not drawn:
        raise NoBoundaries(_("No area in this file bears the name of a district."))
    tolerance = _width(ring for rings in drawn.values() for ring in rings) / CORNERS_ACROSS
    return {district: _fewer(rings, tolerance) for district, rings in drawn.items()}


def _features(content: bytes) -> list[dict[str, Any]]:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NoBoundaries(_("This is not a GeoJSON file.")) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise NoBoundaries(_("This is not a GeoJSON file."))
    return [feature for feature in features if isinstance(feature, dict)]


def _rings(geometry: Any) -> Iterator[Ring]:
    """Of a polygon or of several; what is no area has none."""
    kind, parts = (geometry.get("type"), geometry.get("coordinates")) if isinstance(geometry, dict) else ("", None)
    polygons = {"Polygon": [parts], "MultiPolygon": parts}.get(str(kind), [])
    try:
        rings = [[_point(each) for each in ring] for polygon in polygons for ring in polygon]
    except (TypeError, ValueError, IndexError) as error:
        raise NoBoundaries(_("This is not a GeoJSON file.")) from error
    yield from (ring for ring in rings if len(ring) >= FEWEST)


def _point(values: Any) -> tuple[float, float]:
    longitude, latitude = float(values[0]), float(values[1])
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):
        raise NoBoundaries(
            _("The numbers in this file are no degrees. Export it with the coordinates of GPS (WGS 84, EPSG:4326).")
        )
    return longitude, latitude


def _width(rings: Iterable[Ring]) -> float:
    across = [x for ring in rings for x, _y in ring]
    return max(across) - min(across)


def _fewer(rings: list[Ring], tolerance: float) -> list[list[list[float]]]:
    """Without what is too small to be seen; never nothing."""
    drawn = [short for ring in rings if len(short := simplified(ring, tolerance)) > FEWEST] or rings[:1]
    largest_first = sorted(drawn, key=lambda ring: -abs(area(ring)))
    return [[[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring] for ring in largest_first]

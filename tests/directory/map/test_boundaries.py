"""Shapes of districts out of the files that cities publish."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.map import boundaries
from directory.map.boundaries import NoBoundaries
from directory.models import District

HASPE, DAHL = District(pk=1, key="haspe", name="Haspe"), District(pk=2, key="eilpe-dahl", name="Eilpe/Dahl")
RING = [[7.4, 51.3], [7.5, 51.3], [7.5, 51.4], [7.4, 51.4], [7.4, 51.3]]


def feature(name: str, geometry: Any, field: str = "STADTBEZ") -> dict[str, Any]:
    return {"type": "Feature", "properties": {"nr": 5, field: name}, "geometry": geometry}


def read(*features: Any) -> dict[str, Any]:
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    return {each.key: rings for each, rings in boundaries.read(content, [HASPE, DAHL]).items()}


def test_an_area_belongs_to_the_district_that_any_property_names() -> None:
    polygon = {"type": "Polygon", "coordinates": [RING]}
    found = read(feature("HASPE", polygon), feature("Eilpe/Dahl", polygon, "gen"), feature("Anderswo", polygon))
    assert set(found) == {"haspe", "eilpe-dahl"}
    assert found["haspe"] == [RING]


def test_several_parts_are_one_district_with_the_largest_first() -> None:
    small = [[x / 10 + 7, y / 10 + 46] for x, y in RING]
    found = read(feature("Haspe", {"type": "MultiPolygon", "coordinates": [[small], [RING]]}))
    assert found["haspe"] == [RING, small]


def test_what_nobody_would_see_is_left_out() -> None:
    bottom = [[7.4 + number / 100_000, 51.3 + (number % 2) / 1_000_000] for number in range(10_000)]
    found = read(feature("Haspe", {"type": "Polygon", "coordinates": [[*bottom, *RING[1:]]]}))
    assert len(found["haspe"][0]) < 20


def test_heights_are_left_out() -> None:
    high = [[*point, 120.5] for point in RING]
    assert read(feature("Haspe", {"type": "Polygon", "coordinates": [high]}))["haspe"] == [RING]


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"\xff\xfe", b"[]", b"null", b"{}", b'{"features": 1}', b'{"features": [1]}', b"[" * 100_000),
        json.dumps({"features": [feature("Haspe", None)]}).encode(),
        json.dumps({"features": [feature("Haspe", {"type": "Point", "coordinates": [7, 51]})]}).encode(),
        json.dumps({"features": [feature("Haspe", {"type": "Polygon", "coordinates": 7})]}).encode(),
        json.dumps({"features": [feature("Haspe", {"type": "Polygon", "coordinates": [[["a", "b"]]]})]}).encode(),
        json.dumps(
            {"features": [feature("Haspe", {"type": "Polygon", "coordinates": [[[394000, 5690000]]]})]}
        ).encode(),
        json.dumps({"features": [feature("Haspe", {"type": "Polygon", "coordinates": [[[1e999, 51]]]})]}).encode(),
        json.dumps({"features": [feature("Elsewhere", {"type": "Polygon", "coordinates": [RING]})]}).encode(),
    ],
    ids=lambda content: content[:60].decode(errors="replace"),
)
def test_what_is_no_such_file_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(NoBoundaries) as refused:
        boundaries.read(content, [HASPE])
    assert str(refused.value)


@given(st.recursive(st.none() | st.integers() | st.text(max_size=3), lambda inner: st.lists(inner, max_size=4)))
def test_odd_geometry_is_refused_or_read(coordinates: Any) -> None:
    for kind in ("Polygon", "MultiPolygon"):
        try:
            assert read(feature("Haspe", {"type": kind, "coordinates": coordinates}))
        except NoBoundaries as refused:
            assert str(refused)

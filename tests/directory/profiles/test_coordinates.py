"""Points on a map, as people find them."""

from decimal import Decimal

import pytest

from directory.profiles.coordinates import NoPoint, map_link, parse

HAGEN = (Decimal("51.35832"), Decimal("7.47441"))


@pytest.mark.parametrize(
    "text",
    [
        "51.35832, 7.47441",
        "51.358321 7.474412",
        "51,35832; 7,47441",
        "geo:51.35832,7.47441?z=19",
        "https://www.openstreetmap.org/?mlat=51.35832&mlon=7.47441#map=19/1.5/2.5",
        "https://www.openstreetmap.org/#map=19/51.35832/7.47441",
        "https://www.google.com/maps/place/X/@51.35832,7.47441,17z/",
        "https://www.google.com/maps/place/X/@1.5,2.5,17z/data=!3m1!3d51.35832!4d7.47441",
        "https://maps.google.com/?q=51.35832%2C7.47441",
    ],
)
def test_a_point_is_found(text: str) -> None:
    assert parse(text) == HAGEN


@pytest.mark.parametrize("text", ["", "Lange Straße 1", "51", "91.5, 7.5", "51.5, 181.5", "javascript:alert(1)"])
def test_what_is_no_point_is_said(text: str) -> None:
    with pytest.raises(NoPoint):
        parse(text)


def test_the_map_shows_the_point_or_looks_for_the_address() -> None:
    assert "mlat=51.35832&mlon=7.47441" in map_link(latitude=HAGEN[0], longitude=HAGEN[1], address="")
    assert map_link(latitude=None, longitude=None, address="Lange Str. 1 & 2").endswith("Lange%20Str.%201%20%26%202")
    assert map_link(latitude=None, longitude=None, address="") == ""

"""How far, where the middle is, and which corners are seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.map.geometry import area, kilometres, middle, simplified

SQUARE = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]
POINTS = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


def test_berlin_is_255_kilometres_from_hamburg() -> None:
    assert kilometres((13.405, 52.52), (9.993, 53.551)) == pytest.approx(255, abs=1)


@given(POINTS, POINTS)
def test_it_is_as_far_there_as_back(one: tuple[float, float], other: tuple[float, float]) -> None:
    assert kilometres(one, other) == pytest.approx(kilometres(other, one), abs=1e-6)
    assert 0 <= kilometres(one, other) <= 20_016


def test_the_middle_of_a_square_is_where_its_diagonals_meet() -> None:
    assert middle(SQUARE) == pytest.approx((1, 1))
    assert area(SQUARE) == pytest.approx(4)


def test_a_shape_without_width_has_a_middle_too() -> None:
    assert middle([(0, 0), (2, 0), (4, 0)]) == pytest.approx((2, 0))


def test_corners_that_nobody_sees_are_left_out() -> None:
    assert simplified([(0, 0), (1, 0.001), (2, 0), (2, 2)], 0.01) == [(0, 0), (2, 0), (2, 2)]


def test_a_closed_ring_keeps_its_corners() -> None:
    assert simplified([*SQUARE, SQUARE[0]], 0.01) == [*SQUARE, SQUARE[0]]

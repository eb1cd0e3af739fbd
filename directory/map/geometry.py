"""Shapes on the earth, in degrees of longitude and latitude (RFC 7946): distances, middles, fewer corners."""

from collections.abc import Sequence
from math import asin, cos, hypot, radians, sin, sqrt

Point = tuple[float, float]
"""Longitude and latitude."""
Ring = Sequence[Point]
EARTH = 6371.0
"""Its mean radius in kilometres."""
SMALL = 1e-12


def kilometres(one: Point, other: Point) -> float:
    """As the crow flies (haversine)."""
    (x, y), (u, v) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((v - y) / 2) ** 2 + cos(y) * cos(v) * sin((u - x) / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))


def area(ring: Ring) -> float:
    """In square degrees; negative where it runs clockwise."""
    return sum(x * v - u * y for (x, y), (u, v) in _sides(ring)) / 2


def middle(ring: Ring) -> Point:
    """Its centre of gravity."""
    whole = area(ring)
    if abs(whole) < SMALL:
        return sum(x for x, _y in ring) / len(ring), sum(y for _x, y in ring) / len(ring)
    sides = [(x, y, u, v, x * v - u * y) for (x, y), (u, v) in _sides(ring)]
    return (
        sum((x + u) * part for x, _y, u, _v, part in sides) / (6 * whole),
        sum((y + v) * part for _x, y, _u, v, part in sides) / (6 * whole),
    )


def _sides(ring: Ring) -> list[tuple[Point, Point]]:
    return list(zip(ring, [*ring[1:], ring[0]], strict=True))


def simplified(ring: Ring, tolerance: float) -> list[Point]:
    """Without corners that are less than ``tolerance`` degrees beside the line (Douglas and Peucker)."""
    kept, spans = {0, len(ring) - 1}, [(0, len(ring) - 1)]
    while spans:
        first, last = spans.pop()
        beside = [(_beside(ring[each], ring[first], ring[last]), each) for each in range(first + 1, last)]
        far, corner = max(beside, default=(0.0, first))
        if far > tolerance:
            kept.add(corner)
            spans += [(first, corner), (corner, last)]
    return [ring[each] for each in sorted(kept)]


def _beside(point: Point, start: Point, end: Point) -> float:
    """How far ``point`` is from the line; from ``start`` where there is none."""
    (x, y), (u, v), (s, t) = point, start, end
    length = hypot(s - u, t - v)
    if length < SMALL:
        return hypot(x - u, y - v)
    return abs((s - u) * (v - y) - (u - x) * (t - v)) / length

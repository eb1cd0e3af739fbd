"""The districts as a drawing that the server makes: no script, no tiles, nothing from elsewhere."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import cos, radians

from django.utils.functional import cached_property

from cms.localization.localized_text import LocalizedText
from directory.map.geometry import Point, Ring, middle
from directory.profiles.taxonomy import District

WIDTH = 600
"""Units of the drawing; its height follows from the city."""
EDGE = 6


@dataclass(frozen=True)
class Area:
    """``path`` is that of SVG, empty for a district that nobody has drawn."""

    district: District
    count: int
    href: str
    near: str = ""
    path: str = ""
    across: int = 0
    down: int = 0
    selected: bool = False

    @property
    def label(self) -> LocalizedText:
        return self.district.label


@dataclass
class Drawing:
    """``districts`` with what each finds by its key; ``narrow`` and ``near`` give the addresses of its lists."""

    districts: Iterable[District]
    counts: Mapping[str, int]
    narrow: Callable[[District], str]
    near: Callable[[District], str]
    chosen: str = ""
    _rings: dict[int, list[Ring]] = field(init=False)

    def __post_init__(self) -> None:
        self.districts = list(self.districts)
        self._rings = {district.pk: district.rings for district in self.districts if district.rings}

    @cached_property
    def _frame(self) -> tuple[float, float, float, float]:
        """West, north, and how many units a degree is, across and down."""
        points = [point for rings in self._rings.values() for ring in rings for point in ring]
        west, east = min(x for x, _y in points), max(x for x, _y in points)
        south, north = min(y for _x, y in points), max(y for _x, y in points)
        across = (WIDTH - 2 * EDGE) / max(east - west, 1e-6)
        return west, north, across, across / max(cos(radians((north + south) / 2)), 0.01)

    def _place(self, point: Point) -> tuple[int, int]:
        west, north, across, down = self._frame
        return round((point[0] - west) * across) + EDGE, round((north - point[1]) * down) + EDGE

    @property
    def height(self) -> int:
        return max((self._place(p)[1] for rings in self._rings.values() for r in rings for p in r), default=0) + EDGE

    @property
    def size(self) -> str:
        """For ``viewBox``; "" where nothing is drawn."""
        return f"0 0 {WIDTH} {self.height}" if self._rings else ""

    @property
    def is_schematic(self) -> bool:
        return any(district.is_schematic for district in self.districts if district.pk in self._rings)

    @cached_property
    def areas(self) -> list[Area]:
        return [self._area(district) for district in self.districts]

    @property
    def drawn(self) -> list[Area]:
        return [area for area in self.areas if area.path]

    def _area(self, district: District) -> Area:
        rings = self._rings.get(district.pk, [])
        across, down = self._place(middle(rings[0])) if rings else (0, 0)
        return Area(
            district,
            self.counts.get(district.key, 0),
            self.narrow(district),
            near=self.near(district) if district.centre else "",
            path="".join(self._path(ring) for ring in rings),
            across=across,
            down=down,
            selected=district.key == self.chosen,
        )

    def _path(self, ring: Ring) -> str:
        corners = dict.fromkeys(f"{x} {y}" for x, y in map(self._place, ring))
        return f"M{'L'.join(corners)}Z"

"""The one function that reads the index: what a query means, and what it finds, best first."""

from collections.abc import Collection
from dataclasses import dataclass, field

from wagtail.models import Site


@dataclass(frozen=True)
class Match:
    kind: str
    object_id: int
    score: int
    is_whole: bool
    """All words of the query were met."""


@dataclass(frozen=True)
class Group:
    kind: str
    matches: list[Match]
    """Best first, all of them; of equal ones the newer, then the lower key."""


@dataclass(frozen=True)
class Found:
    """``groups`` in the order of their best hits. ``words`` as typed, without those that say nothing ("who", "is");
    ``missed``: those of them that were met nowhere, not even nearly; ``nearest``: written words that are near to what
    was missed, each known to stand in something public on this site."""

    groups: list[Group] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    nearest: list[str] = field(default_factory=list)

    def marked(self, text: str, language: str) -> list[tuple[str, bool]]:
        """``text`` in pieces that make it up again, and of each whether it is what was looked for."""
        return [(text, False)]


def find(query: str, *, site: Site, language: str, kinds: Collection[str] | None = None) -> Found:
    """What of ``kinds`` (all of them without) is public on ``site`` and answers ``query`` of a reader of ``language``.

    Any text is a query; of a long one only the beginning counts. Never raises; asks the database a fixed number of
    times.
    """
    raise NotImplementedError

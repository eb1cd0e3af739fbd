"""What was found for a query, and which words of a text are what was looked for."""

from dataclasses import dataclass, field
from functools import lru_cache

from cms.search.forms import STEM
from cms.search.passages import FACTS, NAMES
from cms.search.stems import stems_of
from cms.search.words import plain, words_in


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
    """Best first, all of them; of equal ones what comes next, then what was last, then the lower key."""


@dataclass(frozen=True)
class Found:
    """``groups`` in the order of their best hits. ``words`` as typed, without those that say nothing ("who", "is");
    ``missed``: those of them that were met nowhere, not even nearly; ``nearest``: written words that are near to what
    was mistyped or missed, each known to stand in something public on this site."""

    groups: list[Group] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    nearest: list[str] = field(default_factory=list)
    met: dict[str, frozenset[str]] = field(default_factory=dict)
    """By language, the forms that answered."""

    @property
    def answers(self) -> list[Match]:
        """What has all words; where nothing has, what has some of them."""
        matches = [match for group in self.groups for match in group.matches]
        return [match for match in matches if match.is_whole] or matches

    @property
    def is_partial(self) -> bool:
        """Whoever reads a list of ``answers`` is told that none of them has all words."""
        return any(not match.is_whole for match in self.answers)

    def marked(self, text: str, language: str) -> list[tuple[str, bool]]:
        """``text`` in pieces that make it up again, and of each whether it is what was looked for."""
        everybodys = self.met.get(NAMES, frozenset()) | self.met.get(FACTS, frozenset())
        own = self.met.get(language, frozenset())
        pieces: list[tuple[str, bool]] = []
        end = 0
        for found in words_in(text) if own or everybodys else ():
            word = found[0]
            if not own.isdisjoint(_said(word, language)) or not everybodys.isdisjoint(_said(word, FACTS)):
                pieces += [(text[end : found.start()], False), (word, True)]
                end = found.end()
        return [piece for piece in (*pieces, (text[end:], False)) if piece[0]]


@lru_cache(maxsize=20_000)
def _said(word: str, language: str) -> tuple[str, ...]:
    return plain(word), *(STEM + stem for stem in stems_of(word, language))

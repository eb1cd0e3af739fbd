"""What a visitor sees of what was found: a section for each kind, and of each hit the passage that says why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wagtail.models import Site

from cms.localization import notices
from cms.localization.localized_text import LocalizedText
from cms.pages.isolation import read_each
from cms.search import kinds
from cms.search.finding import Found, Group, Match
from cms.search.kinds import Kind, Shown

FEW = 5
"""Hits of a kind beside those of others."""
LONGEST = 220
"""Letters of a passage."""
BEFORE = 60
"""Letters of a passage ahead of the first word that is marked."""
LOOKED_THROUGH = 2500
"""Letters of a text in which words are looked for to be marked."""
Pieces = Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class Passage:
    """``words`` in pieces, each with whether it is what was looked for."""

    words: LocalizedText
    pieces: Pieces

    @property
    def says_it(self) -> bool:
        return any(is_marked for _text, is_marked in self.pieces)


@dataclass(frozen=True)
class Hit:
    path: str
    title: Passage
    teaser: Passage | None

    @property
    def remarks(self) -> list[str]:
        """What is to be told of these words."""
        shown = [self.title.words, *([self.teaser.words] if self.teaser else [])]
        return list(dict.fromkeys(label for words in shown for label in notices.labels(words)))


@dataclass(frozen=True)
class Section:
    kind: Kind
    count: int
    hits: list[Hit]

    @property
    def has_more(self) -> bool:
        return self.count > len(self.hits)


def passage(words: LocalizedText, found: Found) -> Passage:
    pieces = found.marked(words.plain[:LOOKED_THROUGH], words.lang)
    return Passage(words, [piece for piece in pieces if piece[0]])


def shortened(pieces: Pieces) -> Pieces:
    """Around the first piece that is marked, cut between words; what was left out is shown as "…"."""
    text = "".join(piece for piece, _is_marked in pieces)
    if len(text) <= LONGEST:
        return pieces
    begins, at = 0, 0
    for piece, is_marked in pieces:
        if is_marked:
            begins = max(0, at - BEFORE)
            break
        at += len(piece)
    if begins:
        begins = text.find(" ", begins, at) + 1 or begins
    ends = len(text) if len(text) - begins <= LONGEST else text.rfind(" ", begins, begins + LONGEST) + 1
    ends = ends or begins + LONGEST
    kept, at = [], 0
    for piece, is_marked in pieces:
        part = piece[max(0, begins - at) : max(0, ends - at)]
        at += len(piece)
        if part:
            kept.append((part, is_marked))
    return [
        *([("… ", False)] if begins else []),
        *kept,
        *([("…", False)] if ends < len(text) else []),
    ]


def _teaser(teasers: Iterable[LocalizedText], found: Found) -> Passage | None:
    """The first that says what was looked for, else the first."""
    first = None
    for words in filter(None, teasers):
        made = passage(words, found)
        if made.says_it:
            return Passage(words, shortened(made.pieces))
        first = first or made
    return first and Passage(first.words, shortened(first.pieces))


def _hit(shown: Shown, found: Found) -> Hit:
    return Hit(shown.path, passage(shown.title, found), _teaser(shown.teasers, found))


def hits_of(kind: Kind, matches: Sequence[Match], found: Found, *, site: Site) -> list[Hit]:
    """In their order, without what is not public any more."""
    shown = kind.shown(site, [match.object_id for match in matches])
    rows = [shown[match.object_id] for match in matches if match.object_id in shown]
    return read_each(rows, lambda row: _hit(row, found))


def sections_of(found: Found, *, site: Site) -> list[Section]:
    """The first hits of each kind."""
    made = [_section(group, group.matches[:FEW], found, site) for group in found.groups]
    return [section for section in made if section.hits]


def _section(group: Group, matches: Sequence[Match], found: Found, site: Site) -> Section:
    kind = kinds.named(group.kind)
    return Section(kind, len(group.matches), hits_of(kind, matches, found, site=site))

"""Forms of words: what stands in the index instead of words, and what a word of a query is turned into.

A form is a folded word (``kurse``), its stem after ``~`` (``~kurs``) or, for names and facts, its skeleton after ``^``.
The weight of a form is that of BM25F (Robertson, Zaragoza 2009), as a whole number: how often it stands in a document,
more in a title than in a text, less in a long text, and never twice as much for twice as often. Lengths are compared
with those of usual passages, not of the other documents, so that a document weighs the same whatever stands beside it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from cms.localization import languages
from cms.search import stop_words
from cms.search.passages import FACTS, NAMES, Part, Passage
from cms.search.skeletons import skeleton
from cms.search.stems import stems_of
from cms.search.words import LONGEST, parts_of, plain, words_in

STEM, SKELETON = "~", "^"
WEIGHTS = {Part.NAME: 16.0, Part.FACT: 14.0, Part.TITLE: 4.0, Part.OFFER: 4.0, Part.TEASER: 2.0, Part.BODY: 1.0}
MOST_OF_BODY = 6.0
"""However often a word stands in a text: with title and teaser it stays below a fact."""
USUAL_LENGTH = 200
"""Words of a usual body."""
LENGTH_COUNTS = 0.75
"""How much a longer body takes from a word in it: BM25's ``b``. Other parts are short by themselves."""
SATURATION = 2.5
"""BM25's ``k1``: as much as this makes half of the highest weight."""
HIGHEST = 1000
HYPHENS = re.compile(r"[-‐‑]")


class Standing(NamedTuple):
    """How a form stands in a document."""

    weight: int
    """1 to 1,000, what ``SearchPosting.weight`` keeps; depends on this document's passages and on nothing else."""
    written: str
    """The word as it is first written there, for ``SearchTerm.written``; at most 64 characters, as the form."""


def postings_of(passages: Sequence[Passage]) -> dict[tuple[str, str], Standing]:
    """By language and form; the language is that of the passage (``xx`` for names and ``zz`` for facts, too)."""
    lengths: Counter[str] = Counter()
    times: dict[tuple[str, str], float] = defaultdict(float)
    in_body: Counter[tuple[str, str]] = Counter()
    written: dict[tuple[str, str], str] = {}
    for passage in passages:
        for word in written_words(passage.text):
            if passage.part is Part.BODY:
                lengths[passage.language] += 1
                if plain(word) in stop_words.of(passage.language):
                    continue
            for form in forms_in_index(word, passage.language, passage.part):
                key = (passage.language, form)
                written.setdefault(key, word[:LONGEST])
                if passage.part is Part.BODY:
                    in_body[key] += 1
                else:
                    times[key] += WEIGHTS[passage.part]
    postings = {}
    for key, word in written.items():
        longer = lengths[key[0]] / USUAL_LENGTH
        often = WEIGHTS[Part.BODY] * in_body[key] / (1 - LENGTH_COUNTS + LENGTH_COUNTS * longer)
        worth = times[key] + min(often, MOST_OF_BODY)
        postings[key] = Standing(max(1, round(HIGHEST * worth / (worth + SATURATION))), word)
    return postings


def length_of(passages: Sequence[Passage]) -> int:
    """``SearchDocument.length``."""
    return sum(1 for passage in passages if passage.language == languages.SOURCE for _word in words_in(passage.text))


def written_words(text: str) -> Iterator[str]:
    """One by one, and after words with hyphens between them all of these as one."""
    compound: list[str] = []
    end = 0
    for found in words_in(text):
        if compound and not HYPHENS.fullmatch(text[end : found.start()]):
            yield from _as_one(compound)
            compound = []
        compound.append(found[0])
        end = found.end()
        yield found[0]
    yield from _as_one(compound)


def _as_one(compound: list[str]) -> Iterator[str]:
    if 1 < len(compound) < 5:
        yield "".join(compound)


@lru_cache(maxsize=50_000)
def forms_in_index(word: str, language: str, part: Part) -> tuple[str, ...]:
    """Of long texts the stems only: that halves the table."""
    forms: dict[str, None] = {}
    for piece in parts_of(word):
        if not (spelt := plain(piece)):
            continue
        if part is not Part.BODY:
            forms[spelt] = None
        forms.update(dict.fromkeys(STEM + stem for stem in stems_of(piece, language)))
        if language in (NAMES, FACTS) and (bones := skeleton(piece)):
            forms[SKELETON + bones] = None
    return tuple(form[:LONGEST] for form in forms)

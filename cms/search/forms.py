"""Forms of words: what stands in the index instead of words, and what a word of a query is turned into.

A form is a folded word (``kurse``), its stem after ``~`` (``~kurs``) or, for names, its skeleton after ``^``.
"""

from collections.abc import Sequence
from typing import NamedTuple

from cms.search.passages import Passage


class Standing(NamedTuple):
    """How a form stands in a document."""

    weight: int
    """1 to 1,000, what ``SearchPosting.weight`` keeps; depends on this document's passages and on nothing else."""
    written: str
    """The word as it is first written there, for ``SearchTerm.written``; at most 64 characters, as the form."""


def postings_of(passages: Sequence[Passage]) -> dict[tuple[str, str], Standing]:
    """By language and form; the language is that of the passage (``xx`` for names and ``zz`` for facts, too)."""
    raise NotImplementedError


def length_of(passages: Sequence[Passage]) -> int:
    """``SearchDocument.length``."""
    raise NotImplementedError

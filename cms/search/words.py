"""Words of a text: where they stand, and how they are spelt when nobody can see the difference."""

import re
from collections.abc import Iterator
from functools import lru_cache

from cms.localization.folding import folded

LONGEST = 64
"""Letters of a word that count; longer ones are addresses and noise."""
INSIDE = "'’ʼ‘`´\u00ad\u200b\u200c\u200d\u2060\ufeff"
MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0a3c-\u0a4d\u0b3e-\u0b4d\u0bbe-\u0bcd\u0c3e-\u0c56\u0d3e-\u0d4d\u0e31-\u0e3a\u0e47-\u0e4e"
)
LETTER = rf"(?:[^\W_]|[{MARKS}])"
WORD = re.compile(rf"[^\W_]{LETTER}*(?:[{INSIDE}]+[^\W_]{LETTER}*)*")
APOSTROPHE = re.compile(r"['’ʼ‘`´]")
ZERO_WIDTH_NON_JOINER = "\u200c"


def words_in(text: str) -> Iterator[re.Match[str]]:
    """
    >>> [word[0] for word in words_in("E-Mail: Ali’nin 2 kitabı")]
    ['E', 'Mail', 'Ali’nin', '2', 'kitabı']
    """
    return WORD.finditer(text)


def parts_of(word: str) -> list[str]:
    """The word as it is compared, and what of it is a word of its own: before an apostrophe that begins a suffix
    ("Hagen’de", "women's"), on both sides of a Persian half space."""
    parts = [word]
    if word[0].isascii() or word[0] in "çğıöşüÇĞİÖŞÜ":
        parts += [part for part in APOSTROPHE.split(word)[:1] if part != word and len(part) > 2]
    if ZERO_WIDTH_NON_JOINER in word:
        parts += [part for part in word.split(ZERO_WIDTH_NON_JOINER) if len(part) > 2]
    return parts


@lru_cache(maxsize=50_000)
def plain(word: str) -> str:
    """One word, folded and no longer than an index keeps it."""
    return folded(word).replace(" ", "")[:LONGEST]

"""Where words of a query stand in a group of synonyms, alone or side by side, in any inflection."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from cms.search import stop_words
from cms.search.stems import stems_of
from cms.search.words import plain

Group = tuple[str, ...]
"""Words or phrases."""


class Phrase(NamedTuple):
    stems: list[frozenset[str]]
    """Of each of its words."""
    others: Group
    """What else the group has."""


def others_of(words: Sequence[str], language: str, groups: tuple[Group, ...]) -> Iterator[tuple[int, int, str]]:
    """Of each phrase of a group that is met: its first word, the one after its last, and each other of the group."""
    phrases = _by_first_word(language, groups)
    asked = [_stems(word, language) for word in words]
    for start, stems in enumerate(asked):
        for phrase in (each for stem in sorted(stems) for each in phrases.get(stem, ())):
            end = start + len(phrase.stems)
            if end <= len(words) and all(map(frozenset.intersection, phrase.stems, asked[start:end])):
                yield from ((start, end, other) for other in phrase.others)


@lru_cache(maxsize=32)
def _by_first_word(language: str, groups: tuple[Group, ...]) -> dict[str, list[Phrase]]:
    found: dict[str, list[Phrase]] = defaultdict(list)
    for group in groups:
        for written in group:
            if stems := [_stems(each, language) for each in stop_words.words_of(written, language)]:
                phrase = Phrase(stems, tuple(other for other in group if other != written))
                for stem in stems[0]:
                    found[stem].append(phrase)
    return dict(found)


def _stems(word: str, language: str) -> frozenset[str]:
    return frozenset(stems_of(word, language)) | {plain(word)}

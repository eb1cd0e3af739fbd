"""Words that say nothing about what is looked for; ``stop_words.toml`` lists them by language."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from cms.localization import languages
from cms.search.words import plain, words_in

LONGEST_QUERY, MOST_WORDS = 500, 10
"""Letters and words that count."""


@cache
def _listed() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("stop_words.toml").read_text(encoding="utf-8"))


@cache
def of(language: str) -> frozenset[str]:
    """Folded; of languages that are not the site's none."""
    return _folded(_listed().get(language.removesuffix("-simple"), ""))


def asks_when(query: str, language: str) -> bool:
    """In the language of the reader or in German."""
    asking: dict[str, str] = _listed()["when"]
    words = {plain(found[0]) for found in words_in(query)}
    return any(
        not words.isdisjoint(_folded(asking.get(each.removesuffix("-simple"), "")))
        for each in (language, languages.SOURCE)
    )


def _folded(words: str) -> frozenset[str]:
    return frozenset(plain(word) for word in words.split())


def words_of(query: str, language: str) -> list[str]:
    """As typed, each once, without those that say nothing; all if there are no others."""
    words: dict[str, str] = {}
    for word in (found[0] for found in words_in(query[:LONGEST_QUERY])):
        if spelt := plain(word):
            words.setdefault(spelt, word)
    silent = max((of(each) for each in (language, languages.SOURCE)), key=lambda some: len(some & set(words)))
    kept = [word for spelt, word in words.items() if spelt not in silent and spelt not in of(language)]
    return (kept or list(words.values()))[:MOST_WORDS]

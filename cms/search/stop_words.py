"""Words that say nothing about what is looked for; ``stop_words.toml`` lists them by language."""

import tomllib
from functools import cache
from pathlib import Path

from cms.search.words import plain


@cache
def of(language: str) -> frozenset[str]:
    """Folded; of languages that are not the site's none."""
    listed = tomllib.loads(Path(__file__).with_name("stop_words.toml").read_text(encoding="utf-8"))
    return frozenset(plain(word) for word in listed.get(language.removesuffix("-simple"), "").split())

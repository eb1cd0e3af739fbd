"""Terms whose translation is fixed, and names that stay as they are."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from translations.checks.findings import WARNING, Finding, Pair
from translations.checks.text import WORD, folded

SHORTEST_STEM, ENDING = 3, 3
"""Letters of a word that must be there, and how many at its end may be another case."""


def terms(pair: Pair) -> Iterator[Finding]:
    """Inflected as the sentence wants it: the beginnings of the words are looked for."""
    german, words = folded(pair.german), folded(pair.words)
    for term, wanted in pair.terms.items():
        if folded(term) not in german:
            continue
        inflected = r"(?:e?s)?" if term[-1:].isalpha() else ""
        if not wanted or not re.search(rf"(?<![\w-]){re.escape(folded(term))}{inflected}(?![\w-])", german):
            continue
        if any(_stem(word) not in words for word in WORD.findall(wanted)):
            sentence = _("The glossary says “%(wanted)s” for “%(term)s”.") % {"wanted": wanted, "term": term}
            yield Finding("glossary", WARNING, sentence, term)


def _stem(word: str) -> str:
    bare = folded(word)
    if len(bare) > 4 and bare.startswith("ال"):
        bare = bare[2:]
    return bare[: max(SHORTEST_STEM, len(bare) - ENDING)]


def kept_names(pair: Pair) -> Iterator[Finding]:
    german, words = (" ".join(text.split()) for text in (pair.german, pair.words))
    for name in pair.names:
        written = " ".join(name.split())
        if not written or written not in german or written in words:
            continue
        if re.search(rf"(?<![\w-]){re.escape(written)}(?![\w-])", german):
            yield Finding("names", WARNING, _("This name stays as it is: “%(name)s”.") % {"name": written}, written)

"""Nothing, too much for the field, and what is far longer or shorter than a translation is."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from translations.checks.findings import ERROR, WARNING, Finding, Pair
from translations.checks.text import shown


def empty(pair: Pair) -> Iterator[Finding]:
    if not pair.words.strip() and pair.german.strip():
        yield Finding("empty", ERROR, _("The translation is empty."), shown(pair.german))


def limit(pair: Pair) -> Iterator[Finding]:
    length = len(pair.words)
    if pair.max_length and length > pair.max_length:
        sentence = _("These are %(count)d characters; %(most)d are possible here.")
        passage = shown(pair.words[pair.max_length :])
        yield Finding("limit", ERROR, sentence % {"count": length, "most": pair.max_length}, passage)


def likely(pair: Pair) -> Iterator[Finding]:
    """Bounds that the shortest German words and the longest compounds stay within, in all our languages."""
    before, after = len(pair.german.strip()), len(pair.words.strip())
    if not before / 5 - 6 <= after <= 3 * before + 40:
        sentence = _("The translation is far longer or shorter than the German text.")
        yield Finding("length", WARNING, sentence, shown(pair.words))

"""Which checks there are, in the order in which their findings are said."""

import logging
from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from translations.checks import addresses, facts, language, markup, names, wording
from translations.checks.findings import ERROR, WARNING, Check, Finding, Pair
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


logger = logging.getLogger(__name__)

WHETHER_WORDS: tuple[Check, ...] = (empty, markup.unreadable, markup.not_words)
"""Of what is no text at all nothing else is said."""

CHECKS: tuple[Check, ...] = (
    markup.tags,
    markup.placeholders,
    language.script,
    language.other_language,
    language.same,
    addresses.addresses,
    addresses.telephones,
    facts.facts,
    limit,
    likely,
    wording.added_notes,
    wording.brackets,
    wording.quotation_marks,
    wording.doubled_words,
    wording.spaces,
    names.terms,
    names.kept_names,
)


def check(
    source: str,
    target: str,
    language: str,
    *,
    max_length: int | None = None,
    terms: Mapping[str, str] | None = None,
    names: Sequence[str] = (),
) -> list[Finding]:
    """What is wrong with ``target`` as the translation of the German ``source``, errors first. Never raises.

    Both are fragments as wagtail-localize cuts them. ``max_length`` is the field's, in characters of the words as
    they are read; ``terms`` has the fixed translations of German terms, ``names`` what stays as it is.
    """
    pair = Pair(source, target, language, max_length, terms or {}, names)
    for checks in (WHETHER_WORDS, CHECKS):
        found = [finding for each in checks for finding in _guarded(each, pair)]
        if found:
            break
    return sorted(found, key=lambda finding: finding.severity != ERROR)


def errors(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == ERROR]


def _guarded(each: Check, pair: Pair) -> list[Finding]:
    """One check that stumbles costs itself."""
    try:
        return list(each(pair))
    except Exception:
        logger.exception("check %s failed", getattr(each, "__name__", each))
        return []

"""Which checks there are, in the order in which their findings are said."""

import logging
from collections.abc import Mapping, Sequence

from translations.checks import addresses, facts, language, length, markup, names, wording
from translations.checks.findings import ERROR, Check, Finding, Pair

logger = logging.getLogger(__name__)

WHETHER_WORDS: tuple[Check, ...] = (length.empty, markup.unreadable, markup.not_words)
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
    length.limit,
    length.likely,
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

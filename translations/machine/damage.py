"""Whether what a machine answered may be stored as its draft, before anybody reads it.

The checks are those for people (``translations.checks``). A person is asked about a warning; a machine cannot be
asked, so that some warnings leave its sentence to a person.
"""

from collections.abc import Mapping, Sequence

from translations.checks import ERROR, check

LEFT_TO_A_PERSON = frozenset({"tags", "same", "length", "notes", "script", "language", "numbers"})
"""Checks whose warnings, too, say that a machine was wrong, or has not translated at all."""


def damage(
    source: str,
    translated: str,
    language: str,
    *,
    terms: Mapping[str, str] | None = None,
    names: Sequence[str] = (),
) -> str:
    """What is wrong with ``translated``, in a sentence; empty if nothing was noticed. Never raises."""
    for finding in check(source, translated, language, terms=terms, names=names):
        if finding.severity == ERROR or finding.check in LEFT_TO_A_PERSON:
            return finding.message
    return ""

"""What is wrong with what was typed: errors are refused, of warnings the person is asked once more."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from cms.localization.clean_input import removed
from translations.checks import ERROR, check
from translations.machine import glossary
from translations.segments import Place
from translations.workbench.entries import TextEntry


def findings_of(
    listed: Sequence[TextEntry], words: Mapping[Place, str], language: str, posted: Mapping[str, str]
) -> dict[Place, str]:
    """Those of ``words`` that may be stored; the entries of the others say why not, or what is asked.

    Whoever sends the same words again after they were asked about them means them. Empty words take a translation
    back and are always fine.
    """
    kept: dict[Place, str] = {}
    terms, names = (glossary.terms(language), glossary.names()) if any(words.values()) else ({}, [])
    for entry in listed:
        place = entry.segment.place
        if place not in words:
            continue
        fragment = words[place]
        found = (
            check(entry.segment.source, fragment, language, max_length=entry.max_length, terms=terms, names=names)
            if fragment
            else []
        )
        refused = [finding.message for finding in found if finding.severity == ERROR]
        asked = answer(fragment, [finding.check for finding in found])
        if refused:
            entry.error = " ".join(dict.fromkeys(refused))
        elif found and posted.get(f"asked-{entry.name}") != asked:
            entry.questions, entry.asked = list(dict.fromkeys(finding.message for finding in found)), asked
        else:
            kept[place] = fragment
    return kept


def say_what_was_removed(request: HttpRequest, listed: Sequence[TextEntry]) -> None:
    """Signs that nobody sees and that turn the order of others never reach the forms; who sent them is told."""
    signs = sorted({sign for entry in listed for sign in removed(request, entry.name)})
    if signs:
        sentence = _("Invisible signs were taken out of what you typed: %(signs)s. Please read the sentence again.")
        messages.warning(request, sentence % {"signs": ", ".join(signs)})


def answer(fragment: str, checks: Sequence[str]) -> str:
    """What the form sends back when the person has seen the questions of these checks about these words."""
    return salted_hmac("translations.checks", "\n".join([fragment, *sorted(set(checks))])).hexdigest()[:20]

"""Answers the page editor's question how plain a German text is: figures and hints in words, as JSON."""

import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cms.localization import formats, languages
from translations.plain_language import rules
from translations.plain_language.rules import Analysis, Hint

LONGEST_TEXT = 200_000  # characters
LONGEST_EXCERPT = 160  # characters
MOST_HINTS = 50  # listed; the others are counted
VERY_LONG_SENTENCE = 25  # words
EASIEST, HARDEST = 4, 15  # school years, the ends of the scale of the Wiener Sachtextformel
LAST_SCHOOL_YEAR = 12


@require_POST
def hints(request: HttpRequest) -> JsonResponse:
    """``{"summary", "readability", "note", "figures", "hints": [{"kind", "excerpt", "message"}], "more"}`` about the
    ``text`` that was sent as a form or as JSON; ``{"error"}`` with status 400 or 413 for what cannot be read."""
    try:
        text = _text(request)
    except RequestDataTooBig:
        return _too_long()
    if text is None:
        return JsonResponse({"error": _("Send the text to check as “text”.")}, status=400)
    if len(text) > LONGEST_TEXT:
        return _too_long()
    return JsonResponse(_answer(rules.analyse(text)))


def editor_tags() -> SafeString:
    """What an editor loads for the panel; Wagtail has no hook for style sheets of editors only."""
    return format_html(
        '<link rel="stylesheet" href="{}"><script src="{}" data-url="{}" data-language="{}"></script>',
        static("translations/plain_language.css"),
        static("translations/plain_language.js"),
        reverse("plain_language"),
        languages.SOURCE,
    )


def _text(request: HttpRequest) -> str | None:
    """The text sent; None if there is none. Raises ``RequestDataTooBig``."""
    if request.content_type != "application/json":
        return request.POST.get("text")
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    text = sent.get("text") if isinstance(sent, dict) else None
    return text if isinstance(text, str) else None


def _too_long() -> JsonResponse:
    message = _("This text is too long to check: at most %(most)s characters are possible.")
    return JsonResponse({"error": message % {"most": formats.number(LONGEST_TEXT)}}, status=413)


def _answer(analysis: Analysis) -> dict[str, Any]:
    count = len(analysis.hints)
    more = max(0, count - MOST_HINTS)
    return {
        "summary": _summary(count),
        "readability": _readability(analysis),
        "note": _("These hints come from simple rules and may be wrong. You decide; nothing here prevents saving."),
        "figures": {
            "sentences": analysis.sentences,
            "words": analysis.words,
            "wstf": None if analysis.wstf is None else round(analysis.wstf, 1),
            "hints": count,
        },
        "hints": [
            {"kind": hint.kind, "excerpt": _shortened(hint.excerpt), "message": MESSAGES[hint.kind](hint)}
            for hint in analysis.hints[:MOST_HINTS]
        ],
        "more": ngettext("One more hint is not shown.", "%(count)s more hints are not shown.", more)
        % {"count": formats.number(more)}
        if more
        else "",
    }


def _summary(count: int) -> str:
    if not count:
        return _("Plain language: no hints")
    words = ngettext("Plain language: %(count)s hint", "Plain language: %(count)s hints", count)
    return words % {"count": formats.number(count)}


def _readability(analysis: Analysis) -> str:
    """What the figure means, in words."""
    if analysis.wstf is None:
        words = _("From %(sentences)s sentences and %(words)s words on, this says how hard the text is to read.")
        least, fewest = rules.FIGURE_SENTENCES, rules.FIGURE_WORDS
        return words % {"sentences": formats.number(least), "words": formats.number(fewest)}
    grade = min(HARDEST, max(EASIEST, round(analysis.wstf)))
    if grade > LAST_SCHOOL_YEAR:
        words = _("Harder than texts for school (Wiener Sachtextformel: %(figure)s), as an estimate.")
    else:
        words = _("For readers from school year %(grade)s on (Wiener Sachtextformel: %(figure)s), as an estimate.")
    return words % {"grade": formats.number(grade), "figure": formats.number(round(analysis.wstf, 1))}


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_EXCERPT else f"{text[: LONGEST_EXCERPT - 1].rstrip()}…"


# What each kind of hint says


def _long_sentence(hint: Hint) -> str:
    if hint.count > VERY_LONG_SENTENCE:
        words = _("A very long sentence: %(count)s words. Make two or three of it, with one thought each.")
    else:
        words = _("A long sentence: %(count)s words. Can it become two?")
    return words % {"count": formats.number(hint.count)}


def _nested(hint: Hint) -> str:
    return _("Several clauses inside one another. Give each its own sentence.")


def _passive(hint: Hint) -> str:
    return _("Passive voice: say who does it, if that matters.")


def _nominal(hint: Hint) -> str:
    words = _("%(count)s nouns such as “-ung”, “-heit”, “-keit” in one sentence. Verbs are easier to read.")
    return words % {"count": formats.number(hint.count)}


def _long_word(hint: Hint) -> str:
    return _("A long word: use a shorter one, or divide it with a hyphen.")


def _abbreviation(hint: Hint) -> str:
    if not hint.instead:
        return _("An abbreviation: say what it means where it comes first.")
    return _("An abbreviation: write it out, for example “%(words)s”.") % {"words": hint.instead}


MESSAGES: dict[str, Callable[[Hint], str]] = {
    "long-sentence": _long_sentence,
    "nested": _nested,
    "passive": _passive,
    "nominal": _nominal,
    "long-word": _long_word,
    "abbreviation": _abbreviation,
}

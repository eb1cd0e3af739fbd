"""Who wrote the words of a translation, and whether the German text has changed since.

The ground shows it to visitors; what it is comes from the app that keeps translations, which registers here. The
answer travels with the query that fetches the words, so that it costs no query of its own.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from cms import languages

DIGITAL_SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""The mark for what a machine has written (IPTC's vocabulary; EU AI Act, Art. 50 (2))."""
SCHEMA_DIGITAL_SOURCE = "https://schema.org/TrainedAlgorithmicMediaDigitalSource"

Annotator = Callable[[QuerySet[Any], str], QuerySet[Any]]

_annotators: list[Annotator] = []


def register(annotator: Annotator) -> None:
    """Has ``annotator`` add ``by_machine`` (bool) and ``outdated_since`` (datetime or None) to pages in a language."""
    if annotator not in _annotators:
        _annotators.append(annotator)


def annotated(pages: QuerySet[Any], language: str) -> QuerySet[Any]:
    """``pages`` with what is known of their words in ``language``."""
    for annotator in _annotators:
        pages = annotator(pages, language)
    return pages


def machine_mark(page: Any, *, address: str, original: str) -> dict[str, Any] | None:
    """A schema.org object saying that a machine has translated the page at ``address``; None when none has."""
    if page is None or not page.by_machine:
        return None
    return {
        "@type": "WebPage",
        "@id": address,
        "inLanguage": page.language.code,
        "digitalSourceType": SCHEMA_DIGITAL_SOURCE,
        "translationOfWork": {"@type": "WebPage", "@id": original, "inLanguage": languages.SOURCE},
    }

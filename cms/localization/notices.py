"""Who wrote the words of a translation, whether the German text has changed since, and what readers are told of it.

What it is comes from the app that keeps translations, which registers here. The answer travels with the query that
fetches the words, so that it costs no query of its own, and from then on with every ``LocalizedText``. ``labels`` alone
decides what readers are told, whatever shows the words: badges (``{% told words %}``), titles, descriptions, feeds,
calendars and the marks for programs all ask it.
"""

from collections.abc import Callable
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext

from cms.localization import languages
from cms.localization.localized_text import LocalizedText, Name
from cms.localization.reading_order import apart

DIGITAL_SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""The mark for what a machine has written (IPTC's vocabulary; EU AI Act, Art. 50 (2))."""
SCHEMA_DIGITAL_SOURCE = "https://schema.org/TrainedAlgorithmicMediaDigitalSource"

Annotator = Callable[[QuerySet[Any], str, str], QuerySet[Any]]

_annotators: list[Annotator] = []


def register(annotator: Annotator) -> None:
    """Has ``annotator`` add ``by_machine`` (bool) and ``outdated_since`` (datetime or None) to rows in a language.

    It gets the rows, the language, and the path from a row to its page ("" where the rows are pages).
    """
    if annotator not in _annotators:
        _annotators.append(annotator)


def annotated(rows: QuerySet[Any], language: str, *, page: str = "") -> QuerySet[Any]:
    """``rows``, pages or rows of the page that ``page`` leads to, with what is known of their words in ``language``."""
    for annotator in _annotators:
        rows = annotator(rows, language, page)
    return rows


class Told(Protocol):
    """What the labels depend on: ``LocalizedText``, and the ``PageWords`` of a page or row."""

    lang: str
    by_machine: bool
    is_outdated: bool


def labels(words: Told) -> list[str]:
    """What readers are told of ``words``, each in a word or two; nothing of a person's that are up to date."""
    reader = languages.active().code
    if isinstance(words, Name):
        return []
    if words.lang == languages.SOURCE != reader:
        # Ordinary German needs no mark among plain German; whole pages say it (``not_translated``).
        return [] if _is_plain(reader) else [gettext("In German")]
    if words.lang != reader:
        return [languages.name_in(words.lang, reader)]
    told = []
    if words.by_machine:
        told.append(gettext("Machine translation"))
    if words.is_outdated:
        told.append(gettext("Older than the German text"))
    return told


def notices(words: Told) -> list[str]:
    """The same in whole sentences, for a page as such."""
    if words.lang != languages.active().code:
        return [not_translated()] if words.lang == languages.SOURCE else labels(words)
    told = []
    if words.by_machine:
        told.append(gettext("A machine has translated this page. No person has checked it."))
    if words.is_outdated:
        told.append(gettext("The German text has been changed since; this one is older."))
    return told


def not_translated() -> str:
    """Says, in the reader's language, that the words of a page are German."""
    if _is_plain(languages.active().code):
        return gettext("There is no plain-language version of this page yet. You are reading the ordinary German text.")
    return gettext("This page is not translated yet. You are reading the German text.")


def _is_plain(reader: str) -> bool:
    return reader.startswith(f"{languages.SOURCE}-")


def title_of(words: LocalizedText) -> str:
    """``words`` as a title in plain text, which tells in brackets what is to be told."""
    told = labels(words)
    if not told:
        return words.plain
    # Translators: a title, and what readers should know of it, for example “Summer party (machine translation)”.
    pattern = pgettext("title with a remark", "%(title)s (%(remark)s)")
    return pattern % {"title": apart(words.plain, words.lang), "remark": ", ".join(told)}


def description_of(words: LocalizedText) -> str:
    """``words`` as the description of their page: the reader's own notice in place of another language's words."""
    told = notices(words)
    if words.lang != languages.active().code:
        return " ".join(told)
    return " ".join([*told, words.plain]) if words else ""


def mark(words: Told, *, address: str, original: str) -> dict[str, Any] | None:
    """A schema.org object that says to programs what ``labels`` says to people of the translation at ``address``.

    That words are German is said by ``inLanguage`` wherever they stand.
    """
    if words.lang == languages.SOURCE or not (words.by_machine or words.is_outdated):
        return None
    about: dict[str, Any] = {"@type": "WebPage", "@id": address, "inLanguage": words.lang}
    if words.by_machine:
        about["digitalSourceType"] = SCHEMA_DIGITAL_SOURCE
    if words.is_outdated:
        about["creativeWorkStatus"] = "Outdated"
    return {**about, "translationOfWork": {"@type": "WebPage", "@id": original, "inLanguage": languages.SOURCE}}

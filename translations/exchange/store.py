"""Segments out of the database into a document, and what came back into drafts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Page

from cms import languages, locales
from cms.bin.tree import OUTSIDE
from cms.localization.clean_text import clean
from translations import publishing
from translations.exchange import document as exchanged
from translations.exchange.document import Document
from translations.exchange.merging import CONTROL, CurrentSegment, Finding, Report, compare
from translations.models import TranslationStatus
from translations.segments import Place, Segment, read_source, segments_of, source_of, translations_of

FROM_FILE = "file"
"""Name of the tool for words that the file itself calls a machine's."""


@dataclass(frozen=True)
class PageSegments:
    """The sentences of one source page in one language."""

    page: Page
    segments: list[Segment]

    @property
    def key(self) -> str:
        return str(self.page.translation_key)

    def places(self) -> dict[tuple[str, str], Place]:
        """By content path and German sentence."""
        return {(segment.path, segment.source): segment.place for segment in self.segments}


def pages_to_do(language: str) -> list[Page]:
    """Source pages with something for a translator to do."""
    rows = TranslationStatus.objects.in_languages([language]).to_do().oldest_first().select_related("page")
    return [row.page for row in rows]


def read_pages(pages: Iterable[Page], language: str) -> list[PageSegments]:
    return [PageSegments(page, segments_of(source_of(page) or read_source(page), language)) for page in pages]


def to_document(read: Sequence[PageSegments], language: str) -> Document:
    """Everything of these pages, with what is translated already."""
    segments: dict[tuple[str, str, str], exchanged.Segment] = {}
    for entry in read:
        for segment in entry.segments:
            state = exchanged.NEW if segment.is_missing else exchanged.TRANSLATED
            if segment.is_by_machine:
                state = exchanged.MACHINE
            made = exchanged.Segment(
                entry.key, segment.path, segment.source, "" if segment.is_missing else segment.target, state
            )
            segments.setdefault(made.identity, made)
    titles = {entry.key: entry.page.title for entry in read}
    return Document(language, tuple(segments.values()), titles, timezone.now())


def examine(document: Document, language: str, *, overwrite: bool = False) -> tuple[Report, list[PageSegments]]:
    """What the file would change; nothing is stored. Raises BadFile for a file of another language."""
    document = replace(document, segments=tuple(map(_cleaned, document.segments)))
    keys = {segment.page for segment in document.segments}
    known = [key for key in keys if _is_uuid(key)]
    pages = Page.objects.filter(OUTSIDE, translation_key__in=known, locale_id=locales.id_of(languages.SOURCE))
    read = read_pages(pages, language)
    return compare(document, list(_current(read, language)), language=language, overwrite=overwrite), read


def _cleaned(segment: exchanged.Segment) -> exchanged.Segment:
    """As it would be stored; what points to a wrong encoding stays, for the report to name it."""
    if CONTROL.search(segment.target):
        return segment
    target = clean(segment.target)
    return segment if target == segment.target else replace(segment, target=target)


def _is_uuid(text: str) -> bool:
    digits = text.replace("-", "")
    return len(digits) == 32 and all(character in "0123456789abcdefABCDEF" for character in digits)


def _current(read: Sequence[PageSegments], language: str) -> Iterable[CurrentSegment]:
    for entry in read:
        stored = {
            (words.context_id, words.translation_of_id): words.updated_at
            for words in translations_of([segment.place for segment in entry.segments], language)
        }
        for segment in entry.segments:
            made_by = {"manual": "person", "machine": "machine"}.get(segment.made_by, "")
            yield CurrentSegment(
                entry.key, segment.path, segment.source, segment.target, made_by, stored.get(segment.place)
            )


def accept(report: Report, read: Sequence[PageSegments], *, user: Any) -> list[str]:
    """Stores what the report accepts as drafts, page by page; returns a sentence for each page that took nothing.

    Nothing becomes public. Words that the file calls a machine's stay a machine's.
    """
    refused = []
    for entry in read:
        places = entry.places()
        by_person: dict[Place, str] = {}
        by_machine: dict[Place, str] = {}
        for finding in report.accepted:
            place = places.get((finding.segment.context, finding.segment.source))
            if finding.segment.page == entry.key and place is not None:
                chosen = by_machine if _is_machine(finding) else by_person
                chosen[place] = finding.segment.target
        for words, tool in ((by_machine, FROM_FILE), (by_person, "")):
            if words:
                try:
                    publishing.save_words(page=entry.page, language=report.language, words=words, user=user, tool=tool)
                except publishing.Locked as error:
                    refused.append(f"{entry.page.title}: {error}")
                except ValidationError as error:
                    refused.append(f"{entry.page.title}: {' '.join(error.messages)}")
    return refused


def _is_machine(finding: Finding) -> bool:
    return finding.segment.state == exchanged.MACHINE

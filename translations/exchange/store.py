"""Segments out of the database into a document, and what came back into drafts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Page

from cms.bin.tree import OUTSIDE
from cms.localization import languages, locales
from cms.localization.clean_text import clean
from translations import checks, publishing
from translations.checks.markup import CONTROL
from translations.exchange import document as exchanged
from translations.exchange.document import Document
from translations.exchange.merging import UNCHECKED, CurrentSegment, Finding, Identity, Report, Verdict, compare
from translations.machine import glossary
from translations.models import TranslationStatus
from translations.segments import MACHINE, Place, Segment, current_source, segments_of, translations_of
from translations.workbench.entries import max_length

FROM_FILE = "file"
"""Name of the tool for words that the file itself calls unchecked, and of the way by which a person's words came."""


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
    return [PageSegments(page, segments_of(current_source(page), language)) for page in pages]


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


def examine(
    document: Document, language: str, *, user: Any = None, seen: Mapping[Identity, str] | None = None
) -> tuple[Report, list[PageSegments]]:
    """What the file would change when ``user`` brings it; nothing is stored. Raises BadFile for a file of another
    language. ``seen`` are words that the person has decided to replace, as ``merging.compare`` takes them."""
    document = replace(document, segments=tuple(map(_cleaned, document.segments)))
    keys = {segment.page for segment in document.segments}
    known = [key for key in keys if _is_uuid(key)]
    pages = Page.objects.filter(OUTSIDE, translation_key__in=known, locale_id=locales.id_of(languages.SOURCE))
    read = read_pages(pages, language)
    current = list(_current(read, language, user))
    return compare(document, current, language=language, inspect=_inspector(read, language), seen=seen), read


def _inspector(read: Sequence[PageSegments], language: str) -> Callable[[exchanged.Segment], list[checks.Finding]]:
    """Checks an entry with what is known of its place."""
    models = {entry.key: entry.page.specific_class for entry in read}
    terms, names = glossary.terms(language), glossary.names()

    def inspect(entry: exchanged.Segment) -> list[checks.Finding]:
        limit = max_length(models[entry.page], entry.context) if models.get(entry.page) else None
        return checks.check(entry.source, entry.target, language, max_length=limit, terms=terms, names=names)

    return inspect


def _cleaned(segment: exchanged.Segment) -> exchanged.Segment:
    """As it would be stored; what points to a wrong encoding or turns the order of signs stays, to be named."""
    if CONTROL.search(segment.target):
        return segment
    target = clean(segment.target)
    return segment if target == segment.target else replace(segment, target=target)


def _is_uuid(text: str) -> bool:
    digits = text.replace("-", "")
    return len(digits) == 32 and all(character in "0123456789abcdefABCDEF" for character in digits)


def _current(read: Sequence[PageSegments], language: str, user: Any) -> Iterable[CurrentSegment]:
    for entry in read:
        stored = {
            (words.context_id, words.translation_of_id): words
            for words in translations_of([segment.place for segment in entry.segments], language)
        }
        for segment in entry.segments:
            words = stored.get(segment.place)
            yield CurrentSegment(
                entry.key,
                segment.path,
                segment.source,
                segment.target,
                {"manual": "person", "machine": "machine"}.get(segment.made_by, ""),
                words.updated_at if words else None,
                own_file=bool(
                    words and user and words.tool_name == FROM_FILE and words.last_translated_by_id == user.pk
                ),
            )


def accept(report: Report, read: Sequence[PageSegments], *, user: Any) -> Report:
    """Stores what the report accepts as drafts, page by page; nothing becomes public.

    Returns the report of what became of it: what is accepted there stands in the database, and what could not be
    stored says why. Words that the file calls unchecked are a machine's.
    """
    reasons: dict[Identity, str] = {}
    for entry in read:
        places = entry.places()
        accepted = {
            place: finding
            for finding in report.accepted
            if finding.segment.page == entry.key
            and (place := places.get((finding.segment.context, finding.segment.source))) is not None
        }
        refused = _store(entry.page, report.language, accepted, user)
        missing = _not_stored(report.language, {place: f for place, f in accepted.items() if place not in refused})
        for place, reason in {**missing, **refused}.items():
            reasons[accepted[place].segment.identity] = reason
    return replace(report, findings=tuple(_as_stored(finding, reasons) for finding in report.findings))


def _store(page: Page, language: str, accepted: Mapping[Place, Finding], user: Any) -> dict[Place, str]:
    """Why, for those that were not stored."""
    refused: dict[Place, str] = {}
    for unchecked, tool in ((True, FROM_FILE), (False, "")):
        words = {place: f.segment.target for place, f in accepted.items() if _is_unchecked(f) == unchecked}
        try:
            refused |= publishing.save_each(
                page=page, language=language, words=words, user=user, tool=tool, origin=FROM_FILE
            )
        except publishing.Locked as error:
            refused |= dict.fromkeys(words, str(error))
    return refused


def _not_stored(language: str, accepted: Mapping[Place, Finding]) -> dict[Place, str]:
    """Looks up what was stored: somebody may have written in the same moment."""
    rows = {(row.context_id, row.translation_of_id): row for row in translations_of(accepted, language)}
    sentence = gettext("Somebody has changed this translation in the same moment. Please try again.")
    return {
        place: sentence
        for place, finding in accepted.items()
        if place not in rows
        or rows[place].data != clean(finding.segment.target)
        or (rows[place].translation_type == MACHINE) != _is_unchecked(finding)
    }


def _as_stored(finding: Finding, reasons: Mapping[Identity, str]) -> Finding:
    reason = reasons.get(finding.segment.identity)
    if reason is None or finding.verdict not in {Verdict.ACCEPTED, Verdict.CONFIRMED}:
        return finding
    return replace(finding, verdict=Verdict.REFUSED, sentence=reason)


def _is_unchecked(finding: Finding) -> bool:
    return finding.segment.state in UNCHECKED

"""Keeps one row for each source page and language: what is translated, what is not, what has changed since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState
from wagtail_localize.models import StringTranslation, TranslationSource

from cms.bin.tree import is_binned
from cms.localization import languages, locales
from cms.pages.base_page import BasePage, without_aliases
from translations.minor_edits import minor_edits
from translations.models import Origin, TranslatedRevision, TranslationState, TranslationStatus
from translations.segments import MACHINE, TARGETS, Place, count_words, read_source, rows_of, source_of, translations_of

FIXED = {"id", "page", "language", "updated_at"}
KEPT = [field.attname for field in TranslationStatus._meta.concrete_fields if field.name not in FIXED]
"""What a row says, as columns."""


@dataclass
class Coverage:
    """How much of a page stands in one language."""

    segments: int = 0
    words: int = 0
    translated: int = 0
    words_translated: int = 0
    by_machine: int = 0


def source_page_of(page: Page) -> Page | None:
    """The German page of a page in any language; None for one that has none."""
    if page.locale_id == locales.id_of(languages.SOURCE):
        return page
    return Page.objects.filter(translation_key=page.translation_key, locale_id=locales.id_of(languages.SOURCE)).first()


def is_translatable(page: Page) -> bool:
    model = page.specific_class
    return model is not None and issubclass(model, BasePage)


def places_of(source: TranslationSource | None) -> list[Place]:
    return [(row.context_id, row.string_id) for row in rows_of(source)] if source else []


def coverage(source: TranslationSource | None) -> dict[str, Coverage]:
    """By language; two queries, whatever the number of languages."""
    rows = list(rows_of(source)) if source else []
    total = Coverage(segments=len(rows), words=sum(count_words(row.string.data) for row in rows))
    found = {code: Coverage(total.segments, total.words) for code in TARGETS}
    words = {(row.context_id, row.string_id): (row, count_words(row.string.data)) for row in rows}
    times: dict[Place, int] = {}
    for row in rows:
        times[row.context_id, row.string_id] = times.get((row.context_id, row.string_id), 0) + 1
    stored = translations_of(words).filter(has_error=False).exclude(data="")
    for locale_id, context_id, string_id, made_by in stored.values_list(
        "locale_id", "context_id", "translation_of_id", "translation_type"
    ):
        place, code = (context_id, string_id), locales.code_of(locale_id)
        if place in words and code in found:
            covered = found[code]
            covered.translated += times[place]
            covered.words_translated += words[place][1] * times[place]
            covered.by_machine += times[place] if made_by == MACHINE else 0
    return found


def refresh(page: Page, codes: Sequence[str] = TARGETS, *, source: TranslationSource | None = None) -> None:
    """Brings the rows of the source page ``page`` up to date in these languages; a fixed number of queries."""
    if is_binned(page):
        return  # it comes back as it was
    source = source or source_of(page)
    covered, places = coverage(source), places_of(source)
    present = list(without_aliases(Page.objects.filter(translation_key=page.translation_key)))
    german_is_live = any(each.live for each in present if each.pk == page.pk)
    translations = {
        locales.code_of(translation.locale_id): translation
        for translation in present
        if translation.pk != page.pk and not is_binned(translation)
    }
    under_review = _under_review(list(translations.values()))
    rows = {row.language: row for row in TranslationStatus.objects.filter(page=page)}
    before = {code: _values(row) for code, row in rows.items()}
    changed = []
    for code in codes:
        row = rows.get(code) or TranslationStatus(page=page, language=code)
        _count(row, covered[code])
        translation = translations.get(code)
        _note_what_it_translates(row, translation, places)
        row.state = _state_of(row, translation, under_review, german_is_live=german_is_live)
        if _values(row) != before.get(code):
            changed.append(row)
    _store(changed)


def _under_review(translations: list[Page]) -> set[str]:
    running = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        object_id__in=[str(translation.pk) for translation in translations],
        base_content_type__model="page",
    )
    return set(running.values_list("object_id", flat=True)) if translations else set()


def _count(row: TranslationStatus, covered: Coverage) -> None:
    row.segments, row.words = covered.segments, covered.words
    row.segments_missing = covered.segments - covered.translated
    row.words_missing = covered.words - covered.words_translated
    row.segments_by_machine = covered.by_machine
    if row.adapted:
        row.segments_missing = row.words_missing = row.segments_by_machine = 0


def _note_what_it_translates(row: TranslationStatus, translation: Page | None, places: list[Place]) -> None:
    """Nothing is public of it, or of what was translated something has changed, or nothing has."""
    if translation is None or not (translation.live or row.waiting_revision_id):
        row.outdated_since, row.origin, row.live_strings, row.may_follow = None, Origin.NONE, [], False
        row.source_revision = row.reviewed_by = row.reviewed_at = row.waiting_revision = None
        row.withdrawn_strings = []
    elif not translation.live:
        pass  # it says all that of the revision that waits
    elif [tuple(place) for place in row.live_strings] != places:
        row.outdated_since = row.outdated_since or timezone.now()
    else:
        row.outdated_since = None


def _state_of(
    row: TranslationStatus, translation: Page | None, under_review: set[str], *, german_is_live: bool
) -> TranslationState:
    if translation is None:
        return TranslationState.MISSING
    is_sent = row.submitted_revision_id == translation.latest_revision_id is not None
    if str(translation.pk) in under_review or (is_sent and translation.has_unpublished_changes):
        return TranslationState.REVIEW
    if not translation.live:
        return TranslationState.READY if row.waiting_revision_id and not german_is_live else TranslationState.DRAFT
    return TranslationState.OUTDATED if row.outdated_since else TranslationState.PUBLISHED


def _values(row: TranslationStatus) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in KEPT)


def _store(rows: Iterable[TranslationStatus]) -> None:
    rows, now = list(rows), timezone.now()
    for row in rows:
        row.pk, row.updated_at = None, now  # the row of this page and language, whoever has made it
    TranslationStatus.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["page", "language"], update_fields=[*KEPT, "updated_at"]
    )


def rebuild(page: Page) -> None:
    """Everything about the source page ``page`` anew, from what the database holds; safe to repeat.

    A published translation of which nobody knows what it translates counts as current.
    """
    source = read_source(page)
    places = places_of(source)
    known = set(TranslationStatus.objects.filter(page=page).exclude(origin="").values_list("language", flat=True))
    for translation in without_aliases(Page.objects.filter(translation_key=page.translation_key, live=True)):
        code = locales.code_of(translation.locale_id)
        if code in TARGETS and code not in known:
            _record_live(page, code, translation.live_revision, places, None)
    refresh(page, source=source)


def _record_live(page: Page, code: str, revision: Revision | None, places: list[Place], user: Any) -> None:
    """Notes what the words that have just been published translate, and who answers for them."""
    made = TranslatedRevision.objects.filter(revision=revision).first() if revision else None
    row = TranslationStatus.objects.filter(page=page, language=code).first()
    if row is not None and revision is not None and row.waiting_revision_id == revision.pk:
        _record_followed(row, made)
        return
    origin = Origin.MACHINE if made and made.by_machine and user is None else Origin.PERSON
    strings = made.strings if made else [list(place) for place in places]
    values: dict[str, Any] = {
        "origin": origin,
        "live_strings": strings,
        "source_revision_id": made.source_revision_id if made else page.live_revision_id,
        "submitted_revision": None,
        "waiting_revision": None,
        "withdrawn_strings": [],
        "may_follow": False,
    }
    if origin == Origin.PERSON:
        values |= {"reviewed_by": user, "reviewed_at": timezone.now()}
        _count_as_reviewed(strings, code)
    TranslationStatus.objects.update_or_create(page=page, language=code, defaults=values)


def _record_followed(row: TranslationStatus, made: TranslatedRevision | None) -> None:
    """The revision that waited for the German page: who answers for it has not changed."""
    row.waiting_revision, row.withdrawn_strings, row.may_follow = None, [], False
    if made is not None:
        row.source_revision_id = made.source_revision_id
    row.save(update_fields=["waiting_revision", "withdrawn_strings", "may_follow", "source_revision"])


def _count_as_reviewed(strings: Sequence[Sequence[int]], code: str) -> None:
    """A person has published these words: from now on they are a person's."""
    machine = translations_of([(place[0], place[1]) for place in strings], code).filter(translation_type=MACHINE)
    machine.update(translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL)


def german_published(page: Page, revision: Revision | None = None) -> None:
    """The German text is public: what has changed in it is outdated elsewhere from now on.

    Where ``revision`` corrects only the wording, a sentence keeps the translation of the one that stood in its place.
    """
    source = read_source(page)
    _recall(page)
    before = minor_edits.sentences_before(revision)
    if before is not None:
        minor_edits.carry_over(page, before, places_of(source))
    refresh(page, source=source)


def _recall(page: Page) -> None:
    """After doubt: what the public words translate stands with their revision."""
    for row in TranslationStatus.objects.filter(page=page, live_strings=[]).exclude(outdated_since=None):
        translation = Page.objects.filter(
            translation_key=page.translation_key, locale_id=locales.id_of(row.language), live=True
        ).first()
        made = (
            TranslatedRevision.objects.filter(revision_id=translation.live_revision_id).first() if translation else None
        )
        if made is not None:
            TranslationStatus.objects.filter(pk=row.pk).update(live_strings=made.strings)


def doubt(page: Page, code: str | None = None) -> None:
    """What is public in this language (in all of them) counts as outdated until somebody knows better."""
    rows = TranslationStatus.objects.filter(page=page)
    rows = rows.filter(language=code) if code else rows.exclude(origin="")
    rows.update(
        state=TranslationState.OUTDATED,
        outdated_since=Coalesce("outdated_since", Now()),
        live_strings=[],
        updated_at=Now(),
    )


def translation_published(translation: Page, revision: Revision | None, user: Any) -> None:
    """The words of a translation are public; ``user`` is None when no person has decided it."""
    page = source_page_of(translation)
    if page is None:
        return
    source, code = source_of(page) or read_source(page), locales.code_of(translation.locale_id)
    _record_live(page, code, revision, places_of(source), user)
    refresh(page, [code], source=source)

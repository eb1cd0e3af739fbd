"""Translations follow their German page: off the site with it, back with it, and without what was taken out of it.

What becomes public here is made of reviewed words only: those of the revision that somebody has reviewed, never what
has been typed since. The row goes on saying who answers for them (``waiting_revision``: what it says is said of that
revision while it is not public). Each language is a step of its own after the publication, so one that fails costs
itself.
"""

import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.coreutils import find_available_slug
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail_localize.fields import copy_synchronised_fields, get_translatable_fields
from wagtail_localize.models import StringTranslation, TranslationContext, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from cms import languages, locales
from cms.bin.tree import OUTSIDE, is_binned
from cms.page_acts import Act, Step, register
from cms.pages import BasePage
from cms.site_settings import SiteSettings
from translations import publishing, status, structure
from translations.models import Origin, TranslatedRevision, TranslationStatus
from translations.segments import MACHINE, PERSON, TARGETS, Place, rows_of, source_of, translations_of

logger = logging.getLogger(__name__)

Words = dict[Place, str]

_bringing: ContextVar[bool] = ContextVar("bringing", default=False)
"""Whether what is being published follows the German page already."""


def follow_by_themselves(page: Page) -> bool:
    """Whether translations that need no words follow at once, or wait for one act on the desk."""
    site = page.get_site()
    return site is None or SiteSettings.for_site(site).translations_follow


# Off the site


def note(page: Page) -> None:
    """Keeps in mind what is public of the translations of ``page``, which is about to be taken off."""
    twins, places = _public_ones(page)
    for twin in twins:
        _note(page, twin, places)


def _public_ones(page: Page) -> tuple[list[Page], list[list[int]]]:
    """The public translations of ``page``, each with a row, and the German sentences."""
    twins = list(_twins(page).filter(live=True))
    known = TranslationStatus.objects.filter(
        page=page, language__in=[locales.code_of(twin.locale_id) for twin in twins]
    )
    if known.exclude(origin="").count() < len(twins):
        status.rebuild(page)
    return twins, [list(place) for place in status.places_of(source_of(page))]


def _note(page: Page, twin: Page, places: list[list[int]]) -> None:
    revision = twin.live_revision or _revision_of_row(twin)
    TranslationStatus.objects.filter(page=page, language=locales.code_of(twin.locale_id)).update(
        waiting_revision=revision, withdrawn_strings=places, may_follow=False
    )


def _revision_of_row(twin: Page) -> Revision:
    """What is public was written by code that made no revision; the newest draft stays the newest."""
    latest, specific = twin.latest_revision, twin.specific
    revision: Revision = specific.save_revision(changed=False, clean=False)
    if latest is not None:
        latest.as_object().save_revision(user=latest.user, clean=False)
    return revision


def take_off(page: Page, user: Any) -> None:
    """The German page is not public, so none of its translations is; they come back with it."""
    twins, places = _public_ones(page)
    for twin in twins:
        with transaction.atomic():
            _note(page, twin, places)
            UnpublishPageAction(twin.specific, user=user).execute(skip_permission_checks=True)


def _twins(page: Page) -> Any:
    found = Page.objects.filter(OUTSIDE, translation_key=page.translation_key, alias_of=None)
    return found.exclude(pk=page.pk).select_related("live_revision", "latest_revision")


# With the German page


def bring(page: Page, code: str, user: Any, *, all_that_may: bool = False) -> bool:
    """Makes public in that language what may be public beside the German text as it is now; whether anything changed.

    A translation that was public, or was approved while the German page was a draft, goes live when its sentences
    still fit. With ``all_that_may`` one that is public, and needs no words, takes over what has changed otherwise:
    sentences that are gone, their order, pictures. What does not fit stays as it is, and the desk tells it.
    """
    row = TranslationStatus.objects.filter(page=page, language=code).select_related("waiting_revision").first()
    twin = structure.translation_of(page, code)
    if row is None or twin is None or is_binned(twin) or not (twin.live or row.waiting_revision_id):
        return False
    source = source_of(page)
    places, known = status.places_of(source), [(place[0], place[1]) for place in row.live_strings]
    changed = False
    if not twin.live and places in (known, [tuple(place) for place in row.withdrawn_strings]):
        _publish(row, twin, row.waiting_revision, user)
        changed, twin = True, Page.objects.get(pk=twin.pk)
        row.refresh_from_db()
    built = None if source is None or row.adapted else _without_what_is_gone(source, row, twin, places, known)
    if built is None or twin.locked or not (all_that_may or follow_by_themselves(page)):
        TranslationStatus.objects.filter(pk=row.pk).update(may_follow=built is not None)
    else:
        _publish_built(source, row, twin, built, user)
        changed = True
    if changed:
        status.refresh(page, [code])
    return changed


def _without_what_is_gone(
    source: TranslationSource, row: TranslationStatus, twin: Page, places: list[Place], known: list[Place]
) -> BasePage | None:
    """The translation on the German page's present structure; None where words are missing or nothing is to change."""
    if not {string for _context, string in places} <= {string for _context, string in known}:
        return None
    revision = twin.live_revision if twin.live else row.waiting_revision
    made = TranslatedRevision.objects.filter(revision=revision).select_related("source_revision").first()
    if made is not None and (made.missing or (twin.live and places == known and _is_of_this_german(made, source))):
        return None
    shown = revision.as_object() if revision else twin.specific
    words = reviewed_words(shown, known)
    if words is None:
        return None
    by_string = {place[1]: text for place, text in words.items()}
    chosen = {place: words.get(place) or by_string.get(place[1]) for place in places}
    if not places or not all(chosen.values()):
        return None
    built = _built(source, twin, {place: str(text) for place, text in chosen.items()})
    return built if not twin.live or places != known or _differs(built, shown) else None


def _is_of_this_german(made: TranslatedRevision, source: TranslationSource) -> bool:
    """Whether the German page has the same blocks, with the same pictures and links, as when it was translated."""
    if made.source_revision is None:
        return False
    before, now = made.source_revision.content, json.loads(source.content_json)
    model = source.specific_content_type.model_class()
    streams = [field.name for field in model._meta.get_fields() if isinstance(field, StreamField | RichTextField)]
    return all(before.get(name) == now.get(name) for name in streams)


def reviewed_words(shown: Page, known: Sequence[Place]) -> Words | None:
    """What stands in ``shown`` for each German sentence that it translates; None when that cannot be told."""
    found = [segment for segment in extract_segments(shown) if isinstance(segment, StringSegmentValue)]
    paths = dict(TranslationContext.objects.filter(pk__in={place[0] for place in known}).values_list("pk", "path"))
    if [segment.path for segment in found] != [paths.get(place[0]) for place in known]:
        return None
    return {place: segment.string.data for place, segment in zip(known, found, strict=True)}


def _built(source: TranslationSource, twin: Page, words: Words) -> BasePage:
    """As ``get_ephemeral_translated_instance`` makes it, with these words and no others."""
    locale = twin.locale
    german, built = source.as_instance(), source.get_translated_instance(locale)
    copy_synchronised_fields(german, built)
    place_of = {(row.context.path, row.order): (row.context_id, row.string_id) for row in rows_of(source)}
    segments = source._get_segments_for_translation(locale, fallback=True)
    for segment in segments:
        if isinstance(segment, StringSegmentValue):
            segment.string = StringValue(words[place_of[segment.path, segment.order]])
    ingest_segments(german, built, source.locale, locale, segments)
    built.slug = find_available_slug(twin.get_parent(), built.slug, ignore_page_id=twin.pk)
    built.go_live_at = built.expire_at = None
    return built  # type: ignore[no-any-return]


def _differs(built: Page, shown: Page) -> bool:
    """Whether visitors would see something else: in texts, or in blocks with their pictures and links."""
    for each in get_translatable_fields(type(built)):
        if not each.is_translated(built):
            continue
        field = each.get_field(type(built))
        if isinstance(field, StreamField):
            if json.loads(field.value_to_string(built) or "[]") != json.loads(field.value_to_string(shown) or "[]"):
                return True
        elif field.concrete and field.value_from_object(built) != field.value_from_object(shown):
            return True
    return False


def _publish_built(source: TranslationSource, row: TranslationStatus, twin: Page, built: BasePage, user: Any) -> None:
    """Publishes ``built`` as what the row's reviewer answers for; a draft on top of it stays, on the new structure."""
    german = source.get_source_instance()
    shown_id = twin.live_revision_id if twin.live else row.waiting_revision_id
    draft = twin.latest_revision if twin.latest_revision_id != shown_id else None
    places = status.places_of(source)
    revision: Revision = built.save_revision(user=user, log_action=True)
    TranslatedRevision.objects.create(
        revision=revision,
        source_revision_id=german.live_revision_id,
        strings=[list(place) for place in places],
        by_machine=row.segments_by_machine if row.origin == Origin.MACHINE else 0,
    )
    _keep_words(row, built, places)
    TranslationStatus.objects.filter(pk=row.pk).update(live_strings=[list(place) for place in places])
    _publish(row, twin, revision, user)
    if draft is not None:
        _put_back(source, row, twin, draft)


def _keep_words(row: TranslationStatus, built: BasePage, places: list[Place]) -> None:
    """A sentence that has moved into another block is known there from now on."""
    words = reviewed_words(built, places) or {}
    stored = set(translations_of(places, row.language).values_list("context_id", "translation_of_id"))
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of_id=place[1],
                context_id=place[0],
                locale_id=built.locale_id,
                data=text,
                translation_type=MACHINE if row.origin == Origin.MACHINE else PERSON,
            )
            for place, text in words.items()
            if place not in stored
        ],
        ignore_conflicts=True,
    )


def _put_back(source: TranslationSource, row: TranslationStatus, twin: Page, draft: Revision) -> None:
    """``draft`` is the newest version again, and what waits for review still waits, without what is gone."""
    try:
        with transaction.atomic():
            again = publishing.make_draft(source, twin.specific_class.objects.get(pk=twin.pk), row.language, draft.user)
    except ValidationError:
        again = draft.as_object().save_revision(user=draft.user, clean=False)
    TranslationStatus.objects.filter(pk=row.pk, submitted_revision=draft).update(submitted_revision=again)
    TaskState.objects.filter(revision=draft, status=TaskState.STATUS_IN_PROGRESS).update(revision=again)


def _publish(row: TranslationStatus, twin: Page, revision: Revision, user: Any) -> None:
    """Makes ``revision`` public as what it was reviewed for; a review under way of something newer goes on."""
    content = {**revision.content, "go_live_at": None, "expire_at": None}  # its times are those of the German page
    if content != revision.content:
        Revision.objects.filter(pk=revision.pk).update(content=content)
        revision = Revision.objects.get(pk=revision.pk)
    submitted = row.submitted_revision_id
    TranslationStatus.objects.filter(pk=row.pk).update(waiting_revision=revision)
    token = _bringing.set(True)
    try:
        with _reviews_kept(twin):
            revision.publish(user=user, skip_permission_checks=True)
    finally:
        _bringing.reset(token)
    TranslationStatus.objects.filter(pk=row.pk).update(
        submitted_revision_id=submitted if submitted != revision.pk else None
    )


@contextmanager
def _reviews_kept(twin: Page) -> Iterator[None]:
    """Wagtail ends a review with any publication; these pass it by."""
    reviews = WorkflowState.objects.active().filter(object_id=str(twin.pk), base_content_type__model="page")
    kept = dict(reviews.values_list("pk", "status"))
    WorkflowState.objects.filter(pk__in=kept).update(status=WorkflowState.STATUS_CANCELLED)
    yield
    for number, before in kept.items():
        WorkflowState.objects.filter(pk=number).update(status=before)


def bring_all(rows: Any, user: Any) -> int:
    """The one act on the desk: everything that needs no words and that ``user`` may publish; returns how many."""
    done = 0
    for row in rows.may_follow().select_related("page"):
        twin = structure.translation_of(row.page, row.language)
        rights = twin.permissions_for_user(user) if twin is not None else None
        if rights is None or not rights.can_publish() or twin.locked:
            continue
        try:
            with transaction.atomic():
                done += bring(row.page, row.language, user, all_that_may=True)
        except Exception:
            logger.exception("page %s does not follow in %s", row.page_id, row.language)
    return done


# Steps


def _is_source(page: Page) -> bool:
    return page.locale_id == locales.id_of(languages.SOURCE)


def _is_translation(page: Page) -> bool:
    return not _is_source(page)


def after_german(page: BasePage, _revision: Revision | None, user: Any, *, code: str) -> None:
    bring(page, code, user)


def after_translation(page: BasePage, _revision: Revision | None, user: Any) -> None:
    """Approved while the German page is not public, it waits for it; approved on an older German text, it follows."""
    source = status.source_page_of(page)
    if source is None or _bringing.get():
        return
    if not source.live:
        take_off(source, user)
        status.refresh(source, [locales.code_of(page.locale_id)])
    else:
        bring(source, locales.code_of(page.locale_id), user)


def after_taking_off(page: BasePage, _revision: Revision | None, user: Any) -> None:
    take_off(page, user)


def connect() -> None:
    for code in TARGETS:
        doubt = partial(status.doubt, code=code)
        register(Act.PUBLISHED, Step(f"translations.{code}", 11, partial(after_german, code=code), doubt, _is_source))
    register(Act.PUBLISHED, Step("translations.follow", 12, after_translation, concerns=_is_translation))
    register(Act.UNPUBLISHED, Step("translations.follow", 11, after_taking_off, concerns=_is_source))

"""Translations follow their German page: off the site with it, back with it, and without what was taken out of it.

What becomes public here is made of reviewed words only: those of the revision that somebody has reviewed, never what
has been typed since. The row goes on saying who answers for them (``waiting_revision``: what it says is said of that
revision while it is not public). Each language is a step of its own after the publication, so one that fails costs
itself.
"""

import logging
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, Revision, TaskState
from wagtail_localize.models import StringTranslation, TranslationSource

from cms.bin.tree import OUTSIDE, is_binned
from cms.localization import languages, locales
from cms.pages.base_page import BasePage
from cms.pages.page_acts import PUBLISHED, UNPUBLISHED, publish_beside_review
from cms.pages.steps import Step, register
from cms.routing.site_settings import SiteSettings
from translations import publishing, status
from translations.models import Origin, TranslatedRevision, TranslationStatus
from translations.reviewed_words import restructured, reviewed_words
from translations.segments import MACHINE, PERSON, TARGETS, Place, source_of, translations_of
from translations.tree import structure

logger = logging.getLogger(__name__)

_bringing: ContextVar[bool] = ContextVar("bringing", default=False)
"""Whether what is being published follows the German page already."""


def follow_by_themselves(page: Page) -> bool:
    """Whether translations that need no words follow at once, or wait for one act on the desk."""
    site = page.get_site()
    return site is None or SiteSettings.for_site(site).translations_follow


# Off the site


def note(page: Page) -> None:
    """Keeps in mind what is public of the translations of ``page``, which is about to be taken off."""
    translations, places = _public_ones(page)
    for translation in translations:
        _note(page, translation, places)


def _public_ones(page: Page) -> tuple[list[Page], list[list[int]]]:
    """The public translations of ``page``, each with a row, and the German sentences."""
    translations = list(_translations_of(page).filter(live=True))
    known = TranslationStatus.objects.filter(
        page=page, language__in=[locales.code_of(translation.locale_id) for translation in translations]
    )
    if known.exclude(origin="").count() < len(translations):
        status.rebuild(page)
    return translations, [list(place) for place in status.places_of(source_of(page))]


def _note(page: Page, translation: Page, places: list[list[int]]) -> None:
    revision = translation.live_revision or _revision_of_row(translation)
    TranslationStatus.objects.filter(page=page, language=locales.code_of(translation.locale_id)).update(
        waiting_revision=revision, withdrawn_strings=places, may_follow=False
    )


def _revision_of_row(translation: Page) -> Revision:
    """What is public was written by code that made no revision; the newest draft stays the newest."""
    latest, specific = translation.latest_revision, translation.specific
    revision: Revision = specific.save_revision(changed=False, clean=False)
    if latest is not None:
        latest.as_object().save_revision(user=latest.user, clean=False)
    return revision


def take_off(page: Page, user: Any) -> None:
    """The German page is not public, so none of its translations is; they come back with it."""
    translations, places = _public_ones(page)
    for translation in translations:
        with transaction.atomic():
            _note(page, translation, places)
            UnpublishPageAction(translation.specific, user=user).execute(skip_permission_checks=True)


def _translations_of(page: Page) -> Any:
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
    translation = structure.translation_of(page, code)
    if (
        row is None
        or translation is None
        or is_binned(translation)
        or not (translation.live or row.waiting_revision_id)
    ):
        return False
    source = source_of(page)
    places, known = status.places_of(source), [(place[0], place[1]) for place in row.live_strings]
    changed = False
    if not translation.live and places in (known, [tuple(place) for place in row.withdrawn_strings]):
        _publish(row, translation, row.waiting_revision, user)
        changed, translation = True, Page.objects.get(pk=translation.pk)
        row.refresh_from_db()
    built = None if source is None or row.adapted else restructured(source, row, translation, places, known)
    if built is None or translation.locked or not (all_that_may or follow_by_themselves(page)):
        TranslationStatus.objects.filter(pk=row.pk).update(may_follow=built is not None)
    else:
        _publish_built(source, row, translation, built, user)
        changed = True
    if changed:
        status.refresh(page, [code])
    return changed


def _publish_built(
    source: TranslationSource, row: TranslationStatus, translation: Page, built: BasePage, user: Any
) -> None:
    """Publishes ``built`` as what the row's reviewer answers for; a draft on top of it stays, on the new structure."""
    german = source.get_source_instance()
    shown_id = translation.live_revision_id if translation.live else row.waiting_revision_id
    draft = translation.latest_revision if translation.latest_revision_id != shown_id else None
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
    _publish(row, translation, revision, user)
    if draft is not None:
        _put_back(source, row, translation, draft)


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


def _put_back(source: TranslationSource, row: TranslationStatus, translation: Page, draft: Revision) -> None:
    """``draft`` is the newest version again, and what waits for review still waits, without what is gone."""
    try:
        with transaction.atomic():
            again = publishing.make_draft(
                source, translation.specific_class.objects.get(pk=translation.pk), row.language, draft.user
            )
    except ValidationError:
        again = draft.as_object().save_revision(user=draft.user, clean=False)
    TranslationStatus.objects.filter(pk=row.pk, submitted_revision=draft).update(submitted_revision=again)
    TaskState.objects.filter(revision=draft, status=TaskState.STATUS_IN_PROGRESS).update(revision=again)


def _publish(row: TranslationStatus, translation: Page, revision: Revision, user: Any) -> None:
    """Makes ``revision`` public as what it was reviewed for; a review under way of something newer goes on."""
    content = {**revision.content, "go_live_at": None, "expire_at": None}  # its times are those of the German page
    if content != revision.content:
        Revision.objects.filter(pk=revision.pk).update(content=content)
        revision = Revision.objects.get(pk=revision.pk)
    submitted = row.submitted_revision_id
    TranslationStatus.objects.filter(pk=row.pk).update(waiting_revision=revision)
    token = _bringing.set(True)
    try:
        publish_beside_review(revision=revision, user=user)
    finally:
        _bringing.reset(token)
    TranslationStatus.objects.filter(pk=row.pk).update(
        submitted_revision_id=submitted if submitted != revision.pk else None
    )


def bring_all(rows: Any, user: Any) -> int:
    """The one act on the desk: everything that needs no words and that ``user`` may publish; returns how many."""
    done = 0
    for row in rows.may_follow().select_related("page"):
        translation = structure.translation_of(row.page, row.language)
        rights = translation.permissions_for_user(user) if translation is not None else None
        if rights is None or not rights.can_publish() or translation.locked:
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


def is_translation(page: Page) -> bool:
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
    for number, code in enumerate(TARGETS):
        doubt = partial(status.doubt, code=code)
        step = Step(f"translations.{code}", 110 + number, partial(after_german, code=code), doubt, _is_source)
        register(PUBLISHED, step)
    register(PUBLISHED, Step("translations.follow", 190, after_translation, concerns=is_translation))
    register(UNPUBLISHED, Step("translations.follow", 190, after_taking_off, concerns=_is_source))

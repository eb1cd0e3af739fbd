"""Words of a translation, from what was typed to what is public; never the live row before its review is over."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import LogContext
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import StringTranslation, TranslationContext, TranslationSource

from cms.bin.tree import IN_THE_BIN, is_binned
from cms.localization import locales
from cms.localization.clean_text import clean
from cms.pages.base_page import BasePage
from translations import status
from translations.models import TranslatedRevision, TranslationStatus
from translations.segments import MACHINE, PERSON, Place, Segment, current_source, segments_of, source_of
from translations.tree.structure import begin, is_adapted


class NotPublishable(Exception):
    """Says in a sentence why these words cannot go live (or to review) now."""


class Locked(Exception):
    """Somebody has locked the page."""


def save_words(
    *,
    page: Page,
    language: str,
    words: Mapping[Place, str],
    user: Any = None,
    tool: str = "",
    origin: str = "",
) -> Revision:
    """Keeps ``words`` (HTML fragments by their place) and makes a draft revision with them; nothing public changes.

    ``tool`` names the machine that wrote them; empty means a person. A machine never replaces a person's words.
    ``origin`` names the way by which a person's words came, when it was not the workbench.
    Raises Locked, and ValidationError when the page as a whole would not be valid.
    """
    if is_binned(page):
        raise Locked(str(IN_THE_BIN))
    translated = begin(page, language)
    _require_titles_fit(words)
    if translated.locked and (user is None or translated.permissions_for_user(user).page_locked()):
        raise Locked(_("This page is locked. Ask the person who locked it."))
    if is_adapted(translated):
        raise Locked(_("This page has a text of its own in this language. Write it in the editor of the page."))
    source = current_source(page)
    with transaction.atomic():
        _store_words(segments_of(source, language), language, words, user, tool, origin)
        revision = make_draft(source, translated, language, user)
    status.refresh(status.source_page_of(translated) or page, [language], source=source)
    return revision


def save_each(
    *,
    page: Page,
    language: str,
    words: Mapping[Place, str],
    user: Any = None,
    tool: str = "",
    origin: str = "",
) -> dict[Place, str]:
    """``save_words``, where words with which the page would not be valid cost only themselves: they are found by
    halving. Returns why, for those that were not stored. Raises Locked."""
    if not words:
        return {}
    try:
        save_words(page=page, language=language, words=words, user=user, tool=tool, origin=origin)
    except ValidationError as error:
        if len(words) == 1:
            return dict.fromkeys(words, " ".join(error.messages))
        items = list(words.items())
        halves = dict(items[: len(items) // 2]), dict(items[len(items) // 2 :])
        refused: dict[Place, str] = {}
        for half in halves:
            refused |= save_each(page=page, language=language, words=half, user=user, tool=tool, origin=origin)
        return refused
    return {}


def _require_titles_fit(words: Mapping[Place, str]) -> None:
    """wagtail-localize copies a title into the page as soon as it is stored; PostgreSQL then refuses a longer one."""
    fits = MaxLengthValidator(Page._meta.get_field("title").max_length)
    titles = TranslationContext.objects.filter(pk__in=[place[0] for place in words], path="title")
    for context_id in titles.values_list("pk", flat=True):
        for place, text in words.items():
            if place[0] == context_id:
                fits(text)


def _store_words(
    segments: list[Segment], language: str, words: Mapping[Place, str], user: Any, tool: str, origin: str = ""
) -> None:
    by_place = {segment.place: segment for segment in segments}
    for place, typed in words.items():
        segment, text = by_place.get(place), clean(typed)
        if segment is None or (tool and not segment.is_missing and segment.made_by == PERSON):
            continue
        key = {"translation_of_id": place[1], "context_id": place[0], "locale_id": locales.id_of(language)}
        if not text.strip():
            StringTranslation.objects.filter(**key).delete()
            continue
        StringTranslation.objects.update_or_create(
            **key,
            defaults={
                "data": text,
                "translation_type": MACHINE if tool else PERSON,
                "tool_name": tool or origin,
                "last_translated_by": user,
                "has_error": False,
                "field_error": "",
            },
        )


def make_draft(source: TranslationSource, translated: BasePage, language: str, user: Any) -> Revision:
    """A revision of the translation with the words there are; German stands where they are missing."""
    segments = segments_of(source, language)
    draft = source.get_ephemeral_translated_instance(Locale.objects.get(pk=locales.id_of(language)), fallback=True)
    # Home pages of all languages are siblings, so the German slug is taken there.
    draft.slug = find_available_slug(translated.get_parent(), draft.slug, ignore_page_id=translated.pk)
    draft.go_live_at = draft.expire_at = None  # it comes and goes with the German page
    revision: Revision = draft.save_revision(user=user, log_action=True)
    german = source.get_source_instance()
    TranslatedRevision.objects.create(
        revision=revision,
        source_revision_id=german.live_revision_id or german.latest_revision_id,
        strings=[list(segment.place) for segment in segments],
        missing=sum(segment.is_missing for segment in segments),
        by_machine=sum(segment.is_by_machine for segment in segments),
        words=[[segment.target, segment.made_by, segment.person_id] for segment in segments],
    )
    return revision


def is_of_current_german(revision: Revision, page: Page) -> bool:
    """False when the German text has changed since ``revision`` was made."""
    made = TranslatedRevision.objects.filter(revision=revision).first()
    places = status.places_of(source_of(page))
    return made is not None and [tuple(place) for place in made.strings] == places


def missing_sentences(revision: Revision) -> str:
    """Why ``revision`` may not be shown as a translation; empty when it may."""
    made = TranslatedRevision.objects.filter(revision=revision).first()
    if made is None or not made.missing:
        return ""
    return ngettext(
        "%(count)d sentence is not translated yet.", "%(count)d sentences are not translated yet.", made.missing
    ) % {"count": made.missing}


def _require_latest(translated: Page, revision: Revision) -> None:
    if translated.latest_revision_id != revision.pk:
        raise NotPublishable(_("Somebody has changed the translation meanwhile. Please look at it again."))
    sentence = missing_sentences(revision)
    if sentence:
        raise NotPublishable(sentence)


@transaction.atomic
def submit(*, translated: Page, revision: Revision, user: Any) -> None:
    """Sends the draft ``revision`` to review: into the workflow of its language, else to the press office's list."""
    _require_latest(translated, revision)
    if translated.permissions_for_user(user).page_locked():
        raise Locked(_("This page is locked. Ask the person who locked it."))
    page = status.source_page_of(translated)
    TranslationStatus.objects.filter(page=page, language=locales.code_of(translated.locale_id)).update(
        submitted_revision=revision
    )
    workflow = translated.get_workflow()
    if workflow is not None and not translated.workflow_in_progress:
        workflow.start(translated, user)
    if page is not None:
        status.refresh(page, [locales.code_of(translated.locale_id)])


@transaction.atomic
def publish(*, translated: Page, revision: Revision, user: Any) -> None:
    """Makes exactly ``revision`` public, as reviewed by ``user``."""
    permissions = translated.permissions_for_user(user)
    if not permissions.can_publish():
        raise PermissionDenied
    if permissions.page_locked():
        raise Locked(_("This page is locked. Ask the person who locked it."))
    if translated.workflow_in_progress:
        raise NotPublishable(_("This translation is in review. Approve it there, or cancel the review first."))
    _require_latest(translated, revision)
    TranslationStatus.objects.filter(waiting_revision=revision).update(waiting_revision=None)  # ``user`` answers for it
    with LogContext(user=user):
        revision.publish(user=user)


def publish_unreviewed(*, translated: Page, revision: Revision) -> None:
    """Makes a machine's draft public where the site's policy says so; marked as such for visitors."""
    _require_latest(translated, revision)
    if translated.locked or translated.workflow_in_progress:
        raise Locked(_("This page is locked. Ask the person who locked it."))
    revision.publish()

"""A translation on the present structure of its German page, made of the words of a reviewed revision only."""

import json
from collections.abc import Sequence

from wagtail.coreutils import find_available_slug
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail_localize.fields import copy_synchronised_fields, get_translatable_fields
from wagtail_localize.models import TranslationContext, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from cms.pages.base_page import BasePage
from translations.models import TranslatedRevision, TranslationStatus
from translations.segments import Place, rows_of

LocalizedText = dict[Place, str]


def restructured(
    source: TranslationSource, row: TranslationStatus, translation: Page, places: list[Place], known: list[Place]
) -> BasePage | None:
    """The translation on the German page's present structure; None where words are missing or nothing is to change."""
    if not {string for _context, string in places} <= {string for _context, string in known}:
        return None
    revision = translation.live_revision if translation.live else row.waiting_revision
    made = TranslatedRevision.objects.filter(revision=revision).select_related("source_revision").first()
    if made is not None and (
        made.missing or (translation.live and places == known and _is_of_this_german(made, source))
    ):
        return None
    shown = revision.as_object() if revision else translation.specific
    words = reviewed_words(shown, known)
    if words is None:
        return None
    by_string = {place[1]: text for place, text in words.items()}
    chosen = {place: words.get(place) or by_string.get(place[1]) for place in places}
    if not places or not all(chosen.values()):
        return None
    built = _built(source, translation, {place: str(text) for place, text in chosen.items()})
    return built if not translation.live or places != known or _differs(built, shown) else None


def _is_of_this_german(made: TranslatedRevision, source: TranslationSource) -> bool:
    """Whether the German page has the same blocks, with the same pictures and links, as when it was translated."""
    if made.source_revision is None:
        return False
    before, now = made.source_revision.content, json.loads(source.content_json)
    model = source.specific_content_type.model_class()
    streams = [field.name for field in model._meta.get_fields() if isinstance(field, StreamField | RichTextField)]
    return all(before.get(name) == now.get(name) for name in streams)


def reviewed_words(shown: Page, known: Sequence[Place]) -> LocalizedText | None:
    """What stands in ``shown`` for each German sentence that it translates; None when that cannot be told."""
    found = [segment for segment in extract_segments(shown) if isinstance(segment, StringSegmentValue)]
    paths = dict(TranslationContext.objects.filter(pk__in={place[0] for place in known}).values_list("pk", "path"))
    if [segment.path for segment in found] != [paths.get(place[0]) for place in known]:
        return None
    return {place: segment.string.data for place, segment in zip(known, found, strict=True)}


def _built(source: TranslationSource, translation: Page, words: LocalizedText) -> BasePage:
    """As ``get_ephemeral_translated_instance`` makes it, with these words and no others."""
    locale = translation.locale
    german, built = source.as_instance(), source.get_translated_instance(locale)
    copy_synchronised_fields(german, built)
    place_of = {(row.context.path, row.order): (row.context_id, row.string_id) for row in rows_of(source)}
    segments = source._get_segments_for_translation(locale, fallback=True)
    for segment in segments:
        if isinstance(segment, StringSegmentValue):
            segment.string = StringValue(words[place_of[segment.path, segment.order]])
    ingest_segments(german, built, source.locale, locale, segments)
    built.slug = find_available_slug(translation.get_parent(), built.slug, ignore_page_id=translation.pk)
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

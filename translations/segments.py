"""The sentences of a page in German and in one language, as wagtail-localize keeps them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from cms.localization import languages, locales

PERSON = StringTranslation.TRANSLATION_TYPE_MANUAL
MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE

_TAG, _WORD = re.compile(r"<[^>]*>"), re.compile(r"\w+")

Place = tuple[int, int]
"""Where which sentence stands: context id and string id."""

TARGETS = tuple(language.code for language in languages.LANGUAGES if language.code != languages.SOURCE)
"""The languages into which pages are translated."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence or short text of a page: German and what stands for it in the other language.

    Both are HTML fragments with inline tags only; ``made_by`` is ``manual``, ``machine`` or empty.
    """

    number: int
    context_id: int
    string_id: int
    path: str
    source: str
    target: str = ""
    made_by: str = ""
    error: str = ""
    person_id: int | None = None
    """Who has written the translation."""
    field_path: str = ""
    """``path`` with names of blocks in place of their ids, such as ``body.quote.name``."""

    @property
    def place(self) -> Place:
        return self.context_id, self.string_id

    @property
    def is_missing(self) -> bool:
        return not self.target or bool(self.error)

    @property
    def is_by_machine(self) -> bool:
        return not self.is_missing and self.made_by == MACHINE


def count_words(fragment: str) -> int:
    return len(_WORD.findall(_TAG.sub(" ", fragment)))


def content_of(page: Page) -> Page:
    """What is to be translated: the published German text, of a page that is not public the draft that will be.

    Read anew: ``page`` may have been fetched before somebody published.
    """
    specific = page.specific_class._default_manager.get(pk=page.pk)
    if specific.live or not specific.latest_revision_id:
        return specific
    scheduled = specific.revisions.exclude(approved_go_live_at=None).order_by("-pk").first()
    draft: Page = (scheduled or specific.latest_revision).as_object()
    return draft


def read_source(page: Page) -> TranslationSource:
    """Splits the German text into sentences anew if it has changed."""
    source, _created = TranslationSource.update_or_create_from_instance(content_of(page))
    return source


def source_of(page: Page) -> TranslationSource | None:
    """What was split before, for a page in any language."""
    return TranslationSource.objects.filter(
        object_id=page.translation_key, locale_id=locales.id_of(languages.SOURCE)
    ).first()


def current_source(page: Page) -> TranslationSource:
    """What is to be translated now. The draft of a page that is not public may have changed since it was split."""
    return (source_of(page) if page.live else None) or read_source(page)


def rows_of(source: TranslationSource) -> QuerySet[StringSegment]:
    return StringSegment.objects.filter(source=source).select_related("string", "context").order_by("order", "pk")


def translations_of(places: Iterable[Place], language: str | None = None) -> QuerySet[StringTranslation]:
    """What is stored for these sentences in these places, in one language or in all."""
    contexts, strings = zip(*places, strict=True) if (places := list(places)) else ((), ())
    found = StringTranslation.objects.filter(context_id__in=set(contexts), translation_of_id__in=set(strings))
    return found.filter(locale_id=locales.id_of(language)) if language else found


def segments_of(source: TranslationSource, language: str) -> list[Segment]:
    """Every sentence in its order; two queries."""
    rows = list(rows_of(source))
    stored = {
        (row.context_id, row.translation_of_id): row
        for row in translations_of([(row.context_id, row.string_id) for row in rows], language)
    }
    segments = []
    for number, row in enumerate(rows):
        words = stored.get((row.context_id, row.string_id))
        segments.append(
            Segment(
                number=number,
                context_id=row.context_id,
                string_id=row.string_id,
                path=row.context.path,
                source=row.string.data,
                target=words.data if words else "",
                made_by=words.translation_type if words else "",
                error=(words.get_error() or "") if words and words.has_error else "",
                field_path=row.context.field_path,
                person_id=words.last_translated_by_id if words else None,
            )
        )
    return segments

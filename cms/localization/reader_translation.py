"""The live translation of a source page into the reader's language, as a relation that Django prefetches.

``prefetch_related("reader_translation")`` on a list of source pages, or ``prefetch_related_objects`` on what was read
before, is one query however many there are, and none in German. A page for which nobody asked has none.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Page

from cms.localization import languages, locales, notices

NAME = "reader_translation"
CACHE = f"_{NAME}"


def translations(model: type[Page], keys: Iterable[UUID], language: str) -> QuerySet[Any]:
    """The live translations into ``language`` with these translation keys, with their origin; no aliases."""
    pages: Any = model._default_manager.filter(
        translation_key__in=set(keys), locale_id=locales.id_of(language), live=True, alias_of=None
    )
    return notices.annotated(pages.defer_streamfields(), language)


class ReaderTranslation:
    """A relation in Django's sense: whatever has ``get_prefetch_querysets`` can be prefetched."""

    def __get__(self, page: Any, owner: type[Page]) -> Any:
        return self if page is None else page.__dict__.get(CACHE)

    def is_cached(self, page: Any) -> bool:
        return CACHE in page.__dict__

    def get_prefetch_querysets(
        self, instances: list[Any], querysets: list[QuerySet[Any]] | None = None
    ) -> tuple[QuerySet[Any], Callable[[Any], Any], Callable[[Any], Any], bool, str, bool]:
        """Rows, their key, the key of the pages, "one each", and where Django keeps it."""
        language, model = languages.active().code, type(instances[0])
        sources = [] if language == languages.SOURCE else instances
        found = translations(model, (page.translation_key for page in sources), language)
        return found, _key, _key, True, CACHE, True


def _key(page: Any) -> UUID:
    key: UUID = page.translation_key
    return key

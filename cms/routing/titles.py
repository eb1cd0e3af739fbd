"""Titles of pages in the reader's language."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from wagtail.models import Page

from cms.localization import languages, locales, notices
from cms.localization.localized_text import LocalizedText, Name
from cms.routing.address import PageRow

Titles = Mapping[UUID, LocalizedText]
"""By translation key."""


def translated(keys: Iterable[UUID], language: str) -> Titles:
    """Titles of the live translations into ``language``, with their origin; one query, none where all is German."""
    wanted = set(keys) if language != languages.SOURCE else set()
    if not wanted:
        return {}
    pages = Page.objects.filter(
        translation_key__in=wanted, locale_id=locales.id_of(language), live=True, alias_of=None
    ).order_by()
    found = notices.annotated(pages, language)
    return {
        row["translation_key"]: LocalizedText(
            row["title"],
            language,
            by_machine=row.get("by_machine", False),
            is_outdated=row.get("outdated_since") is not None,
        )
        for row in found.values("translation_key", "title", *found.query.annotations)
    }


def title_of(row: PageRow | Page, titles: Titles) -> LocalizedText:
    """That of a source page: the German one where there is no other; a proper name is the same in every language."""
    model = row.model if isinstance(row, PageRow) else row.specific_class
    if getattr(model, "title_is_name", False):
        return Name(row.title)
    return titles.get(row.translation_key) or LocalizedText(row.title, languages.SOURCE)

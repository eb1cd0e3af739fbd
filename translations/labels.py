"""What visitors are told about a translation."""

from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, Subquery

from cms import languages
from translations.models import Origin, TranslationStatus


def annotate(pages: QuerySet[Any], language: str) -> QuerySet[Any]:
    """Adds ``by_machine`` and ``outdated_since`` to pages in ``language``; the source pages among them say no."""
    if language == languages.SOURCE:
        return pages
    here = TranslationStatus.objects.filter(
        page__translation_key=OuterRef("translation_key"), language=OuterRef("locale__language_code")
    )
    return pages.annotate(
        by_machine=Exists(here.filter(origin=Origin.MACHINE)),
        outdated_since=Subquery(here.values("outdated_since")[:1], output_field=DateTimeField()),
    )

"""What visitors are told about a translation."""

from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, Subquery

from cms.localization import languages
from translations.models import Origin, TranslationStatus


def annotate(rows: QuerySet[Any], language: str, page: str = "") -> QuerySet[Any]:
    """Adds ``by_machine`` and ``outdated_since`` to rows in ``language``; those of source pages say no.

    ``page`` leads from a row to its page, where the rows are no pages.
    """
    if language == languages.SOURCE:
        return rows
    way = f"{page}__" if page else ""
    here = TranslationStatus.objects.filter(
        page__translation_key=OuterRef(f"{way}translation_key"), language=OuterRef(f"{way}locale__language_code")
    )
    return rows.annotate(
        by_machine=Exists(here.filter(origin=Origin.MACHINE)),
        outdated_since=Subquery(here.values("outdated_since")[:1], output_field=DateTimeField()),
    )

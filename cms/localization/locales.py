"""Wagtail's Locale rows, known by code without a query each time."""

from functools import cache
from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Locale

from cms.localization import languages


@cache
def _id_by_code() -> dict[str, int]:
    return {row.language_code: row.pk for row in Locale.objects.all()}


@cache
def _row_by_id() -> dict[int, Locale]:
    return {row.pk: row for row in Locale.objects.all()}


def _forget(**_signal: Any) -> None:
    _id_by_code.cache_clear()
    _row_by_id.cache_clear()


post_save.connect(_forget, sender=Locale, dispatch_uid="cms.locales.saved")
post_delete.connect(_forget, sender=Locale, dispatch_uid="cms.locales.deleted")


def id_of(code: str) -> int:
    """Primary key of the Locale with that code; KeyError when the database has none."""
    try:
        return _id_by_code()[code]
    except KeyError:
        _forget()
        return _id_by_code()[code]


def code_of(locale_id: int) -> str:
    """Language code of the Locale with that primary key."""
    for attempt in (1, 2):
        for code, known in _id_by_code().items():
            if known == locale_id:
                return code
        if attempt == 1:
            _forget()
    raise KeyError(locale_id)


def row(locale_id: int) -> Locale | None:
    """The Locale with that primary key, read without a query when it is known; None for one that is new."""
    return _row_by_id().get(locale_id)


def create_missing(**_signal: Any) -> None:
    """After migrations: one Locale for each language of the list, so that adding a language needs no data migration."""
    existing = set(Locale.all_objects.values_list("language_code", flat=True))
    for language in languages.LANGUAGES:
        if language.code not in existing:
            Locale.objects.create(language_code=language.code)
    _forget()

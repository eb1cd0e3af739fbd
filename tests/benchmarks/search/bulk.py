"""Many pages in a few statements, past everything that listens: for content of which only the words count."""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from wagtail.models import Locale, Page

from cms.localization import languages, locales
from cms.pages.base_page import BasePage


def add(parent: Page, pages: Sequence[BasePage], language: str = languages.SOURCE) -> None:
    """Publishes ``pages``, all of one type, below the translation of ``parent`` into ``language``."""
    if not pages:
        return
    below = _in_language(parent, language)
    last = below.get_last_child()
    taken = Page._str2int(last.path[-Page.steplen :]) if last else 0
    now = timezone.now()
    model, locale_id = type(pages[0]), locales.id_of(language)
    content_type = ContentType.objects.get_for_model(model)
    for step, page in enumerate(pages, start=taken + 1):
        page.path, page.depth = Page._get_path(below.path, below.depth + 1, step), below.depth + 1
        page.url_path, page.draft_title = f"{below.url_path}{page.slug}/", page.title
        page.locale_id, page.content_type, page.live = locale_id, content_type, True
        page.first_published_at = page.last_published_at = page.latest_revision_created_at = now
    fields = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    made = Page.objects.bulk_create([Page(**{name: getattr(page, name) for name in fields}) for page in pages], 500)
    for page, row in zip(pages, made, strict=True):
        page.pk = page.page_ptr_id = row.pk
    Page.objects.filter(pk=below.pk).update(numchild=below.numchild + len(pages))
    _insert(model, pages)


def _in_language(page: Page, language: str) -> Page:
    locale = Locale.objects.get(language_code=language)
    found = Page.objects.filter(translation_key=page.translation_key, locale=locale).first()
    return found or Page.objects.get(pk=page.specific.copy_for_translation(locale, copy_parents=True, alias=True).pk)


def _insert(model: type[BasePage], pages: Sequence[Any]) -> None:
    quote, fields = connection.ops.quote_name, model._meta.local_concrete_fields
    names, places = ", ".join(quote(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 (our columns)
    rows = [[field.get_db_prep_save(getattr(page, field.attname), connection) for field in fields] for page in pages]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)

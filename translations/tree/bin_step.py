"""A translation alone in the bin is a missing one; brought back, it is what it was."""

from typing import Any

from django.contrib.auth import get_user_model
from wagtail.models import Page, Revision

from cms.localization import languages, locales
from translations import status
from translations.models import TranslationStatus
from translations.tree import following, structure

KEPT = (
    *("origin", "live_strings", "source_revision_id", "submitted_revision_id", "reviewed_by_id", "adapted"),
    *("waiting_revision_id", "withdrawn_strings"),
)
MOMENTS = ("outdated_since", "reviewed_at")


def put(page: Page, _user: Any) -> Any:
    """For a whole page nothing changes: its rows wait for it."""
    source = status.source_page_of(page)
    if source is None or source.pk == page.pk or not status.is_translatable(source):
        return None
    code = locales.code_of(page.locale_id)
    row = TranslationStatus.objects.filter(page=source, language=code).first()
    status.refresh(source, [code])
    if row is None:
        return None
    moments = {name: getattr(row, name).isoformat() for name in MOMENTS if getattr(row, name)}
    return {name: getattr(row, name) for name in KEPT} | moments


def restored(page: Page, kept_by_steps: dict[str, Any], _user: Any) -> None:
    kept = kept_by_steps.get("translations")
    source = status.source_page_of(page)
    if source is None or not status.is_translatable(source):
        return
    if page.locale_id == locales.id_of(languages.SOURCE):
        _take_off_those_that_ended(page)
        return
    code = locales.code_of(page.locale_id)
    structure.move_translation(source, code)  # the German page may have moved meanwhile
    if kept:
        values = dict(kept)
        for name, model in (
            ("source_revision_id", Revision),
            ("submitted_revision_id", Revision),
            ("waiting_revision_id", Revision),
            ("reviewed_by_id", get_user_model()),
        ):
            if not model._default_manager.filter(pk=values.get(name)).exists():
                values[name] = None
        TranslationStatus.objects.filter(page=source, language=code).update(**values)
    if not source.live:
        following.take_off(source, None)
    status.refresh(source, [code])


def _take_off_those_that_ended(page: Page) -> None:
    """German pages that are not public any more when they come back: their translations are not either."""
    for source in Page.objects.get(pk=page.pk).get_descendants(inclusive=True).filter(live=False):
        following.take_off(source, None)
        status.refresh(source)

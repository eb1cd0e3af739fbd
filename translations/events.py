"""What happens to pages keeps their translation rows current and takes translations along."""

from typing import Any

from django.db.models.signals import post_delete
from wagtail.models import Page, Revision, WorkflowState
from wagtail.signals import (
    post_page_move,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from cms import languages, locales
from cms.page_acts import Act, Step, guarded, register
from cms.pages import BasePage
from translations import following, status, structure


def _is_source(page: Page) -> bool:
    return page.locale_id == locales.id_of(languages.SOURCE)


def published(page: BasePage, revision: Revision | None, user: Any) -> None:
    if _is_source(page):
        status.german_published(page, revision)
    else:
        status.translation_published(page, revision, user)


def unpublished(page: BasePage, *_act: Any) -> None:
    """Alone, a translation is a draft again; one that ends with the German page waits for it (``following``)."""
    source = status.source_page_of(page)
    if source is not None:
        status.refresh(source, status.TARGETS if source.pk == page.pk else [locales.code_of(page.locale_id)])


def in_doubt(page: BasePage) -> None:
    """Nobody knows what the words translate that are public now."""
    source = status.source_page_of(page)
    if source is not None:
        status.doubt(source, None if _is_source(page) else locales.code_of(page.locale_id))


def on_changed(instance: Page, **_signal: Any) -> None:
    """In one language or in German."""
    if isinstance(instance, BasePage):
        _refresh_source_of(instance)


def _refresh_source_of(instance: Page) -> None:
    page = status.source_page_of(instance)
    if page is not None:
        status.refresh(page)


def on_deleted(instance: Page, **_signal: Any) -> None:
    """Without its German page a translation has no facts and no address.

    Asked for ``Page``: the row of its own model goes first, when the page can still be found.
    """
    if not status.is_translatable(instance):
        return
    if _is_source(instance):
        structure.delete_translations(instance)
    else:
        _refresh_source_of(instance)


def on_moved(instance: Page, **_signal: Any) -> None:
    """Asked for any ``Page``: who moves one from code need not fetch its own model first."""
    if status.is_translatable(instance) and _is_source(instance):
        structure.move_translations(instance.specific)


def on_workflow(instance: WorkflowState, **_signal: Any) -> None:
    content = instance.content_object
    if isinstance(content, Page) and not _is_source(content):
        on_changed(content.specific)  # a workflow knows the page, not its own model


def connect() -> None:
    register(Act.PUBLISHED, Step("translations", 10, published, in_doubt))
    register(Act.UNPUBLISHED, Step("translations", 12, unpublished))
    following.connect()
    post_page_move.connect(on_moved, dispatch_uid="translations.moved")
    post_delete.connect(on_deleted, sender=Page, dispatch_uid="translations.deleted")
    for name, signal in (
        ("submitted", workflow_submitted),
        ("approved", workflow_approved),
        ("rejected", workflow_rejected),
        ("cancelled", workflow_cancelled),
    ):
        signal.connect(guarded(on_workflow), dispatch_uid=f"translations.workflow.{name}", weak=False)

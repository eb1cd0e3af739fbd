"""What happens to pages keeps their translation rows current and takes translations along."""

from contextvars import ContextVar
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models.signals import post_delete
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, Revision, WorkflowState
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from cms import languages, locales
from cms.pages import BasePage
from translations import status, structure

wording_only: ContextVar[int | None] = ContextVar("wording_only", default=None)
"""The page that is being published with nothing but corrected wording."""


def _is_source(page: Page) -> bool:
    return page.locale_id == locales.id_of(languages.SOURCE)


def _publisher(revision: Revision | None) -> AbstractBaseUser | None:
    """Who decided it: who is at work in the admin, else (a schedule) who wrote the revision."""
    acting = get_active_log_context().user
    return acting if acting is not None else (revision.user if revision else None)


def on_published(instance: Page, revision: Revision | None = None, **_signal: Any) -> None:
    if not isinstance(instance, BasePage):
        return
    if _is_source(instance):
        only_wording = wording_only.get() == instance.pk
        wording_only.set(None)
        status.german_published(instance, only_wording=only_wording)
    else:
        status.translation_published(instance, revision, _publisher(revision))


def on_unpublished(instance: Page, **_signal: Any) -> None:
    """In one language or in German. Wagtail sends this before it deletes a page as well, whose row is live still: what
    is written about that page now would point to nothing at the end."""
    if not Page.objects.filter(pk=instance.pk, live=True).exists():
        on_changed(instance)


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
    page_published.connect(on_published, dispatch_uid="translations.published")
    page_unpublished.connect(on_unpublished, dispatch_uid="translations.unpublished")
    post_page_move.connect(on_moved, dispatch_uid="translations.moved")
    post_delete.connect(on_deleted, sender=Page, dispatch_uid="translations.deleted")
    for name, signal in (
        ("submitted", workflow_submitted),
        ("approved", workflow_approved),
        ("rejected", workflow_rejected),
        ("cancelled", workflow_cancelled),
    ):
        signal.connect(on_workflow, dispatch_uid=f"translations.workflow.{name}")

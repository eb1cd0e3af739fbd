"""What happens to pages keeps their translation rows current and takes translations along."""

from functools import partial
from typing import Any

from wagtail.models import Page, Revision, WorkflowState

from cms.bin.models import BinEntry
from cms.bin.pages import BINNED, RESTORED
from cms.localization import languages, locales
from cms.pages.base_page import BasePage
from cms.pages.page_acts import DELETED, MOVED, PUBLISHED, UNPUBLISHED
from cms.pages.review_acts import APPROVED, CANCELLED, REJECTED, SUBMITTED
from cms.pages.steps import Step, register
from translations import status
from translations.review import acts
from translations.tree import bin_step, following, structure


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


def moved(page: Page, _user: Any, *, code: str) -> None:
    """Of any ``Page``: who moves one from code need not fetch its own model first. What is in the bin alone stays."""
    alone = BinEntry.objects.filter(page__translation_key=page.translation_key, page__locale_id=locales.id_of(code))
    if not alone.exists():
        structure.move_translation(page.specific, code)


def deleted(page: Page, _user: Any, *, code: str) -> None:
    """Without its German page a translation has no facts and no address."""
    structure.delete_translation(page, code)


def _leaves_its_german_page(page: Page) -> bool:
    return not _is_source(page) and status.source_page_of(page) is not None


def translation_deleted(page: Page, _user: Any) -> None:
    _refresh_source_of(page)


def decided(state: WorkflowState, _user: Any) -> None:
    """Whether a translation is in review."""
    content = state.content_object
    if isinstance(content, Page) and status.is_translatable(content) and not _is_source(content):
        _refresh_source_of(content)


def _refresh_source_of(page: Page) -> None:
    source = status.source_page_of(page)
    if source is not None:
        status.refresh(source)


def connect() -> None:
    register(PUBLISHED, Step("translations", 100, published, in_doubt))
    register(PUBLISHED, Step("translations.review", 105, acts.published, concerns=following.is_translation))
    register(UNPUBLISHED, Step("translations", 200, unpublished))
    register(DELETED, Step("translations", 100, translation_deleted, concerns=_leaves_its_german_page))
    for number, code in enumerate(status.TARGETS):  # each alone: others write in between
        for act, do in ((MOVED, moved), (DELETED, deleted)):
            register(act, Step(f"translations.{code}", 110 + number, partial(do, code=code), concerns=_is_source))
    register(BINNED, Step("translations", 100, bin_step.put))
    register(RESTORED, Step("translations", 100, bin_step.restored))
    register(REJECTED, Step("translations.review", 90, acts.rejected))
    for act in (SUBMITTED, APPROVED, REJECTED, CANCELLED):
        register(act, Step("translations", 100, decided))
    following.connect()

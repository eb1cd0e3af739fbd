"""Sent, withdrawn, handed back, published: each act once, with those told whom it concerns."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, WorkflowState

from cms.localization import languages, locales
from cms.pages.base_page import BasePage
from translations import publishing, status
from translations.models import TranslationState, TranslationStatus
from translations.review import mails
from translations.review.models import Act, ReviewAct


class NotInReview(Exception):
    """Says in a sentence that there is nothing to hand back or to withdraw."""


class NoReason(Exception):
    """Says in a sentence that a reason is missing."""


def _place(translated: Page) -> tuple[Page, str]:
    page = status.source_page_of(translated)
    if page is None:
        raise NotInReview(_("This translation has no German page."))
    return page, locales.code_of(translated.locale_id)


def _note(translated: Page, act: Act, *, user: Any, text: str = "", revision: Revision | None = None) -> None:
    page, code = _place(translated)
    ReviewAct.objects.create(page_id=page.pk, language=code, act=act, by=user, text=text.strip(), revision=revision)


def leave_note(*, translated: Page, user: Any, text: str) -> None:
    """What the author wants the reviewer to know, or the other way round; empty text leaves none."""
    if text.strip():
        _note(translated, Act.NOTE, user=user, text=text)


@transaction.atomic
def send(*, translated: BasePage, revision: Revision, user: Any) -> None:
    """Sends ``revision`` to review, in the place of what was sent before; the reviewers get one mail.

    Raises ``publishing.NotPublishable`` and ``publishing.Locked``.
    """
    running = translated.current_workflow_state
    if running is not None:
        if translated.workflow_in_progress and running.current_task_state.revision_id == revision.pk:
            return
        running.cancel(user=user)  # or the review would go on about the older words
        translated = Page.objects.get(pk=translated.pk).specific
    publishing.submit(translated=translated, revision=revision, user=user)
    _note(translated, Act.SENT, user=user, revision=revision)
    if not translated.workflow_in_progress:  # else Wagtail tells those whom the workflow names
        mails.tell_reviewers(translated=translated, revision=revision, by=user)


def was_sent(translated: Page) -> bool:
    """Whether reviewers have it before them now."""
    page, code = _place(translated)
    return TranslationStatus.objects.filter(page=page, language=code, state=TranslationState.REVIEW).exists()


@transaction.atomic
def saved(*, translated: Page, revision: Revision, user: Any, was_in_review: bool) -> Act | None:
    """After ``user`` has saved ``revision``: SENT when it stays in review, WITHDRAWN when it does not any more.

    A reviewer who corrects a word goes on reviewing; whoever wrote it has more to say first.
    """
    if not was_in_review:
        return None
    if translated.workflow_in_progress:
        return Act.SENT
    if translated.permissions_for_user(user).can_publish():
        page, code = _place(translated)
        TranslationStatus.objects.filter(page=page, language=code).update(submitted_revision=revision)
        status.refresh(page, [code])
        return Act.SENT
    _note(translated, Act.WITHDRAWN, user=user, revision=revision)
    return Act.WITHDRAWN


@transaction.atomic
def withdraw(*, translated: BasePage, user: Any) -> None:
    """Takes it back from the reviewers; the words stay as a draft. Raises NotInReview and PermissionDenied."""
    page, code = _place(translated)
    if not was_sent(translated):
        raise NotInReview(_("This translation is not in review."))
    running = translated.current_workflow_state
    if running is not None and translated.workflow_in_progress:
        if running.requested_by_id != user.pk and not translated.permissions_for_user(user).can_publish():
            raise PermissionDenied
        running.cancel(user=user)
    TranslationStatus.objects.filter(page=page, language=code).update(submitted_revision=None)
    _note(translated, Act.WITHDRAWN, user=user)
    status.refresh(page, [code])


@transaction.atomic
def hand_back(*, translated: BasePage, revision: Revision, user: Any, reason: str) -> Any:
    """Gives it back to who sent it, with a reason; returns that person, None when nobody is known.

    Raises PermissionDenied, ``publishing.Locked``, NotInReview and NoReason.
    """
    permissions = translated.permissions_for_user(user)
    if not permissions.can_publish():
        raise PermissionDenied
    if permissions.page_locked():
        raise publishing.Locked(_("This page is locked. Ask the person who locked it."))
    if not was_sent(translated):
        raise NotInReview(_("This translation is not in review."))
    if not reason.strip():
        raise NoReason(_("Please write why you hand the translation back, so that it can be put right."))
    page, code = _place(translated)
    TranslationStatus.objects.filter(page=page, language=code).update(submitted_revision=None)
    task_state = translated.current_workflow_task_state
    if task_state is not None and translated.workflow_in_progress:
        if "reject" not in {name for name, *_rest in task_state.task.specific.get_actions(translated, user)}:
            raise PermissionDenied
        task_state.specific.reject(user=user, comment=reason.strip())  # noted by ``rejected``, mailed by Wagtail
    else:
        _note(translated, Act.RETURNED, user=user, text=reason, revision=revision)
        mails.tell_author(translated=translated, revision=revision, by=user, act=Act.RETURNED, text=reason.strip())
    status.refresh(page, [code])
    return mails.author_of(page, code, revision)


def rejected(state: WorkflowState, user: Any) -> None:
    """In a workflow of Wagtail's, on whatever screen."""
    content = state.content_object
    if (
        isinstance(content, Page)
        and status.is_translatable(content)
        and content.locale_id != locales.id_of(languages.SOURCE)
    ):
        task_state = state.current_task_state
        page, code = _place(content)
        TranslationStatus.objects.filter(page=page, language=code).update(submitted_revision=None)
        _note(content, Act.RETURNED, user=user, text=task_state.comment, revision=task_state.revision)


def published(page: BasePage, revision: Revision | None, user: Any) -> None:
    """Notes it and tells the author, once for each revision and only when a person has decided it."""
    source, code = status.source_page_of(page), locales.code_of(page.locale_id)
    if revision is None or user is None or source is None:
        return
    if not ReviewAct.objects.of(source, code).filter(act=Act.PUBLISHED, revision=revision).exists():
        _note(page, Act.PUBLISHED, user=user, revision=revision)
        mails.tell_author(translated=page, revision=revision, by=user, act=Act.PUBLISHED)

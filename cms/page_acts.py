"""What follows when a page has been published or taken off: steps in their order, each for itself.

Apps register their steps in ``AppConfig.ready``; the order is that of ``place``, not of the apps. A step that fails
undoes nothing but itself: the page stays as the person wanted it, the failure is logged, told, and a job does the step
again. Every step must bear to be done twice, and later than the act.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import LogContext, get_active_log_context
from wagtail.models import Page, Revision
from wagtail.signals import page_published, page_unpublished

from cms import addresses, mail
from cms.accounts import User
from cms.isolation import key_of
from cms.jobs.retrying import job
from cms.pages import BasePage

logger = logging.getLogger(__name__)

Do = Callable[[BasePage, Revision | None, Any], object]
"""Gets the page as it is now, the revision that was published, and the person who decided it; None for a machine."""


class Act(StrEnum):
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"


@dataclass(frozen=True)
class Step:
    name: str
    place: int
    do: Do
    in_doubt: Callable[[BasePage], object] | None = None
    """Called when ``do`` has failed: what must be said of the page until it is done."""
    concerns: Callable[[BasePage], bool] = lambda _page: True


_steps: dict[Act, list[Step]] = {act: [] for act in Act}


def register(act: Act, step: Step) -> None:
    others = [each for each in _steps[act] if each.name != step.name]
    _steps[act] = sorted([*others, step], key=lambda each: each.place)


def follow(act: Act, page: BasePage, revision: Revision | None = None) -> None:
    """Does every step of ``act``; raises nothing that a step raises."""
    acting = get_active_log_context().user
    user = acting if acting is not None else (revision.user if revision else None)
    _forget_what_failed_before(page)
    for step in _steps[act]:
        if not step.concerns(page):
            continue
        try:
            with transaction.atomic():
                step.do(page, revision, user)
        except Exception as error:  # noqa: BLE001 (logged, told and done again)
            _failed(act, step, page, revision, user, error)


def _failed(act: Act, step: Step, page: BasePage, revision: Revision | None, user: Any, error: Exception) -> None:
    logger.error("%s of page %s: step %s failed, is tried again", act, page.pk, step.name, exc_info=error)
    doubt(step, page)
    values = {
        "act": act.value,
        "step": step.name,
        "page": page.pk,
        "revision": revision.pk if revision else None,
        "user": user.pk if user else None,
    }
    with transaction.atomic():
        do_again.enqueue(**values)
        _tell(user, page, step)


def _forget_what_failed_before(page: BasePage) -> None:
    """What was given up after an earlier act is done anew now."""
    given_up = DBTaskResult.objects.filter(task_path=do_again.module_path, status=TaskResultStatus.FAILED)
    given_up.filter(args_kwargs__kwargs__page=page.pk).delete()


def doubt(step: Step, page: BasePage) -> None:
    if step.in_doubt is None:
        return
    try:
        with transaction.atomic():
            step.in_doubt(page)
    except Exception:
        logger.exception("page %s: nothing could be said of the failed step %s", page.pk, step.name)


def _tell(user: Any, page: BasePage, step: Step) -> None:
    """Whoever has published it, or whose version it was."""
    person = User.objects.filter(pk=user.pk, is_active=True).first() if user else None
    if person is None or not person.has_perm("wagtailadmin.access_admin"):
        return
    mail.post(
        template="cms/mail/not_finished",
        to=person.email,
        preferred=person.admin_language,
        context={"title": page.title, "link": addresses.whole(AdminURLFinder().get_edit_url(page) or "")},
        about=f"page {page.pk} {step.name}",
    )


@job()
def do_again(*, act: str, step: str, page: int, revision: int | None, user: int | None) -> None:
    """A step that has failed, unless the page is gone, or the act was taken back and there is nothing to follow."""
    found = Page.objects.filter(pk=page).first()
    if found is None or found.live != (act == Act.PUBLISHED):
        return
    person = User.objects.filter(pk=user).first() if user else None
    for each in _steps[Act(act)]:
        if each.name == step:
            with transaction.atomic(), LogContext(user=person):
                each.do(found.specific, Revision.objects.filter(pk=revision).first(), person)


def unfinished() -> set[int]:
    """Keys of pages after which something is not done yet, or could not be done."""
    jobs = DBTaskResult.objects.filter(task_path=do_again.module_path).exclude(status=TaskResultStatus.SUCCESSFUL)
    return {arguments["kwargs"]["page"] for arguments in jobs.values_list("args_kwargs", flat=True)}


def is_unfinished(page: Page) -> bool:
    return page.pk in unfinished()


def guarded(receiver: Callable[..., object]) -> Callable[..., object]:
    """``receiver`` of a signal about a decision, which stands whatever its mails and drafts do: it fails alone.

    To be connected with ``weak=False``.
    """

    def alone(instance: Any, **signal: Any) -> object:
        try:
            with transaction.atomic():
                return receiver(instance, **signal)
        except Exception:
            logger.exception("%s failed after a decision about %s", receiver, key_of(instance))
            return None

    return alone


# Signals


def on_published(instance: Page, revision: Revision | None = None, **_signal: Any) -> None:
    """Wagtail sends this as well for a page that will be published later, and takes it off until then."""
    if isinstance(instance, BasePage):
        follow(Act.PUBLISHED if instance.live else Act.UNPUBLISHED, instance, revision)


def on_unpublished(instance: Page, **_signal: Any) -> None:
    """Wagtail sends this before it deletes a page as well, whose row is live still: nothing is to follow then."""
    if isinstance(instance, BasePage) and not Page.objects.filter(pk=instance.pk, live=True).exists():
        follow(Act.UNPUBLISHED, instance)


def connect() -> None:
    page_published.connect(on_published, dispatch_uid="cms.page_acts.published")
    page_unpublished.connect(on_unpublished, dispatch_uid="cms.page_acts.unpublished")

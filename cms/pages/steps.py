"""What follows an act, such as publishing a page: named steps in the order of their places, each for itself.

Apps register their steps in ``AppConfig.ready``; the order is that of ``place``, not of the apps, and no two steps of
an act have the same one. A step that fails undoes nothing but itself: what the person wanted stands, the failure is
logged, told, and a job does the step again. Every step must bear to be done twice, and later than the act.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import LogContext
from wagtail.models import Page

from cms import mail
from cms.accounts import User
from cms.jobs.retrying import job
from cms.pages.isolation import key_of
from cms.routing import absolute_urls

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Act:
    """``again``: from ``page`` (its key), ``user`` and what was noted, what the steps get when a job does them; None
    when the page is gone, or the act was taken back and there is nothing to follow."""

    name: str
    again: Callable[..., tuple[Any, ...] | None]
    anew: tuple[str, ...] = ()
    """Acts after which nothing that was given up need be done any more, for this one does it anew."""
    keep: Callable[[int, str, Any], object] | None = None
    """Gets the page's key, the step's name and what the step has returned, when a job has done it."""
    template: str = "cms/mail/not_followed"


@dataclass(frozen=True)
class Step:
    name: str
    place: int
    do: Callable[..., object]
    in_doubt: Callable[[Any], object] | None = None
    """Called with the page when ``do`` has failed: what must be said of the page until it is done."""
    concerns: Callable[[Any], bool] = lambda _page: True


_acts: dict[str, Act] = {}
_steps: dict[str, list[Step]] = {}


def define(act: Act) -> Act:
    _acts[act.name] = act
    _steps.setdefault(act.name, [])
    return act


def register(act: Act, step: Step) -> None:
    """Raises ImproperlyConfigured where another step of ``act`` has that name or place."""
    for other in _steps[act.name]:
        if step.name == other.name or step.place == other.place:
            raise ImproperlyConfigured(f"{act.name}: {step.name} is at {step.place}, as is {other.name}")
    _steps[act.name] = sorted([*_steps[act.name], step], key=lambda each: each.place)


def in_order() -> dict[str, list[Step]]:
    """The steps of every act."""
    return {name: list(steps) for name, steps in _steps.items()}


def follow(act: Act, about: Any, user: Any, *given: Any, **noted: Any) -> dict[str, Any]:
    """Does every step of ``act`` with ``given``; raises nothing that a step raises, returns what they return.

    ``about`` is the page (or snippet); ``noted``, in JSON, is for ``Act.again``.
    """
    if act.anew:
        _forget_what_failed_before(act, about)
    made = {}
    for step in _steps[act.name]:
        try:
            if step.concerns(about):
                with transaction.atomic():
                    made[step.name] = step.do(*given)
        except Exception as error:  # noqa: BLE001 (logged, told and done again)
            _failed(act, step, about, user, noted, error)
    return made


def _failed(act: Act, step: Step, about: Any, user: Any, noted: dict[str, Any], error: Exception) -> None:
    logger.error("%s of %s: step %s failed, is tried again", act.name, key_of(about), step.name, exc_info=error)
    if step.in_doubt is not None:
        try:
            with transaction.atomic():
                step.in_doubt(about)
        except Exception:
            logger.exception("%s: nothing could be said of the failed step %s", key_of(about), step.name)
    page = about.pk if isinstance(about, Page) else None
    with transaction.atomic():
        do_again.enqueue(act=act.name, step=step.name, page=page, user=user.pk if user else None, noted=noted)
        _tell(user, about, act, step)


def _forget_what_failed_before(act: Act, about: Any) -> None:
    given_up = DBTaskResult.objects.filter(task_path=do_again.module_path, status=TaskResultStatus.FAILED)
    given_up.filter(args_kwargs__kwargs__page=about.pk, args_kwargs__kwargs__act__in=act.anew).delete()


def _tell(user: Any, about: Any, act: Act, step: Step) -> None:
    """Whoever has done it, or whose version it was."""
    person = User.objects.filter(pk=user.pk, is_active=True).first() if user else None
    if person is None or not person.has_perm("wagtailadmin.access_admin"):
        return
    is_there = type(about)._default_manager.filter(pk=about.pk).exists()
    mail.post(
        template=act.template,
        to=person.email,
        preferred=person.admin_language,
        context={
            "title": str(about),
            "link": absolute_urls.whole((AdminURLFinder().get_edit_url(about) if is_there else "") or ""),
        },
        about=f"{act.name} {key_of(about)} {step.name}",
    )


@job()
def do_again(*, act: str, step: str, page: int | None, user: int | None, noted: dict[str, Any]) -> None:
    """A step that has failed."""
    this, person = _acts[act], User.objects.filter(pk=user).first() if user else None
    given = this.again(page=page, user=person, **noted)
    for each in _steps[act]:
        if each.name == step and given is not None:
            with transaction.atomic(), LogContext(user=person):
                made = each.do(*given)
                if this.keep is not None and page is not None:
                    this.keep(page, step, made)


def unfinished(*acts: Act) -> set[int]:
    """Keys of pages after which something is not done yet, or could not be done."""
    jobs = DBTaskResult.objects.filter(task_path=do_again.module_path).exclude(status=TaskResultStatus.SUCCESSFUL)
    wanted = [each["kwargs"] for each in jobs.values_list("args_kwargs", flat=True)]
    return {each["page"] for each in wanted if each["page"] and each["act"] in {act.name for act in acts}}

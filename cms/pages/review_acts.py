"""What people decide about what was sent for review: one function for each act, which does the steps that follow.

A decision stands whatever its mails and drafts do (``cms.pages.steps``). Which mail it sends is decided here alone:
that of its kind of task, else Wagtail's own. Wagtail's app connects none itself (``cms.apps.AdminConfig``).
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from wagtail import signals
from wagtail.admin import mail
from wagtail.models import Task, TaskState, WorkflowState

from cms.pages.steps import Act, Step, define, follow, register


def _again(*, page: int | None, user: Any, state: int, status: str) -> tuple[Any, ...] | None:
    found = WorkflowState.objects.filter(pk=state, status=status).first()
    return (found, user) if found is not None else None


def _task_again(*, page: int | None, user: Any, state: int) -> tuple[Any, ...] | None:
    found = TaskState.objects.filter(pk=state, status=TaskState.STATUS_IN_PROGRESS).first()
    return (found.specific, user) if found is not None else None


TASK_SUBMITTED = define(Act("task submitted", _task_again))
"""Something waits in a task: its steps get the TaskState, and who has sent it. Those of the others get the
WorkflowState, and who has decided it."""
SUBMITTED = define(Act("submitted", partial(_again, status=WorkflowState.STATUS_IN_PROGRESS)))
APPROVED = define(Act("approved", partial(_again, status=WorkflowState.STATUS_APPROVED)))
REJECTED = define(Act("rejected", partial(_again, status=WorkflowState.STATUS_NEEDS_CHANGES)))
"""Changes are requested."""
CANCELLED = define(Act("cancelled", partial(_again, status=WorkflowState.STATUS_CANCELLED)))
"""Withdrawn, refused for good, or overtaken by another publication."""


def waits(state: TaskState, user: Any) -> None:
    """What follows when something waits in a task."""
    _follow(TASK_SUBMITTED, state.workflow_state.content_object, state, user)


def submitted(state: WorkflowState, user: Any) -> None:
    """What follows when something was sent for review."""
    _follow(SUBMITTED, state.content_object, state, user)


def approved(state: WorkflowState, user: Any) -> None:
    """What follows when it was approved, and is public."""
    _follow(APPROVED, state.content_object, state, user)


def rejected(state: WorkflowState, user: Any) -> None:
    """What follows when changes were requested."""
    _follow(REJECTED, state.content_object, state, user)


def cancelled(state: WorkflowState, user: Any) -> None:
    """What follows when a review ends otherwise."""
    _follow(CANCELLED, state.content_object, state, user)


def _follow(act: Act, about: Any, state: Any, user: Any) -> None:
    follow(act, about, user, state, user, state=state.pk)


# Mails

WAGTAILS = {
    TASK_SUBMITTED.name: mail.GroupApprovalTaskStateSubmissionEmailNotifier(),
    SUBMITTED.name: mail.WorkflowStateSubmissionEmailNotifier(),
    APPROVED.name: mail.WorkflowStateApprovalEmailNotifier(),
    REJECTED.name: mail.WorkflowStateRejectionEmailNotifier(),
}
_own: dict[type[Task], Callable[[Act, Any, Any], object]] = {}


def mails_of(task: type[Task], tell: Callable[[Act, Any, Any], object]) -> None:
    """``tell`` sends what is sent about reviews in tasks of this kind; it gets the act, the state and the person."""
    _own[task] = tell


def tell(state: Any, user: Any, *, act: Act) -> None:
    at = state if isinstance(state, TaskState) else state.current_task_state
    own = _own.get(at.task.specific_class) if at is not None else None
    if own is not None:
        own(act, state, user)
    elif act.name in WAGTAILS:
        WAGTAILS[act.name](instance=state, user=user)


# Signals

TOLD = (
    (signals.task_submitted, TASK_SUBMITTED, waits),
    (signals.workflow_submitted, SUBMITTED, submitted),
    (signals.workflow_approved, APPROVED, approved),
    (signals.workflow_rejected, REJECTED, rejected),
    (signals.workflow_cancelled, CANCELLED, cancelled),
)


def connect() -> None:
    for signal, act, function in TOLD:
        register(act, Step("mails", 900, partial(tell, act=act)))

        def receive(instance: Any, user: Any = None, function: Any = function, **_signal: Any) -> None:
            function(instance, user)

        signal.connect(receive, dispatch_uid=f"cms.review_acts.{act.name}", weak=False)

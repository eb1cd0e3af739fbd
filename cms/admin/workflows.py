"""What a finished workflow publishes: what was reviewed, not what was written since, and nothing that nobody approved.

Wagtail publishes the latest revision, also when somebody saved another one after the review had begun. It also takes a
workflow for finished when the task in which something waits is gone.
"""

from typing import Any

from django.utils.translation import gettext as _

from cms.admin.refusals import Refused

# Wagtail's models import this module while they are being made, so it names none of them.


def reviewed_revision(workflow_state: Any, user: Any, latest: Any = None) -> Any:
    """The revision under review; the reviewer's own when they corrected it themselves and then approved.

    Whoever has the latest revision at hand may give it.
    """
    latest = latest or workflow_state.content_object.get_latest_revision()
    if user is not None and latest.user_id == user.pk:
        return latest
    return workflow_state.current_task_state.revision


def was_approved(workflow_state: Any) -> bool:
    """Whether somebody has approved what the last task was about; read anew, since decisions hold their own copy."""
    states = workflow_state.task_states.filter(pk=workflow_state.current_task_state_id)
    return any(state.status == state.STATUS_APPROVED for state in states)


def publish_reviewed(workflow_state: Any, user: Any = None) -> None:
    """For ``WAGTAIL_FINISH_WORKFLOW_ACTION``. What was written later stays a draft.

    Raises Refused, and so undoes the end of the workflow, when nobody has approved anything.
    """
    if not was_approved(workflow_state):
        raise Refused(_("Nobody has reviewed this yet, so it is not published. Its workflow has no active task."))
    reviewed_revision(workflow_state, user).publish(user=user)

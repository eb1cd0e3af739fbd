"""What a finished workflow publishes: what was reviewed, not what was written since.

Wagtail publishes the latest revision, also when somebody saved another one after the review had begun.
"""

from typing import Any

# Wagtail's models import this module while they are being made, so it names none of them.


def reviewed_revision(workflow_state: Any, user: Any) -> Any:
    """The revision under review; the reviewer's own when they corrected it themselves and then approved."""
    latest = workflow_state.content_object.get_latest_revision()
    if user is not None and latest.user_id == user.pk:
        return latest
    return workflow_state.current_task_state.revision


def publish_reviewed(workflow_state: Any, user: Any = None) -> None:
    """For ``WAGTAIL_FINISH_WORKFLOW_ACTION``. What was written later stays a draft."""
    reviewed_revision(workflow_state, user).publish(user=user)

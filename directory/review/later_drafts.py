"""What members write while a reviewer corrects what they have sent stays their draft."""

from typing import Any

from wagtail.models import WorkflowState

from directory.review import revisions
from directory.review.task import ReviewTask


def keep(state: WorkflowState, user: Any) -> None:
    """After a decision: a draft that the reviewer's own correction has covered up becomes the latest one again.

    It keeps what its author changed since sending, and takes over the correction everywhere else.
    """
    if user is None or not isinstance(state.current_task_state.task.specific, ReviewTask):
        return
    page = state.content_object.specific
    sent, correction = state.current_task_state.revision, page.latest_revision
    if correction.user_id != user.pk or correction.pk == sent.pk:
        return
    written = page.revisions.filter(pk__gt=sent.pk, pk__lt=correction.pk).exclude(user=user).order_by("-pk").first()
    if written is None:
        return
    draft = revisions.laid_over(written.content, sent.content, correction.content)
    if revisions.changed_fields(correction.content, draft):
        revisions.save(page, draft, written.user)

"""The step of the workflow in which somebody of the city looks at what an organisation has sent."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from directory.permissions import is_own_submission


class ReviewTaskState(TaskState):
    """How one submission was decided. Of a type of its own, so that Wagtail does not mail the reviewers as well."""

    is_final = models.BooleanField(_("refused for good"), default=False)

    exclude_fields_in_copy: list[str] = []

    class Meta:
        verbose_name = _("review of a submission")
        verbose_name_plural = _("reviews of submissions")


class ReviewTask(AbstractGroupApprovalTask):
    """Approval by groups of staff, in which nobody decides about what they have sent themselves.

    Members go on writing while it waits: what they write stays a draft.
    """

    task_state_class = ReviewTaskState

    class Meta:
        verbose_name = _("review of organisations")
        verbose_name_plural = _("reviews of organisations")

    def get_actions(self, obj: Any, user: Any) -> list[Any]:
        return [] if is_own_submission(user, obj) else super().get_actions(obj, user)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        return super().get_task_states_user_can_moderate(user, **kwargs).exclude(workflow_state__requested_by=user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return super().locked_for_user(obj, user) and user.has_perm("wagtailadmin.access_admin")

    @classmethod
    def get_description(cls) -> Any:
        return _("Groups that look at what organisations send. Nobody decides about their own submission.")

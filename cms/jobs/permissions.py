"""Who sees what could not be done, and may have it tried again."""

from typing import Any

from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.jobs.schedule_failures import ScheduleFailure


def may_keep_jobs(user: Any) -> bool:
    """Administrators: what a job says when it fails is for those who run the site."""
    return bool(user.is_active and user.has_perm("django_tasks_database.change_dbtaskresult"))


def may_publish_some(user: Any) -> bool:
    return bool(
        user.is_active
        and user.has_perm("wagtailadmin.access_admin")
        and PagePermissionPolicy().user_has_permission(user, "publish")
    )


def may_see_failure(user: Any, failure: ScheduleFailure) -> bool:
    """Whoever may publish the page; of snippets whoever may publish that kind."""
    thing = failure.thing
    if not user.is_active or not user.has_perm("wagtailadmin.access_admin") or thing is None:
        return False
    if isinstance(thing, Page):
        return bool(thing.permissions_for_user(user).can_publish())
    return bool(user.has_perm(f"{thing._meta.app_label}.publish_{thing._meta.model_name}"))

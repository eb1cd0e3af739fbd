"""Who handles barrier reports: they hold addresses of people."""

from typing import Any

from wagtail.models import Site
from wagtail.permission_policies.pages import PagePermissionPolicy

RIGHT = "home.change_barrierreport"


def sites_of(user: Any) -> list[int]:
    """Numbers of the Sites whose home page ``user`` may edit."""
    homes = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return list(Site.objects.filter(root_page__in=homes.order_by().values("pk")).values_list("pk", flat=True))


def may_handle(user: Any, site: int) -> bool:
    """Who has the right, and edits the Site that a report is about."""
    return bool(user.is_active and user.has_perm(RIGHT) and site in sites_of(user))

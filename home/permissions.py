"""Who handles barrier reports: they hold addresses of people."""

from typing import Any

from wagtail.models import Site
from wagtail.permission_policies.pages import PagePermissionPolicy

RIGHT = "home.change_barrierreport"


def sites_of(user: Any) -> list[int]:
    """Numbers of the Sites of which ``user`` handles the reports: who has the right, and edits the home page."""
    if not (user.is_active and user.has_perm(RIGHT)):
        return []
    homes = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return list(Site.objects.filter(root_page__in=homes.order_by().values("pk")).values_list("pk", flat=True))


def may_handle(user: Any, site: int) -> bool:
    """Whether a report about that Site is theirs."""
    return site in sites_of(user)

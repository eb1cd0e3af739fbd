"""Wagtail's reports whose filters name everybody who has ever written, sent or locked something, on every Site.

They are for those who look after the whole installation; an office of one city of several does not meet the people of
the others there.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, QueryDict
from wagtail import hooks
from wagtail.permissions import page_permission_policy

NAMING_PEOPLE = ("locked_pages", "workflow", "workflow_tasks", "site_history")
SPACES = ("wagtailadmin_reports", "reviews_report")
PEOPLE = frozenset({"owner", "edited_by"})
"""Filters of lists of pages that do so as well."""
ADMIN = "admin/"
MENU = {"locked-pages", "workflows", "workflow-tasks", "site-history"}
"""Names of their entries in the menu."""


def may_see(user: Any) -> bool:
    """Who may edit every page, from the root down."""
    if user.is_superuser:
        return True
    granted = page_permission_policy.get_cached_permissions_for_user(user)
    return any(each.permission.codename == "change_page" and each.page.is_root() for each in granted)


class ReportsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        match = request.resolver_match
        if match is None or not match.route.startswith(ADMIN):
            return
        if not PEOPLE.isdisjoint(request.GET) and not may_see(request.user):
            asked = QueryDict(mutable=True)
            for name in request.GET.keys() - PEOPLE:
                asked.setlist(name, request.GET.getlist(name))
            request.GET = asked  # type: ignore[assignment]
        if match.namespace not in SPACES or not request.user.has_perm("wagtailadmin.access_admin"):
            return
        if (match.url_name or "").removesuffix("_results") in NAMING_PEOPLE and not may_see(request.user):
            raise PermissionDenied

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        """Wagtail's lists of pages offer everybody who has ever written a page as a filter."""
        filters = (response.context_data or {}).get("filters")
        if (
            filters is not None
            and hasattr(filters, "form")
            and request.path.startswith(f"/{ADMIN}")
            and not may_see(request.user)
        ):
            for name in PEOPLE & filters.form.fields.keys():
                del filters.form.fields[name]
        return response


@hooks.register("construct_reports_menu")
def hide_what_would_be_refused(request: HttpRequest, items: list[Any]) -> None:
    if not may_see(request.user):
        items[:] = [item for item in items if item.name not in MENU]

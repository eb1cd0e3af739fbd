"""Where reviewers find their work: menu, first page, and buttons on the pages of organisations."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, Task

from cms.database.request_memory import remembered
from directory import permissions
from directory.profiles.organisation import OrganisationPage
from directory.review import takedown
from directory.review.queue import Submission, tasks_of, waiting_for
from directory.review.task import ReviewTask

MOST_ON_FIRST_PAGE = 5


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern | URLResolver]:
    return [path("organisations/review/", include("directory.review.urls"))]


def waiting_once(user: Any) -> list[Submission]:
    """For the menu and the panel of one screen."""
    return remembered(("submissions", user.pk), lambda: waiting_for(user))


class ReviewMenuItem(MenuItem):
    """Shown to whom something can be sent; on the first page, where work begins, with the number of what waits."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser or tasks_of(request.user).exists())

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        is_first_page = request.path == reverse("wagtailadmin_home")
        count = len(waiting_once(request.user)) if is_first_page else 0
        label = _("To review (%(count)s)") % {"count": count} if count else str(self.label)
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_menu_item")
def review_in_menu() -> MenuItem:
    return ReviewMenuItem(
        gettext_lazy("To review"), reverse("review:queue"), name="review", icon_name="tasks", order=240
    )


class ReviewPanel(Component):
    """What organisations have sent, on the first page of the admin."""

    name = "review"
    order = 40
    template_name = "directory/review/home_panel.html"

    def __init__(self, submissions: list[Submission]) -> None:
        self.submissions = submissions

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"submissions": self.submissions[:MOST_ON_FIRST_PAGE], "count": len(self.submissions)}


@hooks.register("construct_homepage_panels")
def what_waits(request: HttpRequest, panels: list[Any]) -> None:
    submissions = waiting_once(request.user)
    if submissions:
        panels.append(ReviewPanel(submissions))
    if not Task.objects.filter(active=True).exclude(pk__in=ReviewTask.objects.values("pk")).exists():
        # Wagtail's own list has nothing else then, and leads past the comparison.
        panels[:] = [panel for panel in panels if getattr(panel, "name", "") != "workflow_objects_to_moderate"]


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("directory/review.css"))


@hooks.register("register_page_header_buttons")
def page_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if view_name != "edit":
        return
    if permissions.may_review(user, page):
        yield Button(
            _("Compare and decide"), reverse("review:submission", args=[page.pk]), icon_name="tasks", priority=5
        )
    if isinstance(page, OrganisationPage) and page.facts is page:
        if permissions.may_bring_back(user, page):
            label = _("Bring back online")
        elif permissions.may_take_down(user, page):
            label = _("Take offline at once")
        else:
            return
        yield Button(label, reverse("review:offline", args=[page.pk]), icon_name="warning", priority=6)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(takedown.TAKEN, gettext_lazy("Take offline"), gettext_lazy("Taken offline with a reason"))
    actions.register_action(takedown.BROUGHT_BACK, gettext_lazy("Bring back"), gettext_lazy("Brought back online"))
    actions.register_action(
        "directory.facts", gettext_lazy("Publish facts"), gettext_lazy("Facts of a trusted organisation published")
    )

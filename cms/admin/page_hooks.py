"""Asks the guards before the admin shows the button that they would refuse, and before bulk acts begin; tells what of
an act is not done yet."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from cms.admin import guards
from cms.jobs import permissions
from cms.pages import page_acts, steps


@hooks.register("before_delete_page", order=-100)
def before_delete(request: HttpRequest, page: Page) -> None:
    guards.require_dispensable(page)


@hooks.register("before_move_page", order=-100)
def before_move(request: HttpRequest, page: Page, *_destination: Any) -> None:
    guards.require_no_home(page)


@hooks.register("before_unpublish_page", order=-100)
def before_unpublish(request: HttpRequest, page: Page) -> None:
    guards.require_reachable(page, below_too="include_descendants" in request.POST)


@hooks.register("before_bulk_action", order=-100)
def before_bulk(request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any) -> None:
    for page in objects:
        if not isinstance(page, Page):
            continue
        if action_type == "delete":
            guards.require_dispensable(page)
        elif action_type == "move":
            guards.require_no_home(page)
        elif action_type == "unpublish":
            guards.require_reachable(page, below_too="include_descendants" in request.POST)


@hooks.register("after_publish_page")
@hooks.register("after_unpublish_page")
def tell_what_is_not_done(request: HttpRequest, page: Page) -> None:
    if page_acts.is_unfinished(page):
        messages.warning(
            request,
            _("“%(title)s” is as you wanted it. Something that follows did not work and is tried again by itself.")
            % {"title": page.get_admin_display_title()},
        )


class UnfinishedPanel(Component):
    """Pages after whose publication something is not done yet."""

    name = "unfinished_pages"
    order = 12
    template_name = "cms/admin/unfinished_pages.html"

    def __init__(self, pages: list[Page]) -> None:
        self.pages = pages

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"pages": self.pages}


@hooks.register("construct_homepage_panels")
def what_is_not_done(request: HttpRequest, panels: list[Component]) -> None:
    acts = (page_acts.PUBLISHED, page_acts.UNPUBLISHED)
    numbers = steps.unfinished(*acts) if permissions.may_publish_some(request.user) else set()
    pages = Page.objects.filter(pk__in=numbers).order_by("path") if numbers else ()
    shown = [page for page in pages if page.permissions_for_user(request.user).can_publish()]
    if shown:
        panels.append(UnfinishedPanel(shown))

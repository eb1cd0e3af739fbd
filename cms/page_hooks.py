"""Asks the guards before the admin shows the button that they would refuse, and before bulk acts begin."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from cms import guards


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

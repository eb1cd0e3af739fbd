"""What choosers offer to do with what was chosen."""

from typing import Any

from django import template
from django.urls import resolve
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import get_active_log_context

register = template.Library()


@register.simple_tag
def offered_edit_url(widget: Any, edit_url: str | None) -> str:
    """``edit_url``, if who is logged in may edit what is there.

    Choosers are told neither who that is (``AdminContextMiddleware`` notes it) nor, in their template, what was
    chosen: its key is the only argument of the address.
    """
    user = get_active_log_context().user
    if not edit_url or user is None:
        return edit_url or ""
    (key,) = resolve(edit_url).kwargs.values()
    return AdminURLFinder(user).get_edit_url(widget.get_instance(key)) or ""

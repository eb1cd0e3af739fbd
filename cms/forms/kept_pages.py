"""Wagtail's page editor: what was sent after the log-in had ended is offered for saving after the next one.

Wagtail fills its form from a revision and cannot be given typed fields; so they are shown as one form to send again.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from cms.forms import kept

EDITOR = "wagtailadmin_pages:edit"
MARK = "title"
"""A field of every page's form, and of no other form at that address."""
AGAIN, DISCARD = "kept-again", "kept-discard"


def what_was_sent(user: Any, request: HttpRequest, address: dict[str, Any]) -> QueryDict | None:
    """All fields, but not the act: whatever was asked for, only a draft is saved again."""
    page = Page.objects.filter(pk=address.get("page_id")).first()
    if page is None or MARK not in request.POST or not page.permissions_for_user(user).can_edit():
        return None
    fields = request.POST.copy()
    for name in request.POST:
        if name.startswith("action-") or name in (AGAIN, DISCARD):
            del fields[name]
    return fields


@hooks.register("before_edit_page", order=-30)  # before whatever else takes the editor's place
def offer(request: HttpRequest, page: Page) -> HttpResponse | None:
    match = request.resolver_match
    if match is None or match.view_name != EDITOR:
        return None
    if request.method == "POST":
        if DISCARD in request.POST:
            kept.forget(request)
            messages.success(request, _("What you had typed was discarded."))
            return redirect(request.path)
        if AGAIN in request.POST:
            kept.forget(request)
        return None
    typed = kept.look(request)
    if typed is None or MARK not in typed:
        return None
    fields = [(name, value) for name, values in typed.lists() for value in values]
    context = {"page": page, "fields": fields, "again": AGAIN, "discard": DISCARD}
    return TemplateResponse(request, "cms/forms/kept_page.html", context)


kept.register(EDITOR, what_was_sent)

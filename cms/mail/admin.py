"""The queue in the admin: what waits and why, what was given up, and what a person can do about it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from cms.mail import deciding, permissions
from cms.mail.letters import NEED_SOMEBODY, UNDER_WAY, LetterQuerySet, LetterState, MailServer, counts

ROWS = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What needs somebody first, then what waits, then what is over."""
    if not permissions.may_see_all(request.user) and not permissions.visible_to(request.user).exists():
        raise PermissionDenied
    shown = request.GET.get("state", "")
    listed = permissions.visible_to(request.user)
    if shown in LetterState.values:
        listed = listed.filter(state=shown)
    else:
        listed, shown = listed.filter(state__in=(*NEED_SOMEBODY, *UNDER_WAY)), ""
    listed = listed.select_related("by").order_by("-due_at", "-pk")
    context = {
        "letters": Paginator(listed, ROWS).get_page(request.GET.get("p")),
        "shown": shown,
        "choices": [("", _("open")), *LetterState.choices],
        "server": MailServer.current(),
        "counts": counts(permissions.visible_to(request.user)),
    }
    return TemplateResponse(request, "cms/mail/index.html", context)


def _chosen(request: HttpRequest) -> LetterQuerySet:
    """The letter whose button was pressed, or all that need somebody."""
    letters = permissions.in_the_hands_of(request.user)
    number = request.POST.get("letter", "")
    return letters.filter(pk=int(number)) if number.isdecimal() and len(number) < 18 else letters.troubled()


@require_POST
def try_again(request: HttpRequest) -> HttpResponse:
    tried = deciding.try_again(_chosen(request))
    told = ngettext("%(count)d mail is tried again now.", "%(count)d mails are tried again now.", tried)
    messages.success(request, told % {"count": tried})
    return redirect("mails:index")


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    gone = deciding.discard(_chosen(request))
    told = ngettext("%(count)d mail was discarded.", "%(count)d mails were discarded.", gone)
    messages.success(request, told % {"count": gone})
    return redirect("mails:index")


class MailsPanel(Component):
    """On the first page: mails that need somebody. Administrators see all, others those that they have caused."""

    name = "mails"
    order = 20
    template_name = "cms/mail/home_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        server = MailServer.current() if permissions.may_see_all(user) else None
        return {"counts": counts(permissions.visible_to(user)), "server": server}


@hooks.register("construct_homepage_panels")
def what_was_not_sent(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(MailsPanel())


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern | URLResolver]:
    own = [path("", index, name="index"), path("again/", try_again, name="again")]
    own.append(path("discard/", discard, name="discard"))
    return [path("mails/", include((own, "mails"), namespace="mails"))]


class MailsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.may_see_all(request.user)


@hooks.register("register_reports_menu_item")
def mails_in_menu() -> MenuItem:
    return MailsMenuItem(_("Mails"), reverse("mails:index"), name="mails", icon_name="mail", order=850)

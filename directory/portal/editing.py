"""A form of "My organisation": opened, sent, sent twice, sent too late, sent while a colleague changes the same."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cms.forms import kept
from cms.pages import drafts
from cms.pages.base_page import BasePage
from directory.portal import screen
from directory.portal.parts import Text
from directory.profiles.organisation import OrganisationPage
from directory.review import moderation

TAKE_THEIRS = "take_theirs"


def edit(
    request: HttpRequest,
    *,
    form_class: Callable[..., drafts.DraftForm],
    template: str,
    title: Text,
    organisation: OrganisationPage,
    done: str,
    page: BasePage | None = None,
    typed: QueryDict | None = None,
    **context: Any,
) -> HttpResponse:
    """Shows the form over the draft of ``page`` (default: the profile), or saves it and goes on to ``done``.

    ``typed`` is what was sent, when it is not to be read from the request.
    A form with rows goes on with itself when one of its rows was added, copied or removed.
    """
    page = page or organisation
    drafts.start_editing(page)
    show = partial(screen.show, request, template, title=title, organisation=organisation, **context)
    if request.method != "POST":
        before_log_in = kept.take(request)
        if before_log_in is None:
            return show(form=form_class(page=page))
        messages.info(request, _("You were logged out. This is what you had typed: save it now."))
        return show(form=form_class(before_log_in, page=page))

    form = form_class(typed or request.POST, request.FILES, page=page)
    is_valid = form.is_valid()
    form.keep_uploads(request.user)
    if not (is_valid and form.is_valid()):
        return show(form=form, status=422)
    try:
        saved = drafts.save(page=page, form=form, user=request.user, take_theirs=request.POST.getlist(TAKE_THEIRS))
    except drafts.Locked as error:
        return show(form=form, status=409, problem=str(error))
    except drafts.Conflict as conflict:
        form.go_on_from(conflict.newest)
        return show(form=form, status=409, conflict=conflict)
    if saved is not None:
        moderation.publish_trusted_facts(page=page, user=request.user, fields=form.written)
    if form.goes_on:
        return redirect(f"{request.path}{form.goes_on}")
    messages.success(request, _("Saved."))
    for sentence in form.told:
        messages.info(request, sentence)
    return redirect(done)

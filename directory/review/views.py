"""The reviewers' screens in the admin: what waits, one submission, and the emergency brake."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, WorkflowState

from directory import permissions
from directory.portal.states import is_taken_down
from directory.profiles.organisation import OrganisationPage
from directory.review import differences, moderation
from directory.review import takedown as brake
from directory.review.queue import states_for, tasks_of, waiting_for

APPROVE, CHANGES, REJECT = "approve", "changes", "reject"


class DecisionForm(forms.Form):
    """A decision about the revision on the screen. Only an approval needs no words."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    action = forms.ChoiceField(choices=[(name, name) for name in (APPROVE, CHANGES, REJECT)])
    comment = forms.CharField(
        label=gettext_lazy("Comment to the organisation"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("All members receive it by email. Your name is not mentioned."),
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("action") in (CHANGES, REJECT) and not cleaned.get("comment"):
            self.add_error("comment", gettext_lazy("Please say what should be changed, or why it cannot be published."))
        return cleaned


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("All members receive it by email. Your name is not mentioned."),
    )


DECISIONS: dict[str, Callable[..., None]] = {
    APPROVE: moderation.approve,
    CHANGES: moderation.request_changes,
    REJECT: moderation.reject,
}


def queue(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first."""
    if not tasks_of(request.user).exists():
        raise PermissionDenied
    return TemplateResponse(request, "directory/review/queue.html", {"submissions": waiting_for(request.user)})


def submission(request: HttpRequest, page_id: int) -> HttpResponse:
    """What would change for visitors, and the decision about it."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not tasks_of(request.user).exists():
        raise PermissionDenied
    review = page.current_workflow_state
    if review is None or not states_for(request.user).filter(pk=review.current_task_state_id).exists():
        messages.info(request, _("This does not wait for review any more."))
        return redirect("review:queue")
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _decide(request, page, form):
        return redirect("review:queue")
    return _show(request, page, review, form)


def _decide(request: HttpRequest, page: Page, form: DecisionForm) -> bool:
    given = form.cleaned_data
    try:
        DECISIONS[given["action"]](
            page=page, user=request.user, revision_id=given["revision"], comment=given["comment"]
        )
    except (moderation.ChangedMeanwhile, moderation.NotWaiting) as error:
        messages.error(request, str(error))
        return isinstance(error, moderation.NotWaiting)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    done = {
        APPROVE: _("Published. All members are told by email."),
        CHANGES: _("The organisation is asked to change it. All members are told by email."),
        REJECT: _("Refused. All members are told by email."),
    }
    messages.success(request, done[given["action"]])
    return True


def _show(request: HttpRequest, page: Page, review: WorkflowState, form: DecisionForm) -> HttpResponse:
    revision = moderation.shown_revision(review, request.user)
    fields, rows = differences.between(page if page.live else None, revision.as_object())
    context = {
        "page": page,
        "organisation": moderation.organisation_of(page) or page,
        "review": review,
        "revision": revision,
        "is_correction": revision.pk != review.current_task_state.revision_id,
        "earlier": moderation.earlier_decisions(page),
        "has_later_draft": page.latest_revision_id > revision.pk,
        "fields": fields,
        "rows": rows,
        "form": form,
        "may_take_offline": isinstance(page, OrganisationPage) and permissions.may_take_down(request.user, page),
        "may_decide": permissions.may_review(request.user, page),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "title": revision.object_str,
    }
    return TemplateResponse(request, "directory/review/submission.html", context, status=422 if form.errors else 200)


def offline(request: HttpRequest, page_id: int) -> HttpResponse:
    """Takes a profile off the site with a reason, or brings it back."""
    organisation = get_object_or_404(OrganisationPage.objects.sources(), pk=page_id)
    if _is_done_already(request, organisation):
        return redirect("wagtailadmin_pages:edit", organisation.pk)
    if permissions.may_bring_back(request.user, organisation):
        return _bring_back(request, organisation)
    if not permissions.may_take_down(request.user, organisation):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        brake.take_down(organisation=organisation, user=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The profile is offline. All members are told by email."))
        return redirect("wagtailadmin_pages:edit", organisation.pk)
    context: dict[str, Any] = {"organisation": organisation, "form": form}
    return TemplateResponse(request, "directory/review/takedown.html", context, status=422 if form.errors else 200)


def _is_done_already(request: HttpRequest, organisation: OrganisationPage) -> bool:
    """Somebody else was faster with what this form is for. One address has both; only taking offline has a reason."""
    if request.method != "POST":
        return False
    if "reason" in request.POST:
        return is_taken_down(organisation)
    return permissions.may_take_down(request.user, organisation)


def _bring_back(request: HttpRequest, organisation: OrganisationPage) -> HttpResponse:
    if request.method == "POST":
        brake.bring_back(organisation=organisation, user=request.user)
        messages.success(request, _("Visitors see the profile again, as it was before."))
        return redirect("wagtailadmin_pages:edit", organisation.pk)
    return TemplateResponse(request, "directory/review/back_online.html", {"organisation": organisation})

"""Sources of council dates in the admin: find one, try it, watch it, decide what is doubtful."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cms.outbound import Limits, host_of
from dates.council.sessions import CouncilSession
from dates.oparl import applying, discovery, forms, permissions, tasks, verdict
from dates.oparl.models import OParlSource, SourceMeeting
from dates.oparl.server import WalkFailed

WHILE_SOMEBODY_WAITS = Limits(connect=5, read=30, whole=60)
RUNS_SHOWN = 30

View = Callable[..., HttpResponse]


def for_keepers(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.may_keep_sources(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_keepers
def overview(request: HttpRequest) -> HttpResponse:
    """Sources with their last runs, and what nobody has looked at yet."""
    doubtful = list(SourceMeeting.objects.doubtful())
    for meeting in doubtful:
        meeting.sentences = verdict.sentences(meeting.doubts)  # type: ignore[attr-defined]
    context = {"sources": OParlSource.objects.select_related("council"), "doubtful": doubtful}
    return TemplateResponse(request, "dates/oparl/overview.html", context)


@for_keepers
def add(request: HttpRequest) -> HttpResponse:
    """Address, then body, then organisation; what the server answers is asked for while somebody waits."""
    if request.method != "POST":
        return _step(request, forms.EndpointForm())
    first = forms.EndpointForm(request.POST)
    if not first.is_valid():
        return _step(request, first)
    endpoint, body_url = first.cleaned_data["endpoint"], request.POST.get("body_url", "")
    try:
        if not body_url:
            bodies = discovery.bodies(endpoint, WHILE_SOMEBODY_WAITS)
            data = request.POST if "to_body" in request.POST else None
            return _step(request, forms.BodyForm(data, bodies, initial={"endpoint": endpoint}))
        found = discovery.organisations(endpoint, body_url, WHILE_SOMEBODY_WAITS)
    except WalkFailed as error:
        first.add_error("endpoint", error.sentence)
        return _step(request, first)
    if "council" not in request.POST:
        initial = {"endpoint": endpoint, "body_url": body_url, "publish_new": True}
        return _step(request, forms.OrganisationForm(None, found, initial=initial))
    form = forms.OrganisationForm(request.POST, found)
    if not form.is_valid():
        return _step(request, form)
    return _create(request, form, {each.url: each.name for each in found})


def _step(request: HttpRequest, form: Any) -> HttpResponse:
    return TemplateResponse(request, "dates/oparl/add.html", {"form": form})


def _create(request: HttpRequest, form: forms.OrganisationForm, names: dict[str, str]) -> HttpResponse:
    values = form.cleaned_data
    source = OParlSource(
        **values,
        organisation_name=names[values["organisation_url"]],
        hosts=[host_of(values["endpoint"])],
        chosen_by=request.user,
    )
    try:
        with transaction.atomic():
            source.save()
    except IntegrityError:
        form.add_error("organisation_url", _("The dates of this organisation are imported already."))
        return _step(request, form)
    messages.success(request, _("The source is saved. Run it once, look at the result, then switch it on."))
    return redirect("oparl:source", source.pk)


@for_keepers
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """One source: its settings, its runs and what each did."""
    found = get_object_or_404(OParlSource.objects.select_related("council"), pk=pk)
    form = forms.SourceForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        form.save()
        messages.success(request, _("The source is saved."))
        return redirect("oparl:source", pk)
    context = {"source": found, "form": form, "runs": found.runs.all()[:RUNS_SHOWN]}
    return TemplateResponse(request, "dates/oparl/source.html", context)


@require_POST
@for_keepers
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Now, by the worker; also in spite of a loss, when a person says so."""
    found = get_object_or_404(OParlSource, pk=pk)
    tasks.run_source.enqueue(found.pk, accept_loss="accept_loss" in request.POST)
    messages.success(request, _("The run begins at once. Open this page again in a minute to see the result."))
    return redirect("oparl:source", pk)


@require_POST
@for_keepers
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The sessions stay; nothing is imported any more."""
    get_object_or_404(OParlSource, pk=pk).delete()
    messages.success(request, _("The source is removed. Its sessions stay as they are."))
    return redirect("oparl:index")


@require_POST
@for_keepers
def looked_at(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(SourceMeeting, pk=pk)
    SourceMeeting.objects.filter(pk=pk).update(doubts=[])
    return redirect("oparl:index")


@require_POST
@for_keepers
def take_imported(request: HttpRequest, pk: int, field: str) -> HttpResponse:
    """The imported value takes the place of what a person had set."""
    session = get_object_or_404(CouncilSession, pk=pk)
    applying.take_imported(session, field, request.user)
    messages.success(request, _("The imported value is shown now, and changes with the import."))
    return redirect("sessions:edit", pk)

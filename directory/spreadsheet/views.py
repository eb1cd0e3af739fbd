"""Lists of organisations in the admin: choose a file, say what its columns mean, look at what would happen, do it."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory import permissions
from directory.profiles.directory_page import DirectoryPage
from directory.spreadsheet import importing, tasks, writing
from directory.spreadsheet.forms import ColumnsForm, FileForm, ReadingForm
from directory.spreadsheet.models import ImportState, RowOutcome, SpreadsheetImport
from directory.spreadsheet.plan import RowPlan

SHOWN_BEFORE = 10
RELOAD_AFTER = 3
"""Seconds."""


def directories_of(user: Any) -> list[DirectoryPage]:
    """The directories into which ``user`` may take lists."""
    return [page for page in DirectoryPage.objects.sources() if permissions.may_import(user, page)]


def _directories(request: HttpRequest) -> list[DirectoryPage]:
    found = directories_of(request.user)
    if not found:
        raise PermissionDenied
    return found


def _directory(request: HttpRequest) -> DirectoryPage:
    """The one that ``?directory=`` names, else the first."""
    found = _directories(request)
    wanted = request.GET.get("directory", "")
    return next((page for page in found if str(page.pk) == wanted), found[0])


def _import(request: HttpRequest, pk: int) -> SpreadsheetImport:
    return get_object_or_404(SpreadsheetImport, pk=pk, directory__in=_directories(request))


def start(request: HttpRequest) -> HttpResponse:
    """Choose a file; templates and exports are here too."""
    directories = _directories(request)
    form = FileForm(request.POST or None, request.FILES or None, directories=directories)
    if request.method == "POST" and form.is_valid():
        made = importing.prepare_readings(
            directory=form.cleaned_data["directory"],
            file_name=form.cleaned_data["file"].name,
            readings=form.readings,
            user=request.user,
        )
        return redirect("spreadsheet:reading", made.pk)
    before = SpreadsheetImport.objects.filter(directory__in=directories).select_related("started_by")
    context = {"form": form, "directories": directories, "before": before[:SHOWN_BEFORE]}
    return render(request, "directory/spreadsheet/start.html", context, status=_status(request))


def _status(request: HttpRequest) -> int:
    """A form that is shown again had something wrong."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK


def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Which of several ways to read the file is right; passed by where there is no doubt."""
    of = _import(request, pk)
    if not of.readings:
        return redirect("spreadsheet:columns", of.pk)
    form = ReadingForm(request.POST or None, of=of)
    if request.method == "POST" and form.is_valid():
        importing.decide(of, form.cleaned_data["reading"])
        return redirect("spreadsheet:columns", of.pk)
    context = {"of": of, "form": form, "by_sheet": of.readings[0]["is_sheet"]}
    return render(request, "directory/spreadsheet/reading.html", context, status=_status(request))


def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What each column means, as guessed from its heading."""
    of = _import(request, pk)
    if of.readings:
        return redirect("spreadsheet:reading", of.pk)
    if of.state != ImportState.PREPARED:
        return redirect("spreadsheet:result", of.pk)
    first = of.rows.first()
    form = ColumnsForm(request.POST or None, of=of, examples=first.cells if first else [""] * len(of.mapping))
    if request.method == "POST" and form.is_valid():
        of.mapping = form.mapping
        of.save(update_fields=["mapping"])
        return redirect("spreadsheet:check", of.pk)
    context = {"of": of, "form": form, "unknown": of.unknown_headings}
    return render(request, "directory/spreadsheet/columns.html", context, status=_status(request))


def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The dry run: what would happen to each row, what is wrong, what to choose; then the start."""
    of = _import(request, pk)
    if of.readings:
        return redirect("spreadsheet:reading", of.pk)
    if of.state != ImportState.PREPARED:
        return redirect("spreadsheet:result", of.pk)
    may_publish = permissions.may_publish_imports(request.user, of.directory)
    if request.method == "POST":
        named = {name.removeprefix("choice-"): value for name, value in request.POST.items() if "choice-" in name}
        choices = {int(number): str(value) for number, value in named.items() if number.isdecimal() and len(number) < 9}
        plans = importing.dry_run(of, choices=choices)
        if not any(plan.is_open for plan in plans):
            importing.start(of=of, choices=choices, publish=may_publish and "publish" in request.POST)
            tasks.begin(of)
            return redirect("spreadsheet:result", of.pk)
    else:
        plans = importing.dry_run(of)
    context = {
        "of": of,
        "faulty": [plan for plan in plans if plan.faults],
        "there": [plan for plan in plans if plan.choices and _is_a_question(plan)],
        "new": [plan for plan in plans if plan.outcome == RowOutcome.CREATED and not plan.choices],
        "unchanged": sum(plan.outcome == RowOutcome.UNCHANGED and not _is_a_question(plan) for plan in plans),
        "good": sum(plan.outcome in (RowOutcome.CREATED, RowOutcome.CHANGED) for plan in plans),
        "may_publish": may_publish,
        "unanswered": [plan.number for plan in plans if plan.is_open] if request.method == "POST" else [],
    }
    return render(request, "directory/spreadsheet/check.html", context, status=_status(request))


def _is_a_question(plan: RowPlan) -> bool:
    """Not worth a line: a row that says nothing new of an organisation that it surely means."""
    return plan.outcome != RowOutcome.UNCHANGED or bool(plan.kept)


@require_safe
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, and what became of each row; reloads itself while the worker is at it."""
    of = _import(request, pk)
    if of.state == ImportState.PREPARED:
        return redirect("spreadsheet:check", of.pk)
    outcomes = of.outcomes
    told = of.rows.exclude(outcome=RowOutcome.WAITING).exclude(notes=[])
    context = {
        "of": of,
        "counts": [(outcome.label, outcomes[outcome.value]) for outcome in RowOutcome if outcomes.get(outcome.value)],
        "total": sum(outcomes.values()),
        "done": sum(outcomes.values()) - outcomes.get(RowOutcome.WAITING.value, 0),
        "rows": told.select_related("organisation"),
        "refused": outcomes.get(RowOutcome.REFUSED.value, 0),
    }
    response = render(request, "directory/spreadsheet/result.html", context)
    if of.state == ImportState.RUNNING:
        response["Refresh"] = str(RELOAD_AFTER)
    return response


@require_safe
def refused(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that were refused, as they were, with what is wrong beside them: to be put right and read in again."""
    of = _import(request, pk)
    table = [[*(of.headings or writing.numbered(len(of.mapping))), _("What is wrong")]]
    for row in of.rows.filter(outcome=RowOutcome.REFUSED):
        sentences = (f"{note['column']}: {note['sentence']}".removeprefix(": ") for note in row.notes)
        table.append([*row.cells, "\n".join(sentences)])
    return _file(writing.as_csv(table), "refused", "csv")


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """All organisations, in the columns in which they are read."""
    directory = _directory(request)
    return _table(writing.organisations(directory), writing.allowed(directory), _("organisations"), kind)


@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty list to fill in."""
    directory = _directory(request)
    return _table(writing.template(directory), writing.allowed(directory), _("template"), kind)


def _table(table: writing.Table, choices: writing.Table, name: str, kind: str) -> HttpResponse:
    if kind == "csv":
        return _file(writing.as_csv(table), name, kind)
    if kind == "xlsx":
        return _file(writing.as_xlsx(table, choices=choices), name, kind)
    raise Http404


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=writing.CSV if kind == "csv" else writing.XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{kind}")
    return response

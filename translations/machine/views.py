"""Machine drafts in the admin: ask for them, see how far they are, pause them, see what they cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from cms.localization import languages
from translations import permissions
from translations.machine import budget, drafting, jobs, pauses, providers, tasks
from translations.machine.models import DraftJob, DraftRun, JobState
from translations.segments import TARGETS

RUNS_SHOWN = 5
FAILURES_SHOWN = 10


@dataclass(frozen=True)
class RunReport:
    """One run as the dashboard shows it."""

    run: DraftRun
    language: str
    done: int
    failed: int
    of: int
    failures: Sequence[DraftJob]
    waits: str = ""
    """Why nothing of it is drafted now, and until when."""

    @property
    def is_over(self) -> bool:
        return self.done + self.failed == self.of

    @property
    def sentence(self) -> str:
        text = _("%(done)d of %(of)d pages drafted") % {"done": self.done, "of": self.of}
        if self.failed:
            failed = ngettext("%(count)d failed", "%(count)d failed", self.failed) % {"count": self.failed}
            text = f"{text}, {failed}"
        return f"{text}. {self.waits}" if self.waits and not self.is_over else text


@dataclass(frozen=True)
class ProviderReport:
    """What a provider was sent this month; ``limit`` is None without one."""

    label: str
    used: int
    limit: int | None
    name: str = ""
    waits: str = ""
    """Why it is not asked now, and until when."""


def runs() -> list[RunReport]:
    """The latest runs with their progress and the jobs that failed; two queries."""
    counted = DraftRun.objects.annotate(
        of=Count("jobs"),
        done=Count("jobs", filter=Q(jobs__state=JobState.DONE)),
        failed=Count("jobs", filter=Q(jobs__state=JobState.FAILED)),
    )
    shown = list(counted[:RUNS_SHOWN])
    failures: dict[int, list[DraftJob]] = {}
    if any(run.failed for run in shown):
        for job in DraftJob.objects.filter(run__in=shown, state=JobState.FAILED).select_related("page"):
            failures.setdefault(job.run_id, []).append(job)
    return [
        RunReport(
            run,
            languages.get(run.language).native_name,
            run.done,
            run.failed,
            run.of,
            failures.get(run.pk, [])[:FAILURES_SHOWN],
            "" if run.paused else pauses.why(run.language),
        )
        for run in shown
    ]


def budgets() -> list[ProviderReport]:
    """One row for each provider that is set up."""
    return [
        ProviderReport(
            provider.label, budget.used(provider), budget.limit(provider), provider.name, pauses.why_not_asked(provider)
        )
        for provider in providers.configured().values()
    ]


def _require_lead(request: HttpRequest) -> None:
    if not permissions.may_lead(request.user):
        raise PermissionDenied


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Drafts everything that is missing in one language."""
    _require_lead(request)
    code = request.POST.get("language", "")
    if code not in TARGETS:
        raise Http404
    sentence = drafting.why_not(code)
    if sentence:
        messages.error(request, sentence)
    else:
        run = jobs.start_run(language=code, user=request.user)
        if run.jobs.exists():
            messages.success(
                request, _("The drafts are being made. Nothing becomes public before somebody has checked it.")
            )
        else:
            messages.info(request, _("Nothing is missing in this language."))
        _tell_what_waits(request, [code])
    return redirect("translations:dashboard")


@require_POST
def pause(request: HttpRequest, run_id: int) -> HttpResponse:
    """Pauses a run, or lets it go on."""
    _require_lead(request)
    run = get_object_or_404(DraftRun, pk=run_id)
    act = jobs.resume if run.paused else jobs.pause
    act(run)
    return redirect("translations:dashboard")


@require_POST
def try_again(request: HttpRequest, name: str) -> HttpResponse:
    """Asks a provider again now, though it said later or its settings seem the same."""
    _require_lead(request)
    provider = providers.configured().get(name)
    if provider is None:
        raise Http404
    pauses.end(name)
    tasks.hurry([code for code in TARGETS if providers.for_language(code) == provider])
    messages.success(request, _("%(provider)s is asked again now.") % {"provider": provider.label})
    return redirect("translations:dashboard")


@require_safe
def progress(request: HttpRequest) -> JsonResponse:
    """The runs' progress for the dashboard's script: ``{"runs": [{"id", "done", "failed", "of", "sentence"}]}``."""
    _require_lead(request)
    rows = [
        {
            "id": report.run.pk,
            "done": report.done,
            "failed": report.failed,
            "of": report.of,
            "sentence": report.sentence,
        }
        for report in runs()
    ]
    return JsonResponse({"runs": rows})


def draft(request: HttpRequest, page: Page, codes: Sequence[str]) -> None:
    """Asks for drafts of one page, and says once for which languages there is no machine."""
    able = [code for code in codes if not drafting.why_not(code)]
    sentence = drafting.why_none([code for code in codes if code not in able])
    if sentence:
        messages.warning(request, sentence)
    for code in able:
        jobs.enqueue(page=page, language=code, user=request.user)
    asked = len(able)
    if asked:
        text = ngettext("%(count)d draft is being made.", "%(count)d drafts are being made.", asked)
        messages.success(request, text % {"count": asked})
        _tell_what_waits(request, codes)


def _tell_what_waits(request: HttpRequest, codes: Sequence[str]) -> None:
    for sentence in dict.fromkeys(filter(None, map(pauses.why, codes))):
        messages.warning(request, sentence)


def latest_jobs(page: Page) -> dict[str, DraftJob]:
    """The newest job of ``page`` by language; one that waits for its provider says so."""
    found = {job.language: job for job in DraftJob.objects.filter(page=page).order_by("asked_at")}
    for job in found.values():
        if job.state == JobState.WAITING:
            job.sentence = pauses.why(job.language) or job.sentence
    return found


def context(request: HttpRequest) -> dict[str, Any]:
    """What the dashboard shows of machines, to those who may ask them."""
    if not permissions.may_lead(request.user):
        return {}
    can = [languages.get(code) for code in TARGETS if not drafting.why_not(code)]
    return {"runs": runs(), "budgets": budgets(), "draftable": can}

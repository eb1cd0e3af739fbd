"""The press office's dashboard, a translator's queue, and the languages of one page."""

import csv
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.forms.widgets import Media, Script
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from cms.bin.tree import OUTSIDE
from cms.localization import languages, locales
from translations import permissions, status
from translations.dashboard import asking, reports
from translations.machine import views as machine
from translations.models import TranslationState, TranslationStatus
from translations.review.models import ReviewAct
from translations.segments import TARGETS, source_of
from translations.tree import following, structure


class WaitingPanel(Component):
    """One line for each language in which this person works, with what is to be done; one query."""

    name = "translations"
    order = 50
    template_name = "translations/dashboard/home_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        codes = permissions.languages_of(parent_context["request"].user)
        rows = (
            TranslationStatus.objects.to_do()
            .in_languages(codes)
            .values("language")
            .annotate(
                outdated=Count("pk", filter=Q(state=TranslationState.OUTDATED)),
                review=Count("pk", filter=Q(state=TranslationState.REVIEW)),
                missing=Count("pk", filter=Q(state=TranslationState.MISSING)),
            )
        )
        counted = {row["language"]: row for row in rows}
        shown = [{**counted[code], "language": languages.get(code)} for code in codes if code in counted]
        return {"rows": [row for row in shown if row["outdated"] or row["review"] or row["missing"]]}


View = Callable[..., HttpResponse]


def for_translators(view: View) -> View:
    """Who may translate into at least one language."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.languages_of(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_translators
def dashboard(request: HttpRequest) -> HttpResponse:
    """All languages at a glance; who translates into one only goes straight to its queue."""
    codes = permissions.languages_of(request.user)
    if len(codes) == 1:
        return redirect("translations:queue", codes[0])
    context = {
        "reports": reports.dashboard(codes),
        "may_follow": TranslationStatus.objects.in_languages(codes).may_follow().count(),
        "media": Media(js=[Script("translations/runs.js", defer=True)]),
    }
    context |= machine.context(request)
    return TemplateResponse(request, "translations/dashboard/dashboard.html", context)


@require_safe
@for_translators
def table(request: HttpRequest) -> HttpResponse:
    """The same figures page by page, for a spreadsheet."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="translations.csv"'
    writer = csv.writer(response)
    writer.writerow(reports.TABLE_HEADER)
    writer.writerows(reports.table(permissions.languages_of(request.user)))
    return response


@require_safe
@for_translators
def queue(request: HttpRequest, code: str) -> HttpResponse:
    if code not in TARGETS:
        raise Http404
    if not permissions.may_translate(request.user, code):
        raise PermissionDenied
    only = request.GET.get("only", "")
    tasks = reports.queue(code, only=only)
    context = {
        "target": languages.get(code),
        "tasks": tasks,
        "only": only,
        "choices": [
            ("", _("all")),
            *(
                (state.value, state.label)
                for state in TranslationState
                if state not in (TranslationState.PUBLISHED, TranslationState.READY)
            ),
            ("machine", _("machine, to check")),
            ("left", _("reviewed, but not public")),
        ],
        "words_missing": sum(task.row.words_missing for task in tasks),
    }
    return TemplateResponse(request, "translations/dashboard/queue.html", context)


def source_page(request: HttpRequest, page_id: int) -> Page:
    """The German page of that page; 404 for one that this person may not read."""
    german = status.source_page_of(get_object_or_404(Page, pk=page_id))
    if german is None or not status.is_translatable(german) or not permissions.may_read_source(request.user, german):
        raise Http404
    return german


@for_translators
def languages_of_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Each language of one page with its state; the press office asks translators from here."""
    page, codes = source_page(request, page_id), permissions.languages_of(request.user)
    if request.method == "POST":
        if not permissions.may_lead(request.user):
            raise PermissionDenied
        chosen = [code for code in request.POST.getlist("language") if code in codes]
        if request.POST.get("action") == "draft":
            machine.draft(request, page, chosen)
            return redirect("translations:languages", page.pk)
        if not page.live:
            for code in chosen:  # so that they may read the draft, and find it in their queue
                structure.begin(page, code)
            status.refresh(page, chosen)
        asked = asking.ask_translators(page=page, codes=chosen, asked_by=request.user)
        if asked:
            messages.success(
                request,
                ngettext(
                    "A mail to %(count)d person is on its way.", "Mails to %(count)d people are on their way.", asked
                )
                % {"count": asked},
            )
        else:
            messages.warning(request, _("Nobody translates into these languages yet. An administrator adds people."))
        return redirect("translations:languages", page.pk)
    if not TranslationStatus.objects.filter(page=page).exists():
        status.rebuild(page)
    translations = {
        locales.code_of(translation.locale_id): translation
        for translation in Page.objects.filter(OUTSIDE, translation_key=page.translation_key, alias_of=None).exclude(
            pk=page.pk
        )
    }
    rows = {row.language: row for row in TranslationStatus.objects.filter(page=page, language__in=codes)}
    drafts, steps = machine.latest_jobs(page), ReviewAct.objects.newest_steps([page.pk], codes)
    context = {
        "may_follow": sum(row.may_follow for row in rows.values()) if page.live else 0,
        "page": page,
        "tasks": [
            reports.Task(rows[code], translations.get(code), drafts.get(code), steps.get((page.pk, code)))
            for code in codes
            if code in rows
        ],
        "may_lead": permissions.may_lead(request.user),
    }
    return TemplateResponse(request, "translations/dashboard/languages.html", context)


@require_POST
@for_translators
def follow(request: HttpRequest, page_id: int | None = None) -> HttpResponse:
    """Every translation that needs no words takes over what has changed otherwise: of one page, or of all."""
    if not permissions.may_lead(request.user):
        raise PermissionDenied
    rows = TranslationStatus.objects.all() if page_id is None else TranslationStatus.objects.filter(page=page_id)
    done = following.bring_all(rows, request.user)
    told = ngettext("%(count)d translation has followed.", "%(count)d translations have followed.", done)
    messages.success(request, told % {"count": done})
    left = rows.may_follow().count()
    if left:
        sentence = ngettext(
            "%(count)d translation could not follow. It is locked, or you may not publish it.",
            "%(count)d translations could not follow. They are locked, or you may not publish them.",
            left,
        )
        messages.warning(request, sentence % {"count": left})
    return redirect("translations:dashboard") if page_id is None else redirect("translations:languages", page_id)


@require_POST
@for_translators
def begin(request: HttpRequest, page_id: int, code: str) -> HttpResponse:
    """Makes the unpublished page of a language and opens it in the workbench."""
    page = source_page(request, page_id)
    if not permissions.may_translate(request.user, code):
        raise PermissionDenied
    if "adapt" in request.POST and code == reports.PLAIN:
        translation = structure.adapt(page, code)
    else:
        translation = structure.begin(page, code)
    status.refresh(page, [code], source=source_of(page))
    return redirect("wagtailadmin_pages:edit", translation.pk)

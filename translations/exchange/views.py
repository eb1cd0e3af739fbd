"""Files for translators who work elsewhere: out, and back with a report on each sentence."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from cms.localization import languages
from translations import permissions
from translations.dashboard.overview import source_page
from translations.exchange import decisions, files, store
from translations.exchange import document as exchanged
from translations.exchange.document import BadFile
from translations.exchange.merging import Identity, Verdict
from translations.segments import TARGETS

FORMATS = {
    "po": ("PO (gettext)", "po", "text/x-gettext-translation"),
    "xliff-1.2": ("XLIFF 1.2", "xlf", "application/x-xliff+xml"),
    "xliff-2.0": ("XLIFF 2.0", "xlf", "application/xliff+xml"),
}
TO_DECIDE = (Verdict.CONFLICT, Verdict.ASKED)
"""Verdicts that the person may overrule, sentence by sentence."""
SHOWN = (*TO_DECIDE, Verdict.DAMAGED, Verdict.REFUSED, Verdict.KEPT, Verdict.DOUBLED, Verdict.STALE, Verdict.UNKNOWN)
"""Verdicts of which each sentence is listed; of the others the number."""

MOST_SHOWN = 300
"""Sentences on one page; a file with more problems than that is mostly the wrong file."""


class FileForm(forms.Form):
    """A file that came back."""

    file = forms.FileField(label=gettext_lazy("File (PO or XLIFF)"))


def _require(request: HttpRequest, code: str) -> None:
    if code not in TARGETS:
        raise Http404
    if not permissions.may_translate(request.user, code):
        raise PermissionDenied


@require_safe
def send_out(request: HttpRequest, code: str) -> HttpResponse:
    """``?format=po|xliff-1.2|xliff-2.0``, ``&page=`` for one page, else everything there is to do."""
    _require(request, code)
    wanted = request.GET.get("format", "po")
    if wanted not in FORMATS:
        raise Http404
    number = request.GET.get("page", "")
    if number:
        if not number.isdecimal():
            raise Http404
        pages = [source_page(request, int(number))]
    else:
        pages = store.pages_to_do(code)
    try:
        content = files.write(store.to_document(store.read_pages(pages, code), code), format=wanted)  # type: ignore[arg-type]
    except BadFile as error:
        messages.error(request, error.sentence)
        return redirect("translations:queue", code)
    _label, suffix, content_type = FORMATS[wanted]
    name = f"miteinander-{code}-{pages[0].slug}" if number else f"miteinander-{code}"
    response = HttpResponse(content, content_type=f"{content_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Reads a file, stores as drafts what can be stored and says of the rest, sentence by sentence, why not.

    What somebody else wrote, and what is doubtful, is stored by a second press: exactly what was ticked on the page,
    and only where still stands what was shown there.
    """
    _require(request, code)
    decided = request.method == "POST" and "decided" in request.POST
    form = FileForm(None if decided else request.POST or None, None if decided else request.FILES or None)
    context = {"target": languages.get(code), "form": form, "formats": FORMATS}
    if decided:
        try:
            document, seen = decisions.chosen(request, code)
        except decisions.TooOld as error:
            messages.error(request, str(error))
        else:
            context |= _stored(request, document, code, seen)
    elif request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > exchanged.MAX_BYTES:
                raise exchanged.too_large()
            context |= _stored(request, files.read(file.read(), filename=file.name), code, {})
        except BadFile as error:
            form.add_error("file", error.sentence)
    return TemplateResponse(request, "translations/exchange/exchange.html", context)


def _stored(
    request: HttpRequest, document: exchanged.Document, code: str, seen: Mapping[Identity, str]
) -> dict[str, Any]:
    """Stores what may be stored; what the page shows of it."""
    report, pages = store.examine(document, code, user=request.user, seen=seen)
    report = store.accept(report, pages, user=request.user)
    problems = [finding for finding in report.findings if finding.verdict in SHOWN]
    shown = problems[:MOST_SHOWN]
    to_decide, token = decisions.offered([finding for finding in shown if finding.verdict in TO_DECIDE], request, code)
    messages.success(request, _("The file was read. Nothing public has changed."))
    return {
        "report": report,
        "problems": shown,
        "to_decide": to_decide,
        "token": token,
        "refusals": [finding for finding in shown if finding not in to_decide],
        "more": max(0, len(problems) - MOST_SHOWN),
    }

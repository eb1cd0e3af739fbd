"""The screen on which a press release is pasted, and where to find it."""

import re
from collections.abc import Iterator

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.accounts import User, person_of
from cms.pasting.lines import read_plain
from cms.pasting.parts import Reading
from cms.pasting.reading import read
from news import press_release
from news.index import NewsIndexPage

WITHOUT_WORDS = re.compile(r"<!--.*?-->|<(head|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)


class PressReleaseForm(forms.Form):
    """``html`` is what the clipboard held; it is filled by script and forgotten as soon as somebody types."""

    text = forms.CharField(
        label=gettext_lazy("Press release"),
        help_text=gettext_lazy("Copy the whole text in Word or in the mail, click here and press Ctrl+V."),
        widget=forms.Textarea(attrs={"rows": 18, "data-pasted-into": "id_html"}),
        strip=False,
    )
    html = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)


def may_paste_into(user: User, index: Page) -> bool:
    """Whoever may write an article there."""
    return bool(index.permissions_for_user(user).can_add_subpage() and NewsIndexPage.allowed_subpage_models())


def _read(html: str, text: str) -> Reading:
    """Some programs put an empty page beside their text into the clipboard."""
    is_empty = "<img" not in html.lower() and not re.search(r"\w", WITHOUT_WORDS.sub("", html))
    return read_plain(text) if is_empty else read(html)


def paste(request: HttpRequest, index_id: int) -> HttpResponse:
    index = get_object_or_404(NewsIndexPage.objects.sources(), pk=index_id)
    if not may_paste_into(person_of(request), index):
        raise PermissionDenied
    form = PressReleaseForm(request.POST or None)
    if form.is_valid():
        pasted = _read(form.cleaned_data["html"], form.cleaned_data["text"])
        try:
            made = press_release.make_draft(index=index, read=pasted, user=person_of(request))
        except press_release.Empty:
            form.add_error("text", _("There are no words in what was pasted."))
        else:
            messages.success(request, _("The draft “%(title)s” was made.") % {"title": made.article.title})
            for finding in made.findings:
                messages.warning(request, finding)
            return redirect("wagtailadmin_pages:edit", made.article.pk)
    context = {
        "form": form,
        "page_title": _("Paste a press release"),
        "header_icon": "paste",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_explore", args=[index.pk]), "label": index.title},
            {"url": "", "label": _("Paste a press release")},
        ],
    }
    return TemplateResponse(request, "news/admin/press_release.html", context)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [path("news/<int:index_id>/press-release/", paste, name="paste_press_release")]


def buttons(page: Page, user: User, view_name: str) -> Iterator[Button]:
    index = page if isinstance(page, NewsIndexPage) else None
    if index is not None and index.facts == index and may_paste_into(user, index):
        address = reverse("paste_press_release", args=[index.pk])
        yield Button(_("Paste a press release"), address, icon_name="doc-full", priority=5)


@hooks.register("register_page_header_buttons")
def in_header(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    yield from buttons(page.specific, user, view_name)

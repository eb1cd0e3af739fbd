"""The workbench takes the place of Wagtail's editor on translated pages."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.widgets import Media, Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms import languages, locales
from cms.pages import path_of
from translations import publishing, status
from translations.machine import drafting
from translations.models import TranslationStatus
from translations.segments import read_source, segments_of, source_of
from translations.workbench.entries import Entry, entries, read
from translations.workbench.findings import findings_of, say_what_was_removed

SAVE, SUBMIT, PUBLISH = "save", "submit", "publish"


def edit(request: HttpRequest, translated: Page) -> HttpResponse | None:
    """Shows the sentences of a translation and keeps what is typed; None when the page has no German original.

    Wagtail has checked before that this person may edit the page.
    """
    page = status.source_page_of(translated)
    if page is None:
        return None
    language = languages.get(locales.code_of(translated.locale_id))
    source = source_of(page) or read_source(page)
    row = TranslationStatus.objects.filter(page=page, language=language.code).first()
    listed = entries(segments_of(source, language.code), row, language.code, translated.specific_class)
    notes = drafting.needs_person(page, language.code)
    for entry in listed:
        entry.note = notes.get(entry.segment.place, "")
    permissions = translated.permissions_for_user(request.user)
    if request.method == "POST":
        if permissions.page_locked():
            messages.error(request, _("This page is locked. Ask the person who locked it."))
        elif _save(request, page, translated, language.code, listed):
            return redirect(_next_address(request, translated))
        translated.refresh_from_db(fields=["latest_revision"])
    context = {
        "page": translated,
        "german": page,
        "german_path": path_of(page, languages.SOURCE),
        "target": language,
        "row": row,
        "entries": listed,
        "to_do": [entry for entry in listed if entry.is_to_do],
        "may_publish": permissions.can_publish(),
        "is_locked": permissions.page_locked(),
        "in_review": translated.workflow_in_progress,
        "latest": translated.latest_revision_id,
        "media": Media(js=[Script("translations/workbench.js", defer=True)]),
        "header_title": translated.get_admin_display_title(),
    }
    return TemplateResponse(request, "translations/workbench.html", context)


def _next_address(request: HttpRequest, translated: Page) -> str:
    if request.POST.get("action") == SAVE:
        return reverse("wagtailadmin_pages:edit", args=[translated.pk])
    return reverse("translations:queue", args=[locales.code_of(translated.locale_id)])


def _save(request: HttpRequest, page: Page, translated: Page, language: str, listed: Sequence[Entry]) -> bool:
    """Stores what was typed and does what was asked; False when the form must be shown again."""
    posted = {name: str(value) for name, value in request.POST.items()}
    action = posted.get("action", SAVE)
    words = findings_of(listed, read(listed, posted), language, posted)
    say_what_was_removed(request, listed)
    looked_at_latest = posted.get("revision") == str(translated.latest_revision_id or "")
    try:
        revision = _revision(request, page, translated, language, words) if words or action != SAVE else None
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
        return False
    except publishing.Locked as error:
        messages.error(request, str(error))
        return False
    wrong = [entry for entry in listed if entry.is_held and entry.name in posted]
    if wrong:
        messages.error(
            request, _("Some sentences were not saved. They are marked below; what you typed is still there.")
        )
        return False
    if revision is not None and action in (SUBMIT, PUBLISH):
        if not looked_at_latest:
            messages.error(request, _("Somebody has changed the translation meanwhile. Please look at it again."))
            return False
        return _send(request, action, translated.pk, revision)
    messages.success(request, _("Saved as a draft. Nothing public has changed."))
    return True


def _revision(
    request: HttpRequest, page: Page, translated: Page, language: str, words: dict[tuple[int, int], str]
) -> Revision:
    """The draft with the words just typed, or the one that was on the screen when nothing was typed."""
    latest: Revision | None = translated.latest_revision
    if words or latest is None or not publishing.is_of_current_german(latest, page):
        return publishing.save_words(page=page, language=language, words=words, user=request.user)
    return latest


def _send(request: HttpRequest, action: str, page_id: int, revision: Revision) -> bool:
    translated = get_object_or_404(Page, pk=page_id).specific
    act = publishing.publish if action == PUBLISH else publishing.submit
    try:
        act(translated=translated, revision=revision, user=request.user)
    except PermissionDenied:
        messages.error(request, _("You may not publish this. Send it for review instead."))
        return False
    except (publishing.NotPublishable, publishing.Locked) as error:
        messages.error(request, str(error))
        return False
    if action == PUBLISH:
        messages.success(request, _("The translation is public now."))
    else:
        messages.success(request, _("The translation has been sent for review."))
    return True

"""The workbench takes the place of Wagtail's editor on translated pages."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.forms.widgets import Media, Script
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms.forms import kept
from cms.localization import languages, locales
from cms.routing.address import path_of
from translations import publishing, status
from translations.machine import drafting
from translations.models import TranslationStatus
from translations.review import acts
from translations.review.models import Act, ReviewAct, name_of
from translations.review.standing import standing
from translations.segments import current_source, segments_of
from translations.versions import words_of
from translations.workbench import acting, passages
from translations.workbench.acting import ACTIONS, PUBLISH, RETURN, SAVE, SUBMIT
from translations.workbench.codes import to_codes
from translations.workbench.entries import TextEntry, entries, read
from translations.workbench.findings import findings_of, say_what_was_removed


def add_public_words(listed: Sequence[TextEntry], translated: Page) -> None:
    """Gives each entry the public words of its place and the name of its writer; at most three queries."""
    public = words_of(translated.live_revision, [entry.segment for entry in listed]) if translated.live else None
    people = get_user_model().objects.in_bulk({entry.segment.person_id for entry in listed} - {None})
    for entry in listed:
        segment = entry.segment
        if public is not None:
            kept = public.get(segment.place)
            entry.public = to_codes(kept.text) if kept else ""
        if segment.is_by_machine:
            entry.writer = _("a machine")
        elif not segment.is_missing:
            entry.writer = name_of(people.get(segment.person_id))


NOTES_SHOWN = 20


def edit(request: HttpRequest, translated: Page) -> HttpResponse | None:
    """Shows the sentences of a translation and keeps what is typed; None when the page has no German original.

    Wagtail has checked before that this person may edit the page.
    """
    page = status.source_page_of(translated)
    if page is None:
        return None
    language = languages.get(locales.code_of(translated.locale_id))
    source = current_source(page)
    row = TranslationStatus.objects.filter(page=page, language=language.code).first()
    segments = segments_of(source, language.code)
    listed = entries(segments, row, language.code, translated.specific_class)
    notes = drafting.needs_person(page, language.code)
    named = passages.names(source, page.specific_class, segments)
    for entry in listed:
        entry.note = notes.get(entry.segment.place, "")
        entry.label = named.get(entry.segment.place) or entry.label
    add_public_words(listed, translated)
    permissions = translated.permissions_for_user(request.user)
    typed = request.POST if request.method == "POST" else _typed_before(request, listed)
    if request.method == "POST":
        if permissions.page_locked():
            messages.error(request, _("This page is locked. Ask the person who locked it."))
        elif _save(request, page, translated, language.code, listed):
            acts.leave_note(translated=translated, user=request.user, text=typed.get("note", ""))
            return redirect(_next_address(request, translated))
        translated.refresh_from_db(fields=["latest_revision"])
        row = TranslationStatus.objects.filter(page=page, language=language.code).first()
    told = list(ReviewAct.objects.of(page, language.code).select_related("by"))
    context = {
        "standing": standing(row, translated, [each for each in told if each.act != Act.NOTE]),
        "notes": [each for each in told if each.act == Act.NOTE][:NOTES_SHOWN],
        "typed_note": typed.get("note", ""),
        "typed_reason": typed.get("reason", ""),
        "page": translated,
        "german": page,
        "german_path": path_of(page, languages.SOURCE),
        "target": language,
        "row": row,
        "entries": listed,
        "to_do": [entry for entry in listed if entry.is_to_do],
        "may_publish": permissions.can_publish(),
        "is_locked": permissions.page_locked(),
        "latest": translated.latest_revision_id,
        "media": Media(js=[Script("translations/workbench.js", defer=True)]),
        "header_title": translated.get_admin_display_title(),
    }
    return TemplateResponse(request, "translations/workbench/workbench.html", context)


def _typed_before(request: HttpRequest, listed: Sequence[TextEntry]) -> QueryDict:
    """What was sent here after the log-in had ended: it stands in the form again, and is not saved yet."""
    typed = kept.take(request)
    if typed is None:
        return QueryDict()
    read(listed, typed.dict())
    messages.warning(request, _("You were logged out. This is what you had typed: save it now."))
    return typed


def _next_address(request: HttpRequest, translated: Page) -> str:
    if request.POST.get("action") in (SUBMIT, PUBLISH, RETURN):
        return reverse("translations:queue", args=[locales.code_of(translated.locale_id)])
    return reverse("wagtailadmin_pages:edit", args=[translated.pk])


def _save(request: HttpRequest, page: Page, translated: Page, language: str, listed: Sequence[TextEntry]) -> bool:
    """Stores what was typed and does what was asked; False when the form must be shown again."""
    posted = {name: str(value) for name, value in request.POST.items()}
    action = posted.get("action", SAVE)
    words = findings_of(listed, read(listed, posted), language, posted)
    say_what_was_removed(request, listed)
    looked_at_latest = posted.get("revision") == str(translated.latest_revision_id or "")
    was_in_review, became = acts.was_sent(translated), None
    try:
        revision = _revision(request, page, translated, language, words) if words or action != SAVE else None
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
        return False
    except publishing.Locked as error:
        messages.error(request, str(error))
        return False
    if words and revision is not None and action != SUBMIT:
        became = acts.saved(translated=translated, revision=revision, user=request.user, was_in_review=was_in_review)
    wrong = [entry for entry in listed if entry.is_held and entry.name in posted]
    if wrong:
        messages.error(
            request, _("Some sentences were not saved. They are marked below; what you typed is still there.")
        )
        return False
    if revision is not None and action in ACTIONS and action != SAVE:
        if not looked_at_latest:
            messages.error(request, _("Somebody has changed the translation meanwhile. Please look at it again."))
            return False
        return acting.do(request, action, translated.pk, revision)
    acting.tell_saved(request, became)
    return True


def _revision(
    request: HttpRequest, page: Page, translated: Page, language: str, words: dict[tuple[int, int], str]
) -> Revision:
    """The draft with the words just typed, or the one that was on the screen when nothing was typed."""
    latest: Revision | None = translated.latest_revision
    if words or latest is None or not publishing.is_of_current_german(latest, page):
        return publishing.save_words(page=page, language=language, words=words, user=request.user)
    return latest

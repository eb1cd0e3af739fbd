"""An earlier version of a translation beside what there is now; one button makes it the draft again."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.localization import languages, locales
from translations import publishing, status, versions
from translations.segments import Segment, read_source, segments_of, source_of
from translations.workbench import passages
from translations.workbench.changes import marked_text
from translations.workbench.codes import to_codes


@dataclass(frozen=True)
class VersionRow:
    """One German sentence with its words then and now."""

    label: str
    german: str
    then: str
    now: str

    @property
    def changes(self) -> SafeString | None:
        """What restoring would change in what there is now."""
        return marked_text(self.now, self.then) if self.then and self.then != self.now else None


def show(request: HttpRequest, page_id: int, revision_id: int) -> HttpResponse | None:
    """None when the page has no German original. Wagtail has checked that this person may edit the page."""
    translated = get_object_or_404(Page, pk=page_id).specific
    page = status.source_page_of(translated)
    if page is None:
        return None
    revision = get_object_or_404(translated.revisions, pk=revision_id)
    permissions = translated.permissions_for_user(request.user)
    if request.method == "POST":
        try:
            versions.restore(translated=translated, revision=revision, user=request.user)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
        except (versions.NotRestorable, publishing.Locked) as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("The earlier version is the draft now. Nothing public has changed: send it for review.")
            )
            return redirect(reverse("wagtailadmin_pages:edit", args=[translated.pk]))
    language = languages.get(locales.code_of(translated.locale_id))
    source = source_of(page) or read_source(page)
    segments = segments_of(source, language.code)
    then = versions.words_of(revision, segments)
    named = passages.names(source, page.specific_class, segments)
    shown: dict[tuple[int, int], Segment] = {segment.place: segment for segment in segments}
    rows = [
        VersionRow(
            named.get(place, ""),
            to_codes(segment.source),
            to_codes(then[place].text) if then and place in then else "",
            to_codes(segment.target),
        )
        for place, segment in shown.items()
    ]
    context = {
        "page": translated,
        "german": page,
        "target": language,
        "revision": revision,
        "is_public": revision.pk == translated.live_revision_id,
        "is_latest": revision.pk == translated.latest_revision_id,
        "is_known": then is not None,
        "is_locked": permissions.page_locked(),
        "rows": rows,
    }
    return TemplateResponse(request, "translations/workbench/version.html", context)

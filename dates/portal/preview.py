"""The draft of an event as visitors would see it, in any language, for members only."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cms.localization import languages, locales
from cms.pages import drafts
from cms.pages.base_page import without_aliases
from dates.events.event_page import EventPage
from dates.portal.access import address_of, of_own_event, to_event
from directory.portal import preview as previews
from directory.profiles.organisation import OrganisationPage


@of_own_event
def preview(request: HttpRequest, organisation: OrganisationPage, event: EventPage, language: str) -> HttpResponse:
    """``/<language>/my/<key>/events/<event>/preview/<other language>/``"""
    if language not in languages.BY_CODE:
        raise Http404
    page = worded_draft(event, language)
    if page.facts.start is None:
        messages.info(request, _("There is no preview yet: say first when it takes place."))
        return to_event(event, organisation)
    back = address_of(event, organisation)

    def address(code: str) -> str:
        return address_of(event, organisation, "my_event_preview", language=code)

    return previews.show(request, page, language, address=address, back=back)


def worded_draft(event: EventPage, language: str) -> Any:
    """The draft, in the words of its public translation into that language if there is one."""
    draft = drafts.draft_of(event)
    if language == languages.SOURCE:
        return draft
    locale_id = locales.id_of(language)
    translations = EventPage.objects.filter(translation_key=draft.translation_key, locale_id=locale_id, live=True)
    page = without_aliases(translations).first()
    if page is None:
        return draft
    page.facts = draft
    return page

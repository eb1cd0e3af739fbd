"""Calendars that belong to no page of dates: those of a topic and of an organisation.

Their addresses hold what never changes (a topic's key, an organisation's UUID), not a path that an editor may move.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from cms.localization import languages
from cms.localization.localized_text import LocalizedText
from cms.routing import sites
from dates.calendars import collections, document
from directory.models import OrganisationPage, Topic


@require_safe
def topic(request: HttpRequest, key: str) -> HttpResponse:
    """The events on a topic, and on those below it."""
    _require_site(request)
    found = get_object_or_404(Topic, key=key)
    events = collections.events(request)
    events = events.filter(pk__in=events.filter(topics__in=Topic.objects.at_or_below(found)).order_by().values("pk"))
    return document.answer(
        request,
        name=_events_of(found.label),
        entries=collections.event_entries_of(events, request),
        file_name=found.key,
        page=f"/{languages.active().code}/",
    )


@require_safe
def organisation(request: HttpRequest, key: UUID) -> HttpResponse:
    """The events of an organisation, by its translation key."""
    _require_site(request)
    pages = OrganisationPage.objects.listed().descendant_of(sites.home_of(request))
    found = get_object_or_404(pages, translation_key=key)
    events = collections.events(request).organised_by(found)
    return document.answer(
        request,
        name=_events_of(found.name),
        entries=collections.event_entries_of(events, request),
        file_name=found.slug,
        page=found.reader_path,
    )


def _require_site(request: HttpRequest) -> None:
    if sites.of_request(request) is None:
        raise Http404


def _events_of(name: LocalizedText) -> LocalizedText:
    # Translators: name of a calendar in somebody's calendar program; %(name)s is a topic or an organisation.
    pattern = pgettext("name of a calendar", "Events: %(name)s")
    return LocalizedText(pattern % {"name": name.plain}, languages.active().code)

"""schema.org Event for sessions and events."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone

from cms.frame import Frame

if TYPE_CHECKING:
    from dates.events import EventPage
    from dates.sessions import CouncilSession

SCHEDULED, CANCELLED = "https://schema.org/EventScheduled", "https://schema.org/EventCancelled"
RESCHEDULED = "https://schema.org/EventRescheduled"
ON_SITE, ONLINE = "https://schema.org/OfflineEventAttendanceMode", "https://schema.org/OnlineEventAttendanceMode"
BOTH = "https://schema.org/MixedEventAttendanceMode"


def council_session(session: "CouncilSession", request: HttpRequest) -> dict[str, Any]:
    """No ``endDate`` where it is not known; the organiser has the name that the law gave it for that day."""
    day = timezone.localtime(session.start)
    online = {"@type": "VirtualLocation", "url": session.livestream_url} if session.livestream_url else None
    places = [place for place in (session.place.structured_data() if session.place else None, online) if place]
    return {
        "@type": "Event",
        "name": session.title,
        "startDate": day.isoformat(),
        "endDate": timezone.localtime(session.end).isoformat() if session.end else None,
        "previousStartDate": timezone.localtime(session.moved_from).isoformat() if session.moved_from else None,
        "eventStatus": _status(session),
        "eventAttendanceMode": BOTH if online and session.place else ONLINE if online else ON_SITE,
        "location": places[0] if len(places) == 1 else places,
        "organizer": {"@type": "GovernmentOrganization", "name": session.body.name_on(day.date()).plain},
        "url": request.build_absolute_uri(),
        "inLanguage": Frame.of(request).language.code,
    }


def _status(session: "CouncilSession") -> str:
    if not session.takes_place:
        return CANCELLED
    return RESCHEDULED if session.is_moved else SCHEDULED


def event(page: "EventPage", request: HttpRequest) -> dict[str, Any]:
    facts = page.facts
    return {
        "@type": "Event",
        "name": page.words.title.plain,
        "description": page.words.lead.plain,
        "startDate": timezone.localtime(facts.start).isoformat(),
        "endDate": timezone.localtime(facts.end).isoformat() if facts.end else None,
        "eventStatus": CANCELLED if facts.is_cancelled else SCHEDULED,
        "location": facts.place.structured_data() if facts.place else None,
        "organizer": {"@type": "Organization", "name": facts.organiser_label} if facts.organiser_label else None,
        "url": request.build_absolute_uri(page.reader_path),
        "inLanguage": page.words.lang,
    }

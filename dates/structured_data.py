"""schema.org Event for sessions and events."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone

from cms.frame import Frame

if TYPE_CHECKING:
    from dates.event import EventPage
    from dates.sessions import CouncilSession

SCHEDULED, CANCELLED = "https://schema.org/EventScheduled", "https://schema.org/EventCancelled"


def council_session(session: "CouncilSession", request: HttpRequest) -> dict[str, Any]:
    """No ``endDate``: how long a session takes is not known."""
    return {
        "@type": "Event",
        "name": session.title,
        "startDate": timezone.localtime(session.start).isoformat(),
        "eventStatus": CANCELLED if session.is_cancelled else SCHEDULED,
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": session.place.structured_data() if session.place else None,
        "organizer": {"@type": "GovernmentOrganization", "name": session.body.label.plain},
        "url": request.build_absolute_uri(),
        "inLanguage": Frame.of(request).language.code,
    }


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

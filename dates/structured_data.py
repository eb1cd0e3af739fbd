"""schema.org Event for sessions and events."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone

from cms.http.structured_data import identity
from cms.localization import formats, languages
from cms.media import copies
from cms.pages.base_page import BasePage
from cms.routing.address import path_of
from cms.routing.restrictions import may_name
from dates import recurrence
from dates.calendars import period
from directory.profiles.structured_data import identity_of

if TYPE_CHECKING:
    from dates.council.sessions import CouncilSession

Event = Any
"""The facts of an ``EventPage``, which stands above this module."""
SCHEDULED, CANCELLED = "https://schema.org/EventScheduled", "https://schema.org/EventCancelled"
RESCHEDULED = "https://schema.org/EventRescheduled"
ON_SITE, ONLINE = "https://schema.org/OfflineEventAttendanceMode", "https://schema.org/OnlineEventAttendanceMode"
BOTH = "https://schema.org/MixedEventAttendanceMode"

PERIODS = {"DAILY": "D", "WEEKLY": "W", "MONTHLY": "M", "YEARLY": "Y"}
"""Letters of ISO 8601 durations."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def council(page: BasePage, request: HttpRequest) -> dict[str, Any]:
    """The council itself, on its page."""
    facts: Any = page.facts
    name = facts.council.label.plain if facts.council else page.words.title.plain
    return {
        "@type": "GovernmentOrganization",
        "@id": council_identity(page, request),
        "name": name,
        "description": page.words.teaser.plain,
        "url": request.build_absolute_uri(page.reader_path),
        "parentOrganization": {"@id": identity(request, "/", "municipality")},
    }


def council_identity(page: BasePage, request: HttpRequest) -> str:
    return identity(request, page.path_in(languages.SOURCE), "council")


def council_session(session: "CouncilSession", request: HttpRequest, *, page: BasePage) -> dict[str, Any]:
    """No ``endDate`` where it is not known; the organiser has the name that the law gave it for that day.

    ``page`` is that of the council which counts the session.
    """
    day = formats.local(session.start)
    online = {"@type": "VirtualLocation", "url": session.livestream} if session.livestream else None
    bodies = [session.body.name_on(day.date()), *session.joint_names]
    organisers = [{"@type": "GovernmentOrganization", "name": name.plain} for name in bodies]
    organisers[0]["@id"] = council_identity(page, request)
    path = f"{page.path_in(languages.SOURCE)}{session.year}/{session.number}/"
    places = [place for place in (session.place.structured_data() if session.place else None, online) if place]
    return {
        "@type": "Event",
        "@id": identity(request, path, "session"),
        "name": session.title,
        "startDate": day.isoformat(),
        "endDate": formats.local(session.end).isoformat() if session.end else None,
        "previousStartDate": formats.local(session.moved_from).isoformat() if session.moved_from else None,
        "eventStatus": _status(session),
        "eventAttendanceMode": BOTH if online and session.place else ONLINE if online else ON_SITE,
        "location": places[0] if len(places) == 1 else places,
        "organizer": organisers[0] if len(organisers) == 1 else organisers,
        "url": request.build_absolute_uri(),
        "inLanguage": languages.active().code,
    }


def _status(session: "CouncilSession") -> str:
    if not session.takes_place:
        return CANCELLED
    return RESCHEDULED if session.is_moved else SCHEDULED


def event(page: BasePage, request: HttpRequest) -> dict[str, Any]:
    """Of a recurring event the next occurrence, with the rule beside it."""
    words = page.words
    facts: Event = page.facts
    occurrence = facts.next_occurrence or recurrence.last_occurrence(facts) or facts
    moved_from = occurrence.moved_from if occurrence.moved_from and not occurrence.is_cancelled else None
    spoken = facts.language_codes
    return {
        "@type": "Event",
        "@id": identity(request, page.path_in(languages.SOURCE), "event"),
        "name": words.title.plain,
        "description": words.lead.plain,
        "startDate": _moment(facts, occurrence.start),
        "endDate": _moment(facts, occurrence.end),
        "previousStartDate": _moment(facts, moved_from),
        "eventStatus": CANCELLED if occurrence.is_cancelled else RESCHEDULED if moved_from else SCHEDULED,
        "eventSchedule": _schedule(facts),
        "location": facts.place.structured_data() if facts.place else _place_in_words(facts.place_name),
        "organizer": _organiser(facts, request),
        "image": copies.address(facts.picture, request),
        "isAccessibleForFree": facts.is_free or None,
        "offers": _offer(page),
        "audience": {"@type": "Audience", "audienceType": words.for_whom.plain} if words.for_whom else None,
        "url": request.build_absolute_uri(page.reader_path),
        "inLanguage": (spoken[0] if len(spoken) == 1 else spoken) if spoken else words.lang,
    }


def _moment(facts: Event, moment: dt.datetime | None) -> str | None:
    """A day alone when the event lasts all day."""
    if moment is None:
        return None
    return formats.local(moment).date().isoformat() if facts.all_day else formats.local(moment).isoformat()


def _schedule(facts: Event) -> dict[str, Any] | None:
    """A schema.org Schedule; ``byDay`` as in RFC 5545 ("2TU") where weekdays of a month are meant."""
    rule = recurrence.read(facts.recurrence)
    if rule is None:
        return None
    start = formats.local(facts.start)
    weekdays = rule.weekdays or (start.weekday(),)
    by_day = {
        "DAILY": None,
        "WEEKLY": [f"https://schema.org/{WEEKDAYS[number]}" for number in weekdays],
        "MONTHLY": [f"{nth}{recurrence.WEEKDAY_CODES[weekdays[0]]}" for nth in rule.nths],
        "YEARLY": None,
    }[rule.frequency]
    by_month_day = rule.month_day or start.day
    left_out = recurrence.starts_left_out(facts, facts.recurrence_until or period.last_day())
    excepted = {change.original_date for change in facts.exceptions.all()} | {each.date() for each in left_out}
    return {
        "@type": "Schedule",
        "repeatFrequency": f"P{rule.interval}{PERIODS[rule.frequency]}",
        "repeatCount": rule.count or None,
        "byDay": by_day[0] if by_day and len(by_day) == 1 else by_day or None,
        "byMonth": (rule.month or start.month) if rule.frequency == "YEARLY" else None,
        "byMonthDay": by_month_day if rule.frequency in ("MONTHLY", "YEARLY") and not rule.nths else None,
        "startDate": start.date().isoformat(),
        "endDate": facts.recurrence_until.isoformat() if facts.recurrence_until else None,
        "startTime": None if facts.all_day else f"{start:%H:%M:%S}",
        "endTime": None if facts.all_day or not facts.end else f"{formats.local(facts.end):%H:%M:%S}",
        "scheduleTimezone": str(timezone.get_default_timezone()),
        "exceptDate": sorted(day.isoformat() for day in excepted),
    }


def _place_in_words(text: str) -> dict[str, Any] | None:
    return {"@type": "Place", "name": text, "address": text} if text else None


def _organiser(facts: Event, request: HttpRequest) -> dict[str, Any] | None:
    if not facts.organiser_label:
        return None
    known = facts.organiser is not None and may_name(facts.organiser)
    url = request.build_absolute_uri(path_of(facts.organiser, languages.active().code)) if known else None
    identity = identity_of(facts.organiser, request) if known else None
    return {"@type": "Organization", "@id": identity, "name": facts.organiser_label, "url": url}


def _offer(page: Any) -> dict[str, Any] | None:
    """What it costs and where to register; a price in words has no number that programs could read."""
    facts, price = page.facts, page.words.price.plain
    if not (facts.is_free or price or facts.registration_url):
        return None
    costs = {"price": "0", "priceCurrency": "EUR"} if facts.is_free else {}
    return {"@type": "Offer", **costs, "description": price, "url": facts.registration_url}

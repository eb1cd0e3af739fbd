"""One look at a followed calendar: fetched, read, taken over; how it went is noted for people."""

import logging

from django.utils import timezone
from django.utils.timezone import localdate

from cms.outbound import Outbound, OutboundError, host_of
from cms.outbound.client import Pace
from dates.following import reading
from dates.following.models import FollowedCalendar
from dates.following.outcomes import OF_THE_CLIENT, NothingTaken, Outcome
from dates.following.reading import Reading
from dates.following.taking_over import take_over
from dates.sessions import start_of_today

logger = logging.getLogger(__name__)


def look(calendar: FollowedCalendar, *, pace: Pace | None = None) -> None:
    """Asks nobody but the host of the address itself. What goes wrong changes nothing but the result that is shown."""
    try:
        _look(calendar, pace)
    except NothingTaken as error:
        calendar.outcome = error.outcome
        calendar.read_on = None  # the next answer is read, whatever the server thinks of it
        logger.warning("followed calendar %s: %s", calendar.pk, error.outcome)
    calendar.looked_at = timezone.now()
    calendar.save()


def _look(calendar: FollowedCalendar, pace: Pace | None) -> None:
    try:
        client = Outbound(frozenset({host_of(calendar.url)}), pace=pace)
        known = {"etag": calendar.etag, "modified": calendar.modified} if calendar.read_on == localdate() else {}
        answer = client.get(calendar.url, accept="text/calendar, */*;q=0.1", **known)
    except OutboundError as error:
        raise NothingTaken(OF_THE_CLIENT.get(error.reason, Outcome.SILENT)) from error
    if answer.not_modified:
        return
    found = reading.read(answer.body, start_of_today())
    _require_dates(calendar, found)
    calendar.counts = vars(take_over(calendar=calendar, reading=found))
    calendar.outcome, calendar.read_on = Outcome.TAKEN, localdate()
    calendar.etag = answer.headers.get("etag", "")[:255]
    calendar.modified = answer.headers.get("last-modified", "")[:100]


def _require_dates(calendar: FollowedCalendar, found: Reading) -> None:
    """A file without a single date, where there were some, is a fault of the server and no news."""
    if found.is_empty and calendar.sources.exists():
        raise NothingTaken(Outcome.EMPTY)

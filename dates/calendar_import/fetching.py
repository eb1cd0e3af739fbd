"""One look at a followed calendar: fetched, read, taken over; how it went is noted for people."""

import datetime as dt
import logging

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.timezone import localdate

from cms.bin.tree import PREFIX
from cms.jobs.retrying import job
from cms.outbound import Outbound, OutboundError, host_of
from cms.outbound.client import Pace
from dates.calendar_import import own, reading
from dates.calendar_import.models import FollowedCalendar
from dates.calendar_import.outcomes import OF_THE_CLIENT, NothingTaken, Outcome
from dates.calendar_import.reading import Reading
from dates.calendar_import.taking_over import take_over
from dates.council.sessions import start_of_today
from directory.review import mails

EVERY = dt.timedelta(hours=6)


def due() -> QuerySet[FollowedCalendar]:
    """Those that are looked at at all; none of an organisation that lies in the bin."""
    return FollowedCalendar.objects.filter(is_active=True).exclude(organisation__url_path__startswith=PREFIX)


def look_at_those_due() -> None:
    """Several clocks may ask at the same time: who moves ``next_at`` on has the turn."""
    now = timezone.now()
    for calendar in due().filter(next_at__lte=now):
        moved = FollowedCalendar.objects.filter(pk=calendar.pk, next_at=calendar.next_at).update(next_at=now + EVERY)
        if moved:
            look_at.enqueue(calendar.pk)


@job()
def look_at(pk: int) -> None:
    calendar = due().select_related("organisation").filter(pk=pk).first()
    if calendar is not None:
        look(calendar)


logger = logging.getLogger(__name__)
NOTED = ("looked_at", "outcome", "told", "counts", "etag", "modified", "read_on")


def look(calendar: FollowedCalendar, *, pace: Pace | None = None) -> None:
    """Asks nobody but the host of the address itself. What goes wrong changes nothing but the result that is shown."""
    before = calendar.outcome
    try:
        _look(calendar, pace)
    except NothingTaken as error:
        _note_failure(calendar, error.outcome)
        logger.warning("followed calendar %s: %s", calendar.pk, error.outcome)
    except Exception:
        _note_failure(calendar, Outcome.FAILED)
        logger.exception("followed calendar %s: nobody foresaw this", calendar.pk)
    calendar.looked_at = timezone.now()
    _tell(calendar, before)
    # Whoever entered another address meanwhile has a new calendar, of which this look says nothing.
    same = FollowedCalendar.objects.filter(pk=calendar.pk, url=calendar.url)
    same.update(**{name: getattr(calendar, name) for name in NOTED})


def _note_failure(calendar: FollowedCalendar, outcome: Outcome) -> None:
    calendar.outcome = outcome
    calendar.read_on = None  # the next answer is read, whatever the server thinks of it


def _tell(calendar: FollowedCalendar, before: str) -> None:
    """Members read on their screen how it went; what goes wrong twice in the same way is told by mail, once."""
    if not calendar.failed:
        calendar.told = ""
    elif calendar.outcome == before != calendar.told:
        more = {"outcome": calendar.outcome, "url": calendar.url}
        mails.tell_members(calendar.organisation, "followed_calendar", folder="dates/mail", more=more)
        calendar.told = calendar.outcome


def _look(calendar: FollowedCalendar, pace: Pace | None) -> None:
    try:
        host = host_of(calendar.url)
        if own.is_own_host(host):
            raise NothingTaken(Outcome.OWN)
        client = Outbound(frozenset({host}), pace=pace)
        known = {"etag": calendar.etag, "modified": calendar.modified} if calendar.read_on == localdate() else {}
        answer = client.get(calendar.url, accept="text/calendar, */*;q=0.1", **known)
    except OutboundError as error:
        if error.host and own.is_own_host(error.host):
            raise NothingTaken(Outcome.OWN) from error
        raise NothingTaken(OF_THE_CLIENT.get(error.reason, Outcome.SILENT)) from error
    if answer.not_modified:
        return
    found = reading.read(answer.body, start_of_today())
    _require_dates(calendar, found)
    counts = take_over(calendar=calendar, reading=found)
    calendar.counts = vars(counts)
    calendar.outcome = Outcome.TAKEN
    calendar.read_on = None if counts.skipped else localdate()  # what failed is tried again, though nothing has changed
    calendar.etag = answer.headers.get("etag", "")[:255]
    calendar.modified = answer.headers.get("last-modified", "")[:100]


def _require_dates(calendar: FollowedCalendar, found: Reading) -> None:
    """A file without a single date, where there were some, is a fault of the server and no news."""
    if found.is_empty and calendar.sources.exists():
        raise NothingTaken(Outcome.EMPTY)

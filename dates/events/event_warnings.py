"""What is odd about an event but may be meant so: shown as warnings, never in the way of saving."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.localization import formats
from dates import recurrence
from dates.council.sessions import start_of_today
from dates.events.event_page import EventPage


def warn(request: HttpRequest, page: Any) -> None:
    if isinstance(page, EventPage) and page.facts is page:
        followed = getattr(page, "exceptions_followed", None)
        for sentence in followed.sentences if followed else ():
            messages.info(request, sentence)
        for doubt in warnings_about(page):
            messages.warning(request, doubt)


YEARS_AHEAD = 2


def warnings_about(event: EventPage) -> list[str]:
    """Sentences for whoever has just saved ``event`` (its newest version); one query."""
    doubts = []
    if recurrence.next_occurrence(event, start_of_today()) is None:
        date = formats.full_date(event.start)
        doubts.append(_("The date lies in the past: %(date)s. Is the year right?") % {"date": date})
    if year := _year_without_holidays(event):
        sentence = _("No school holidays are known yet for %(year)s: there, the event takes place in them as well.")
        doubts.append(sentence % {"year": year})
    if _is_twice(event):
        moment = formats.date_and_time(event.start)
        doubts.append(
            _("There is another event with this title on %(moment)s. Was it entered twice?") % {"moment": moment}
        )
    return doubts


def _year_without_holidays(event: EventPage) -> int | None:
    """The first year, as far as people plan, of which nobody knows the holidays that the event leaves out."""
    if not (event.recurrence and event.skips_school_holidays):
        return None
    last, now = recurrence.last_occurrence(event), start_of_today().year
    end = min(last.start.year if last else now + 1, now + YEARS_AHEAD)
    return next((year for year in range(now, end + 1) if not event.days_off.knows_schools_in(year)), None)


def _is_twice(event: EventPage) -> bool:
    """Among the events of the same site that were saved, public or not."""
    home: Page = event.get_ancestors().filter(depth=2).first()
    same = EventPage.objects.sources().descendant_of(home).filter(title__iexact=event.title, start=event.start)
    return same.exclude(pk=event.pk).exists()

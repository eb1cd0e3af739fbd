"""What an organisation's profile shows of its events."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from cms.pages.base_page import BasePage
from cms.pages.related import Section
from dates.events.event_page import EventPage
from dates.programme import event_dates

MOST = 6


@dataclass(frozen=True)
class EventSection(Section):
    """Events with the address of the calendar that has all of them."""

    calendar_path: str = ""


def events_of(page: BasePage) -> Section:
    """What the organisation has ahead."""
    dates = event_dates.upcoming(EventPage.objects.listed().organised_by(page), MOST)
    calendar = reverse("organisation_calendar", kwargs={"key": page.translation_key})
    return EventSection(gettext("Events"), "dates/programme/includes/event_list.html", dates, calendar)

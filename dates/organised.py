"""What an organisation's profile shows of its events."""

from django.utils.translation import gettext

from cms.pages import BasePage
from cms.related import Section
from dates.event import EventPage


def events_of(page: BasePage) -> Section:
    """What the organisation has ahead."""
    events = EventPage.objects.listed().organised_by(page).upcoming().for_cards()[:6].worded()
    return Section(gettext("Events"), "dates/includes/event_list.html", events)

"""What an organisation's profile shows of its events."""

from django.utils.translation import gettext

from cms import languages
from cms.pages import BasePage, give_words
from cms.related import Section
from dates import event_dates
from dates.event import EventPage

MOST = 6


def events_of(page: BasePage) -> Section:
    """What the organisation has ahead."""
    dates = event_dates.upcoming(EventPage.objects.listed().organised_by(page), MOST)
    give_words([date.event for date in dates], EventPage, languages.active().code)
    return Section(gettext("Events"), "dates/includes/event_list.html", dates)

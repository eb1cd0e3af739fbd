"""The row of events on the first screen of "My organisation"."""

from django.utils.translation import gettext_lazy as _

from dates.events.event_page import EventPage
from directory.portal.parts import PortalPart
from directory.profiles.organisation import OrganisationPage


def count_upcoming(organisation: OrganisationPage) -> int:
    return EventPage.objects.sources().child_of(organisation).upcoming().count()


EVENTS = PortalPart("events", _("Events"), _("Add, change, copy or cancel"), "my_events", count_upcoming)

"""Reads of events; all combine."""

import datetime as dt
from typing import Self

from django.db.models import Q
from wagtail.models import Page

from cms.localization.accepted_dates import shown
from cms.pages.base_page import BasePageQuerySet, has_public_parent
from dates.council.sessions import start_of_today
from dates.events.exceptions import EventAddition


class EventQuerySet(BasePageQuerySet):
    def listed(self) -> Self:
        """Not those of an organisation whose page is not public: the city may have taken it offline.

        Nor those with an impossible year or none, however it got there.
        """
        return super().listed().filter(shown("start", "end"), has_public_parent(), start__isnull=False)

    def upcoming(self) -> Self:
        """What has an occurrence that begins or still goes on from the beginning of today."""
        return self.since(start_of_today())

    def past(self) -> Self:
        """What was over before today, as ``EventPage.is_past``."""
        return self.filter(last_end__lt=start_of_today()).order_by("-last_end")

    def organised_by(self, organisation: Page) -> Self:
        return self.filter(organiser_id=organisation.pk)

    def since(self, moment: dt.datetime) -> Self:
        """What has an occurrence that is not over before ``moment``."""
        return self.filter(Q(last_end=None) | Q(last_end__gte=moment)).order_by("start")

    def next_among(self, count: int) -> Self:
        """The upcoming events among which the next ``count`` dates are: the nearest single ones, all that repeat."""
        nearest = self.upcoming().filter(recurrence="", additions=None)[:count].values("pk")
        with_more = EventAddition.objects.values("event")
        return self.upcoming().filter(~Q(recurrence="") | Q(pk__in=with_more) | Q(pk__in=nearest))

    def for_cards(self) -> Self:
        cards = self.select_related("place__district", "organiser__district").defer("body", "organiser__about")
        return cards.with_days()

    def with_days(self) -> Self:
        """With all rows that say when an event takes place."""
        return self.prefetch_related("exceptions", "breaks", "additions")

    def for_serving(self) -> Self:
        return self.select_related("place", "organiser", "series", "picture").prefetch_related("topics").with_days()

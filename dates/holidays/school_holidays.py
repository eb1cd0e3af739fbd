"""When schools are closed in a federal state.

Those that the conference of ministers has published come with the library ``holidays``; what it does not know, later
years or days that a town sets itself, the press office enters or imports. Both count.
"""

import datetime as dt
from collections import defaultdict
from functools import cache, cached_property

import holidays
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.database.request_memory import remembered
from cms.localization import public_holidays
from cms.routing.site_settings import STATES

Range = tuple[dt.date, dt.date]
AUTUMN = 10
"""The month from which on holidays belong to the next school year in every state."""
FEWEST_DAYS = 40
"""A year of which fewer are known is not known: a list may end within Christmas."""


class SchoolHoliday(models.Model):
    state = models.CharField(_("federal state"), max_length=2, choices=STATES)
    name = models.CharField(_("name"), max_length=100)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("school holidays")
        verbose_name_plural = _("school holidays")
        ordering = ["first_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["state", "first_day", "last_day"],
                name="school_holiday_unique",
                violation_error_message=_("These days are there already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.first_day:%Y}"

    def clean(self) -> None:
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day must not be before the first. Check both dates.")})


def entered(state: str) -> list[Range]:
    """What the press office has entered; one query a request."""
    rows = SchoolHoliday.objects.filter(state=state).order_by("first_day", "last_day")
    return remembered(("school holidays", state), lambda: list(rows.values_list("first_day", "last_day")))


def all_entered() -> dict[str, list[Range]]:
    """The same for every state; one query."""
    found: dict[str, list[Range]] = defaultdict(list)
    for state, first, last in SchoolHoliday.objects.order_by().values_list("state", "first_day", "last_day"):
        found[state].append((first, last))
    return found


def is_one(day: dt.date, state: str, entered: list[Range]) -> bool:
    return day in _published(day.year, state) or any(first <= day <= last for first, last in entered)


def is_known(year: int, state: str, entered: list[Range]) -> bool:
    """Whether there is a list for ``year``, so that what is not in it is no holiday.

    Lists are published by school years: one that ends in summer says nothing of autumn and Christmas.
    """
    beginning, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
    inside = [(max(first, beginning), min(last, end)) for first, last in entered]
    days = {first + dt.timedelta(days=n) for first, last in inside for n in range((last - first).days + 1)}
    days |= _published(year, state)
    return len(days) >= FEWEST_DAYS and any(day.month >= AUTUMN for day in days)


@cache
def _published(year: int, state: str) -> frozenset[dt.date]:
    return frozenset(
        holidays.country_holidays("DE", subdiv=public_holidays.known(state), years=year, categories=("school",))
    )


class DaysOff:
    """Asks the database only when an event leaves such days out, and then once a request."""

    def __init__(self, page: Page) -> None:
        self._page = page

    @cached_property
    def state(self) -> str:
        """ISO 3166-2:DE."""
        return public_holidays.state_of(self._page)

    @cached_property
    def _entered(self) -> list[Range]:
        return entered(self.state)

    def is_public(self, day: dt.date) -> bool:
        return bool(public_holidays.name_of(day, self.state))

    def is_of_schools(self, day: dt.date) -> bool:
        return is_one(day, self.state, self._entered)

    def knows_schools_in(self, year: int) -> bool:
        return is_known(year, self.state, self._entered)

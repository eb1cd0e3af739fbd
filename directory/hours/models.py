"""The hours of an organisation as rows of its page: facts, without a word to translate."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from cms.localization import formats
from cms.localization.accepted_dates import can_be_reckoned
from cms.pages.contacts import WEEKDAYS
from directory.hours import saying
from directory.hours.saying import Reason
from directory.hours.timetable import Span, SpecialDays


class OpeningHours(models.Model):
    """A span of every week (schema.org: OpeningHoursSpecification). One that ends first ends on the next day."""

    organisation = ParentalKey("directory.OrganisationPage", on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=WEEKDAYS)
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("to"))

    panels = [FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens"), FieldPanel("closes")])]

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens"]

    def __str__(self) -> str:
        return f"{formats.weekday_name(self.weekday)}, {formats.time_range(self.opens, self.closes)}"

    @property
    def span(self) -> Span:
        return Span(self.opens, self.closes)

    @property
    def in_week(self) -> tuple[int, Span]:
        """Raises ValueError for a day that no week has."""
        if self.weekday not in dict(WEEKDAYS):
            raise ValueError(f"weekday {self.weekday}")
        return self.weekday, self.span

    @classmethod
    def in_words(cls, rows: "Iterable[OpeningHours]") -> str:
        """All rows of a page together, for people who compare two versions."""
        return saying.week_in_words((row.weekday, row.span) for row in rows)


class SpecialHours(models.Model):
    """Days on which other hours hold; without times nobody is there. Several rows may speak of one day."""

    organisation = ParentalKey("directory.OrganisationPage", on_delete=models.CASCADE, related_name="special_hours")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty: only one day."))
    opens = models.TimeField(_("from"), null=True, blank=True)
    closes = models.TimeField(_("to"), null=True, blank=True, help_text=_("Without times: closed."))
    reason = models.CharField(_("reason"), max_length=8, choices=Reason.choices, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes"), FieldPanel("reason")]),
    ]

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        ordering = ["first_day", "opens"]

    def __str__(self) -> str:
        return saying.special_in_words([self.days])

    def clean(self) -> None:
        super().clean()
        refuse_half(self.first_day, self.last_day, self.opens, self.closes)

    @property
    def days(self) -> SpecialDays:
        """Raises ValueError for days of an impossible year."""
        if not can_be_reckoned(self.first_day, self.last_day):
            raise ValueError(f"from {self.first_day} to {self.last_day}")
        span = Span(self.opens, self.closes) if self.opens is not None and self.closes is not None else None
        return SpecialDays(self.first_day, self.last_day or self.first_day, span, self.reason)

    @classmethod
    def in_words(cls, rows: "Iterable[SpecialHours]") -> str:
        return saying.special_in_words(row.days for row in rows)


def refuse_half(first: dt.date | None, last: dt.date | None, opens: Any, closes: Any) -> None:
    """Raises ValidationError, by field, for special days of which an end is missing or stands before its beginning."""
    if first and last and last < first:
        raise ValidationError({"last_day": _("The last day must not be before the first.")})
    if opens is None and closes is not None:
        raise ValidationError({"opens": _("Please enter both times, or none if it is closed.")})
    if closes is None and opens is not None:
        raise ValidationError({"closes": _("Please enter both times, or none if it is closed.")})

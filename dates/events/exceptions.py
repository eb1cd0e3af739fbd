"""Days of an event beside its rule: ranges that are left out, dates that are added, dates unlike the others."""

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from cms.localization import formats
from cms.pages.isolation import read_each


def order_fault(begin: dt.date | None, end: dt.date | None) -> str:
    """A sentence where ``end`` does not come after ``begin``: two days, of which it may be one, or two moments."""
    if begin is None or end is None:
        return ""
    if isinstance(begin, dt.datetime):
        return "" if end > begin else _("The end must be after the start. Check the date and time.")
    return "" if end >= begin else _("The last day must not be before the first. Check both dates.")


class EventDay(models.Model):
    """A row of an event that begins in one of its fields and ends in another, in this order."""

    begins: ClassVar[str]
    ends: ClassVar[str]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if fault := order_fault(getattr(self, self.begins), getattr(self, self.ends)):
            raise ValidationError({self.ends: fault})


class EventBreak(EventDay):
    """From ``first_day`` to ``last_day``, both included, a recurring event does not take place."""

    event = ParentalKey("dates.EventPage", on_delete=models.CASCADE, related_name="breaks")
    first_day = models.DateField(_("first day left out"))
    last_day = models.DateField(_("last day left out"))

    begins, ends = "first_day", "last_day"
    panels = [FieldRowPanel([FieldPanel(begins), FieldPanel(ends)])]

    class Meta:
        verbose_name = _("break")
        verbose_name_plural = _("breaks")
        ordering = ["first_day"]

    def __str__(self) -> str:
        return formats.date_range(self.first_day, self.last_day)

    @classmethod
    def in_words(cls, rows: "Iterable[EventBreak]") -> str:
        """All rows of an event together, for people who compare two versions."""
        known = [row for row in rows if row.first_day and row.last_day]
        return "\n".join(read_each(sorted(known, key=lambda row: (row.first_day, row.last_day)), str))


class EventAddition(EventDay):
    """One more date, which stands beside the rule."""

    event = ParentalKey("dates.EventPage", on_delete=models.CASCADE, related_name="additions")
    start = models.DateTimeField(_("start"))
    end = models.DateTimeField(
        _("end"), null=True, blank=True, help_text=_("Leave empty if it takes as long as usual.")
    )
    is_cancelled = models.BooleanField(_("cancelled"), default=False)

    begins, ends = "start", "end"
    panels = [FieldRowPanel([FieldPanel(begins), FieldPanel(ends)]), FieldPanel("is_cancelled")]

    class Meta:
        verbose_name = _("further date")
        verbose_name_plural = _("further dates")
        ordering = ["start"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "start"],
                name="event_addition_unique_start",
                violation_error_message=_("This date is there already."),
            )
        ]

    def __str__(self) -> str:
        return formats.date_and_time(self.start)

    @property
    def sentence(self) -> str:
        day = formats.full_date(self.start) if self.event.all_day else formats.date_and_time(self.start, self.end)
        return f"{day}: {pgettext('event', 'Cancelled')}" if self.is_cancelled else day

    @classmethod
    def in_words(cls, rows: "Iterable[EventAddition]") -> str:
        """As those of ``EventBreak``."""
        known = [row for row in rows if row.start]
        return "\n".join(read_each(sorted(known, key=lambda row: row.start), lambda row: row.sentence))


class EventException(EventDay):
    """On ``original_date`` the event is cancelled, or takes place at another time."""

    event = ParentalKey("dates.EventPage", on_delete=models.CASCADE, related_name="exceptions")
    original_date = models.DateField(_("day that differs"), help_text=_("The day on which it would take place."))
    is_cancelled = models.BooleanField(_("cancelled on this day"), default=False)
    new_start = models.DateTimeField(_("or: new start"), null=True, blank=True)
    new_end = models.DateTimeField(
        _("new end"), null=True, blank=True, help_text=_("Leave empty if it takes as long as usual.")
    )

    begins, ends = "new_start", "new_end"
    panels = [
        FieldPanel("original_date"),
        FieldPanel("is_cancelled"),
        FieldRowPanel([FieldPanel(begins), FieldPanel(ends)]),
    ]

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ["original_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "original_date"],
                name="event_exception_unique_on_day",
                violation_error_message=_("There is already an exception for this day."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.original_date:%Y-%m-%d}"

    @property
    def sentence(self) -> str:
        """What becomes of the day; as ``recurrence`` reads it, also of a row that says too little or too much."""
        day = formats.full_date(self.original_date)
        if self.is_cancelled or self.new_start is None:
            return f"{day}: {pgettext('event', 'Cancelled')}"
        if self.event.all_day:
            new = formats.full_date(self.new_start)
        else:
            new = formats.date_and_time(self.new_start, self.new_end)
        return f"{new}. {gettext('Moved. Before:')} {day}"

    @classmethod
    def in_words(cls, rows: "Iterable[EventException]") -> str:
        """All rows of an event together, for people who compare two versions."""
        known = [row for row in rows if row.original_date]
        return "\n".join(read_each(sorted(known, key=lambda row: row.original_date), lambda row: row.sentence))

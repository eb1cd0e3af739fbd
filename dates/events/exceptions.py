"""One day of a recurring event that is not like the others."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from cms.localization import formats
from cms.pages.isolation import read_each
from dates.events.breaks import EventDay


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

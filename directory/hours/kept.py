"""What a page that has opening hours keeps, and what is read of it."""

from operator import attrgetter
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from cms.localization.public_holidays import state_of
from cms.pages.isolation import read_each
from directory.hours import saying
from directory.hours.admin_form import HoursPageForm
from directory.hours.showing import Hours, specification
from directory.hours.timetable import Timetable


class KeepsHours(models.Model):
    """Beside these fields a page has the rows ``opening_hours`` and ``special_hours``, and ``facts``."""

    by_appointment = models.BooleanField(_("by appointment"), default=False)
    closed_on_public_holidays = models.BooleanField(_("closed on public holidays"), default=False)

    hours_panel: ClassVar[MultiFieldPanel] = MultiFieldPanel(
        [
            InlinePanel("opening_hours", heading=_("Every week"), label=_("opening hours")),
            FieldPanel("by_appointment"),
            FieldPanel("closed_on_public_holidays"),
            InlinePanel("special_hours", heading=_("Special days"), label=_("special day")),
        ],
        _("Opening hours"),
    )

    base_form_class = HoursPageForm

    class Meta:
        abstract = True

    @property
    def timetable(self) -> Timetable:
        facts: Any = self.facts  # type: ignore[attr-defined]
        return Timetable(
            week=saying.by_weekday(read_each(facts.opening_hours.all(), attrgetter("in_week"))),
            special=tuple(read_each(facts.special_hours.all(), attrgetter("days"))),
            closed_on_public_holidays=facts.closed_on_public_holidays,
            federal_state=state_of(facts) if facts.closed_on_public_holidays else "",
        )

    @property
    def opening(self) -> Hours:
        """How it stands at this moment, and the hours of the week."""
        by_appointment = self.facts.by_appointment  # type: ignore[attr-defined]
        return Hours(self.timetable, by_appointment=by_appointment, now=timezone.now())

    @cached_property
    def hours_today(self) -> Hours:
        """As ``opening``, worked out once, for lists: they show and filter by what holds all day."""
        return self.opening

    def hours_for_programs(self) -> list[dict[str, Any]]:
        return specification(self.timetable, today=timezone.localdate())

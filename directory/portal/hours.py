"""When somebody is there: seven days with their times, and special days as rows."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cms.localization import formats
from cms.pages.contacts import WEEKDAYS
from cms.pages.drafts import DraftForm
from directory.hours import rules, saying
from directory.hours.models import OpeningHours, SpecialHours, refuse_half
from directory.hours.saying import Reason
from directory.hours.timetable import Span
from directory.portal.offers import clock
from directory.portal.rows import rows_of, where_next
from directory.profiles.organisation import OrganisationPage

WEEK, SPECIAL = "opening_hours", "special_hours"
MOST_SPANS = 3
"""Places for times on each day; a day that has more already keeps them."""
UNTIL_FRIDAY = range(2, 6)
OPENS, CLOSES = "opens_{}_{}", "closes_{}_{}"
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Day:
    """A day of the form: ``pairs`` are its times, the first of which is always shown."""

    number: int
    name: str
    pairs: list[tuple[forms.BoundField, forms.BoundField]]

    @property
    def further(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return self.pairs[1:]

    @property
    def says_more(self) -> bool:
        return any(field.value() or field.errors for pair in self.further for field in pair)


def day_field(**options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(widget=widget, input_formats=["%Y-%m-%d", "%d.%m.%Y"], **options)


class SpecialRow(forms.Form):
    first_day = day_field(label=_("First day"))
    last_day = day_field(label=_("Last day"), required=False, help_text=_("Empty: only one day."))
    opens = clock(label=pgettext_lazy("time", "From"), required=False)
    closes = clock(label=pgettext_lazy("time", "To"), required=False)
    reason = forms.ChoiceField(label=_("Reason"), choices=Reason.choices, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            refuse_half(*(cleaned.get(name) for name in ("first_day", "last_day", "opens", "closes")))
        return cleaned


class HoursForm(DraftForm):
    """The times of a day are fields of their own; they and the special days are compared as a whole."""

    same_until_friday = forms.BooleanField(
        label=_("The same from Tuesday to Friday"),
        required=False,
        help_text=_("On the days for which you enter nothing below."),
    )
    compared = (WEEK, SPECIAL)

    class Meta:
        model = OrganisationPage
        fields = ("by_appointment", "closed_on_public_holidays")
        labels = {
            "by_appointment": _("People can also come by appointment."),
            "closed_on_public_holidays": _("We are closed on public holidays."),
        }

    def __init__(
        self, data: Any = None, files: Any = None, *, page: OrganisationPage, add: bool = False, **options: Any
    ) -> None:
        super().__init__(data, files, page=page, **options)
        drafted = saying.by_weekday((row.weekday, row.span) for row in self.instance.opening_hours.all())
        self.places = {number: max(MOST_SPANS, len(drafted.get(number, ()))) for number, _name in WEEKDAYS}
        for number, place in self._all_places():
            span = dict(enumerate(drafted.get(number, ()))).get(place)
            for pattern, name, label in (
                (OPENS, "opens", pgettext_lazy("time", "From")),
                (CLOSES, "closes", pgettext_lazy("time", "To")),
            ):
                self.fields[pattern.format(number, place)] = clock(label=label, required=False)
                self.initial[pattern.format(number, place)] = getattr(span, name, None)
        initial = [_special_facts(row) for row in self.instance.special_hours.all()]
        self.rows = rows_of(SpecialRow, SPECIAL, data, initial=initial, empty=1 if add else 0)

    def is_valid(self) -> bool:
        return super().is_valid() & self.rows.is_valid() and self._special_days_fit()

    @property
    def goes_on(self) -> str:
        return where_next(self.data, SPECIAL, self.rows)

    @property
    def names(self) -> list[str]:
        return [*(self._meta.fields or ()), *self.compared]

    @property
    def days(self) -> Iterator[Day]:
        for number, _name in WEEKDAYS:
            places = range(self.places[number])
            pairs = [(self[OPENS.format(number, each)], self[CLOSES.format(number, each)]) for each in places]
            yield Day(number, formats.weekday_name(number), pairs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number, place in self._all_places():
            opens, closes = (cleaned.get(each.format(number, place)) for each in (OPENS, CLOSES))
            for name, value, other in ((OPENS, opens, closes), (CLOSES, closes, opens)):
                if value is None and other is not None and name.format(number, place) not in self.errors:
                    self.add_error(name.format(number, place), _("Please enter both times."))
            if opens is not None and opens == closes and opens != dt.time.min:
                self.add_error(CLOSES.format(number, place), _("It cannot close when it opens."))
        if not self.errors and (weekday := rules.clash(self._typed())):
            self.add_error(OPENS.format(weekday, 0), overlap(weekday))
        return cleaned

    def value_of(self, page: Any, name: str) -> Any:
        if name == WEEK:
            return sorted((row.weekday, row.opens, row.closes) for row in page.opening_hours.all())
        if name == SPECIAL:
            return sorted((tuple(_special_facts(row).values()) for row in page.special_hours.all()), key=_beginning)
        return super().value_of(page, name)

    def yours(self, name: str) -> Any:
        if name == WEEK:
            return sorted((weekday, span.opens, span.closes) for weekday, span in self._typed())
        if name == SPECIAL:
            return sorted((tuple(row.values()) for row in self.rows.values), key=_beginning)
        return super().yours(name)

    def write(self, page: Any, name: str) -> None:
        if name == WEEK:
            page.opening_hours = [
                OpeningHours(weekday=weekday, opens=opens, closes=closes) for weekday, opens, closes in self.yours(WEEK)
            ]
        elif name == SPECIAL:
            page.special_hours = [_special(row) for row in self.yours(SPECIAL)]
        else:
            super().write(page, name)

    def in_words(self, name: str, value: Any) -> str:
        if name == WEEK:
            return saying.week_in_words((weekday, Span(opens, closes)) for weekday, opens, closes in value)
        if name == SPECIAL:
            return SpecialHours.in_words(map(_special, value))
        return gettext("yes") if value else gettext("no")

    def label_of(self, name: str) -> str:
        labels = {WEEK: _("Opening hours"), SPECIAL: _("Special days")}
        return str(labels[name]) if name in labels else super().label_of(name)

    def _all_places(self) -> Iterator[tuple[int, int]]:
        for number, count in self.places.items():
            yield from ((number, place) for place in range(count))

    def _typed(self) -> list[tuple[int, Span]]:
        """The week as it was typed, Monday's times for the days after it where that is wished."""
        week: dict[int, list[Span]] = {number: [] for number in self.places}
        for number, place in self._all_places():
            opens, closes = (self.cleaned_data.get(each.format(number, place)) for each in (OPENS, CLOSES))
            if opens is not None and closes is not None:
                week[number].append(Span(opens, closes))
        if self.cleaned_data.get("same_until_friday"):
            week |= {number: week[1] for number in UNTIL_FRIDAY if not week[number]}
        return [(number, span) for number, spans in week.items() for span in spans]

    def _special_days_fit(self) -> bool:
        sent = [form for form in self.rows.forms if form.has_changed()]
        number = rules.special_clash([_special(tuple(form.cleaned_data.values())).days for form in sent])
        if number is None:
            return True
        sent[number].add_error("first_day", special_overlap())
        return False


def overlap(weekday: int) -> ValidationError:
    return ValidationError(
        _("On this day two times overlap: %(day)s.") % {"day": formats.weekday_name(weekday)}, code="overlap"
    )


def special_overlap() -> ValidationError:
    return ValidationError(_("Another row says something else about the same day."), code="overlap")


SPECIAL_FACTS = ("first_day", "last_day", "opens", "closes", "reason")


def _special_facts(row: SpecialHours) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SPECIAL_FACTS}


def _special(values: Row) -> SpecialHours:
    return SpecialHours(**dict(zip(SPECIAL_FACTS, values, strict=True)))


def _beginning(values: Row) -> tuple[dt.date, dt.time]:
    return values[0], values[2] or dt.time.min

"""Again and again, in the members' form: how an event repeats, what is left out, which dates are added.

To be mixed into a form of drafts, before its other bases; its fields stand in ``dates/portal/includes/repeat.html``.
"""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cms.localization import formats
from dates.events.exceptions import EventAddition, EventBreak
from dates.events.repeat_form import OWN, RepeatForm, shown
from dates.recurrence.recurring import additions_of, breaks_of

ROW = "repeat_row"
FOLDS = {
    "days": ("repeat_interval", "repeat_weekdays", "repeat_nths"),
    "end": ("recurrence_until", "repeat_count"),
    "left_out": ("skips_", f"{ROW}_break_"),
    "further": (f"{ROW}_more_",),
}
"""What stands folded up together, by the beginnings of the fields' names."""
SAYS_NOTHING = ("None", "", "False", "[]", "1")
"""Values of fields that nobody has filled in; once a week is every week."""
SPARE_ROWS = 2
MOST_ROWS = 60


def day_field(label: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget)


def moment_field(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=label, required=False, widget=widget)


class RepeatFields(RepeatForm):
    """``breaks`` and ``additions`` are compared and written as wholes; an emptied row is gone."""

    compared: ClassVar[tuple[str, ...]] = ("breaks", "additions")

    recurrence_until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Only if it repeats. Leave empty if nobody knows yet when it ends."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in (
            ("skips_public_holidays", _("Not on public holidays")),
            ("skips_school_holidays", _("Not in the school holidays")),
        ):
            self.fields[name].label = label
        breaks, additions = breaks_of(self.instance), additions_of(self.instance)
        for number in range(self._count("break", len(breaks))):
            row = breaks[number] if number < len(breaks) else None
            self._add(f"{ROW}_break_{number}_first", day_field(_("Not from")), row and row.first_day)
            self._add(f"{ROW}_break_{number}_last", day_field(_("up to and including")), row and row.last_day)
        for number in range(self._count("more", len(additions))):
            addition = additions[number] if number < len(additions) else None
            label = pgettext_lazy("time", "From")
            self._add(f"{ROW}_more_{number}_start", moment_field(label), addition and addition.start)
            label = pgettext_lazy("time", "To")
            self._add(f"{ROW}_more_{number}_end", moment_field(label), addition and addition.end)

    def _count(self, kind: str, stored: int) -> int:
        """Rows to show: as many as were sent, so that none is lost when another person has removed one meanwhile."""
        sent = sum(1 for name in self.data if name.startswith(f"{ROW}_{kind}_")) // 2
        return min(max(stored + SPARE_ROWS, sent), MOST_ROWS)

    def _add(self, name: str, field: forms.Field, value: Any) -> None:
        self.fields[name] = field
        self.initial[name] = value

    def _rows(self, kind: str, *ends: str) -> list[tuple[BoundField, ...]]:
        count = sum(1 for name in self.fields if name.startswith(f"{ROW}_{kind}_")) // len(ends)
        return [tuple(self[f"{ROW}_{kind}_{number}_{end}"] for end in ends) for number in range(count)]

    @property
    def open_folds(self) -> list[str]:
        """Those in which something is said, or wrong."""
        return [
            fold
            for fold, beginnings in FOLDS.items()
            if any(name.startswith(beginnings) and self._says_something(name) for name in self.fields)
        ]

    def _says_something(self, name: str) -> bool:
        return bool(self[name].errors) or str(self[name].value()) not in SAYS_NOTHING

    @property
    def break_rows(self) -> list[tuple[BoundField, ...]]:
        return self._rows("break", "first", "last")

    @property
    def addition_rows(self) -> list[tuple[BoundField, ...]]:
        return self._rows("more", "start", "end")

    @property
    def names(self) -> list[str]:
        return [name for name in super().names if not name.startswith(ROW)]  # type: ignore[misc]

    def _typed(self, kind: str, *ends: str) -> list[tuple[int, Any, Any]]:
        """Number and both values of each row in which something is typed."""
        rows = []
        for number in range(len(self._rows(kind, *ends))):
            first, last = (self.cleaned_data.get(f"{ROW}_{kind}_{number}_{end}") for end in ends)
            if first or last:
                rows.append((number, first, last))
        return rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number, first, last in self._typed("break", "first", "last"):
            if first is None:
                self.add_error(f"{ROW}_break_{number}_first", _("Enter the first day that is left out."))
            elif last and last < first:
                sentence = _("The last day must not be before the first. Check both dates.")
                self.add_error(f"{ROW}_break_{number}_last", sentence)
        taken: set[dt.datetime] = set()
        for number, start, end in self._typed("more", "start", "end"):
            if start is None:
                self.add_error(f"{ROW}_more_{number}_start", _("Enter when this date begins."))
            elif start in taken:
                self.add_error(f"{ROW}_more_{number}_start", _("This date is there already."))
            elif end and end <= start:
                sentence = _("The end must be after the start. Check the date and time.")
                self.add_error(f"{ROW}_more_{number}_end", sentence)
            taken.add(start)
        return cleaned

    def _breaks(self) -> list[list[str]]:
        rows = self._typed("break", "first", "last")
        return sorted([first.isoformat(), (last or first).isoformat()] for _number, first, last in rows)

    def _additions(self) -> list[list[str]]:
        rows = self._typed("more", "start", "end")
        return sorted([_text(start), _text(end)] for _number, start, end in rows)

    def value_of(self, page: Any, name: str) -> Any:
        if name in OWN:
            return shown(page)[name]
        if name == "breaks":
            return [[each.first_day.isoformat(), each.last_day.isoformat()] for each in breaks_of(page)]
        if name == "additions":
            return [[_text(each.start), _text(each.end)] for each in additions_of(page)]
        return super().value_of(page, name)  # type: ignore[misc]

    def yours(self, name: str) -> Any:
        if name in OWN:
            return shown(self.instance)[name]
        if name in self.compared:
            return self._breaks() if name == "breaks" else self._additions()
        return super().yours(name)  # type: ignore[misc]

    def write(self, page: Any, name: str) -> None:
        if name in OWN:
            page.recurrence = self.instance.recurrence
        elif name == "breaks":
            kept = {(each.first_day.isoformat(), each.last_day.isoformat()): each for each in page.breaks.all()}
            page.breaks = [kept.get((first, last)) or _break(first, last) for first, last in self._breaks()]
        elif name == "additions":
            known = {_text(each.start): each for each in page.additions.all()}
            page.additions = [_addition(known.get(start), start, end) for start, end in self._additions()]
        else:
            super().write(page, name)  # type: ignore[misc]

    @property
    def written(self) -> list[str]:
        return [*super().written, "recurrence"]  # type: ignore[misc]

    def label_of(self, name: str) -> str:
        labels = {"breaks": gettext("Not from … to …"), "additions": gettext("Further dates")}
        return labels.get(name) or super().label_of(name)  # type: ignore[misc]

    def in_words(self, name: str, value: Any) -> str:
        if name == "breaks":
            days = ([dt.date.fromisoformat(day) for day in each] for each in value)
            return ", ".join(formats.date_range(first, last) for first, last in days)
        if name == "additions":
            return ", ".join(formats.date_and_time(dt.datetime.fromisoformat(start)) for start, _end in value)
        return super().in_words(name, value)  # type: ignore[misc]


def _text(moment: dt.datetime | None) -> str:
    return moment.astimezone(dt.UTC).isoformat() if moment else ""


def _break(first: str, last: str) -> EventBreak:
    return EventBreak(first_day=dt.date.fromisoformat(first), last_day=dt.date.fromisoformat(last))


def _addition(known: EventAddition | None, start: str, end: str) -> EventAddition:
    """A date that stays keeps what was said of it, such as that it is cancelled."""
    addition = known or EventAddition(start=dt.datetime.fromisoformat(start))
    addition.end = dt.datetime.fromisoformat(end) if end else None
    return addition

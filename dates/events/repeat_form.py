"""How an event repeats, as people fill it in: a pattern, how often, which weekdays. The same for press and members.

The rule itself is no field. Weekday, day of the month and day of the year are those of the start; only further
weekdays, and which ones of the month, are to be ticked.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.localization import formats
from dates import recurrence
from dates.recurrence import rule as rules
from dates.recurrence.rule import LAST, LONGEST_INTERVAL, MOST_TIMES, NTHS, Rule

MONTH_WEEKDAY, MONTH_END = "MONTH_WEEKDAY", "MONTH_END"
PATTERNS = [
    ("", _("once")),
    (rules.DAILY, _("every day, or every second, third … day")),
    (rules.WEEKLY, _("every week, or every second, third … week")),
    (MONTH_WEEKDAY, _("every month on a weekday, for example the second or the last Tuesday")),
    (rules.MONTHLY, _("every month on the same day, for example the 12th")),
    (MONTH_END, _("every month on its last day")),
    (rules.YEARLY, _("every year on the same day")),
]
NAMES_OF_NTHS = {
    1: pgettext_lazy("weekday of a month", "first"),
    2: pgettext_lazy("weekday of a month", "second"),
    3: pgettext_lazy("weekday of a month", "third"),
    4: pgettext_lazy("weekday of a month", "fourth"),
    LAST: pgettext_lazy("weekday of a month", "last"),
}
_weekday_name = lazy(lambda number: formats.weekday_name(number + 1), str)
OWN = ("repeat_pattern", "repeat_interval", "repeat_weekdays", "repeat_nths", "repeat_count")
"""Fields that together are the rule."""


class RepeatForm(forms.Form):
    """To be mixed into a form of events, before its other bases."""

    repeat_pattern = forms.ChoiceField(label=_("Does it repeat?"), choices=PATTERNS, required=False)
    repeat_interval = forms.IntegerField(
        label=_("How often"),
        required=False,
        min_value=1,
        max_value=max(LONGEST_INTERVAL.values()),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("1 is every time, 2 every second: every second week, for example."),
    )
    repeat_weekdays = forms.MultipleChoiceField(
        label=_("On several weekdays"),
        required=False,
        choices=[(str(number), _weekday_name(number)) for number in range(7)],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only if it repeats every week. None: on the weekday of the start."),
    )
    repeat_nths = forms.MultipleChoiceField(
        label=_("Which one in the month"),
        required=False,
        choices=[(str(number), name) for number, name in NAMES_OF_NTHS.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only if it repeats on a weekday of the month. None: as the start."),
    )
    repeat_count = forms.IntegerField(
        label=_("Or: how many dates in all"),
        required=False,
        min_value=1,
        max_value=MOST_TIMES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("Dates that are left out for holidays are made up for at the end."),
    )

    def clean(self) -> dict[str, Any]:
        """Gives the rule to the event before the event is checked as a whole."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("start") and not any(name in self.errors for name in OWN):
            try:
                self.instance.recurrence = self._rule(cleaned)
            except rules.NotSayable:
                self.add_error("repeat_interval", _("Choose a smaller number."))
        return cleaned

    def _rule(self, cleaned: dict[str, Any]) -> str:
        """What is typed, as a rule; weekdays that nobody has touched go along with a start that was moved."""
        pattern = cleaned.get("repeat_pattern")
        if not pattern:
            return ""
        first, rule = formats.local(cleaned["start"]).date(), Rule(rules.MONTHLY)
        weekdays = tuple(sorted(int(each) for each in cleaned.get("repeat_weekdays") or ()))
        nths = {int(each) for each in cleaned.get("repeat_nths") or ()}
        if pattern == rules.WEEKLY:
            rule = Rule(rules.WEEKLY, weekdays=weekdays)
        elif pattern == MONTH_WEEKDAY:
            own = rules.nth_of(first) if rules.nth_of(first) in NTHS else LAST
            rule = Rule(rules.MONTHLY, weekdays=(first.weekday(),), nths=tuple(n for n in NTHS if n in (nths or {own})))
        elif pattern == MONTH_END:
            rule = Rule(rules.MONTHLY, month_day=LAST)
        elif pattern in (rules.DAILY, rules.YEARLY):
            rule = Rule(pattern)
        rule = Rule(**{**vars(rule), "interval": cleaned.get("repeat_interval") or 1})
        rule = Rule(**{**vars(rule), "count": cleaned.get("repeat_count") or 0})
        text = str(recurrence.settled(recurrence.parse(str(rule)), first))
        before = self._start_before()
        untouched = not {"repeat_weekdays", "repeat_nths"} & set(self.changed_data)
        return recurrence.carried(text, before, first) if before and untouched else text

    def _start_before(self) -> Any:
        shown = self.get_initial_for_field(self.fields["start"], "start")
        return formats.local(shown).date() if shown else None

    def _update_errors(self, errors: ValidationError) -> None:
        """The event knows its rule, the form the fields of which it is made."""
        if hasattr(errors, "error_dict") and "recurrence" in errors.error_dict:
            errors.error_dict.setdefault("repeat_pattern", []).extend(errors.error_dict.pop("recurrence"))
        super()._update_errors(errors)  # type: ignore[misc]


def shown(event: Any) -> dict[str, Any]:
    """The values of the form's own fields that say the rule of ``event``."""
    rule = recurrence.read(event.recurrence)
    if rule is None:
        return {
            "repeat_pattern": "",
            "repeat_interval": 1,
            "repeat_weekdays": [],
            "repeat_nths": [],
            "repeat_count": "",
        }
    pattern = MONTH_WEEKDAY if rule.nths else rule.frequency
    if rule.frequency == rules.MONTHLY and rule.month_day == LAST:
        pattern = MONTH_END
    return {
        "repeat_pattern": pattern,
        "repeat_interval": rule.interval,
        "repeat_weekdays": [str(number) for number in rule.weekdays] if rule.frequency == rules.WEEKLY else [],
        "repeat_nths": [str(number) for number in rule.nths],
        "repeat_count": rule.count or "",
    }

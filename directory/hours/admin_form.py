"""The admin's form of a page with opening hours: what cannot be meant together is refused there as well."""

from typing import Any

from django.utils.translation import gettext as _

from cms.localization import formats
from cms.pages.references import PageForm
from directory.hours import rules


class HoursPageForm(PageForm):
    def is_valid(self) -> bool:
        return bool(super().is_valid()) and self._hours_fit()

    def _hours_fit(self) -> bool:
        return self._week_fits() and self._special_days_fit()

    def _rows(self, name: str) -> list[Any]:
        """The forms of rows that stay; none on a screen that has no place for them."""
        formset = self.formsets.get(name)
        if formset is None:
            return []
        sent = [row for row in formset.forms if row not in formset.deleted_forms]
        return [row for row in sent if row.instance.pk or row.has_changed()]

    def _week_fits(self) -> bool:
        rows = self._rows("opening_hours")
        weekday = rules.clash((row.instance.weekday, row.instance.span) for row in rows)
        if weekday is None:
            return True
        sentence = _("On this day two times overlap: %(day)s.") % {"day": formats.weekday_name(weekday)}
        last = [row for row in rows if row.instance.weekday == weekday][-1]
        last.add_error("opens", sentence)
        return False

    def _special_days_fit(self) -> bool:
        rows = self._rows("special_hours")
        number = rules.special_clash([row.instance.days for row in rows])
        if number is None:
            return True
        rows[number].add_error("first_day", _("Another row says something else about the same day."))
        return False

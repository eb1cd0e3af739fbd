"""The editor's form of an event: how it repeats, and exceptions that must be days on which it takes place."""

from typing import Any

from cms.pages.references import PageForm
from dates.events import event_times, exceptions_following
from dates.events.repeat_form import RepeatForm, shown


class EventForm(RepeatForm, PageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        event = kwargs.get("instance")
        if event is not None and event.start:
            kwargs["initial"] = {**shown(event), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        is_changed = self.is_bound and self.instance.pk is not None and self.instance.recurrence
        self.before = exceptions_following.snapshot(self.instance) if is_changed else None

    def is_valid(self) -> bool:
        """Exceptions are checked against the rule only when both can be read."""
        valid = super().is_valid()
        exceptions = self.formsets.get("exceptions") if valid else None
        if exceptions is None:
            return valid
        if self.before is not None:
            self._let_exceptions_follow(exceptions.forms)
        for form in exceptions.forms:
            if form.cleaned_data.get("original_date") and not form.cleaned_data.get("DELETE"):
                for field, sentence in event_times.fault_of(self.instance, form.instance).items():
                    form.add_error(field, sentence)
                    valid = False
        return valid

    def _let_exceptions_follow(self, forms: list[Any]) -> None:
        """Those whose day nobody has changed go where the series goes; of those that cannot, their row complains."""
        known = {row.original_date for row in self.before.exceptions.all()}
        rows = {id(form.instance): form for form in forms if _day_in(form) in known}
        exceptions = [form.instance for form in rows.values()]
        followed = exceptions_following.follow(before=self.before, after=self.instance, rows=exceptions)
        for row in exceptions:
            if row.original_date in followed.moved.values():
                rows[id(row)].changed_data = ["original_date"]  # or it would not be saved
        self.instance.exceptions_followed = followed
        self.before = None  # being asked again changes nothing more


def _day_in(form: Any) -> Any:
    """None of a row that is taken away."""
    cleaned = getattr(form, "cleaned_data", {})
    return None if cleaned.get("DELETE") else cleaned.get("original_date")

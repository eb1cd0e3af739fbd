"""The editor's form of an event: how it repeats, and exceptions that must be days on which it takes place."""

from typing import Any

from cms.references import PageForm
from dates import event_times
from dates.repeat_form import RepeatForm, shown


class EventForm(RepeatForm, PageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        event = kwargs.get("instance")
        if event is not None and event.start:
            kwargs["initial"] = {**shown(event), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def is_valid(self) -> bool:
        """Exceptions are checked against the rule only when both can be read."""
        valid = super().is_valid()
        exceptions = self.formsets.get("exceptions") if valid else None
        if exceptions is None:
            return valid
        for form in exceptions.forms:
            if form.cleaned_data.get("original_date") and not form.cleaned_data.get("DELETE"):
                for field, sentence in event_times.fault_of(self.instance, form.instance).items():
                    form.add_error(field, sentence)
                    valid = False
        return valid

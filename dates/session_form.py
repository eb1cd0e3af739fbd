"""The form in which people keep a session."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from cms import formats
from dates.session_changes import change
from dates.session_history import SessionChange
from dates.sessions import CouncilSession


class CouncilSessionForm(WagtailAdminModelForm):
    """Writes through ``session_changes.change``, and never over what somebody else has written meanwhile."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    """``changed_at`` when the form was shown."""
    is_correction = forms.BooleanField(
        label=_("only a typing mistake"),
        required=False,
        help_text=_("Visitors are then not told that the meeting was moved."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = self.instance._state.adding
        if self.is_new:
            del self.fields["is_correction"], self.fields["seen"]
        else:
            self.fields["body"].disabled = True  # its address would be another council's
            self.fields["seen"].initial = self.instance.changed_at.isoformat()
            self.stored = CouncilSession.objects.get(pk=self.instance.pk)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        now = "" if self.is_new else self.stored.changed_at.isoformat()
        if cleaned.get("seen") and cleaned["seen"] != now:
            self.add_error(
                None,
                gettext(
                    "This meeting was changed meanwhile. Now it is: %(start)s, %(place)s, %(status)s. "
                    "What you typed is still here. Check it and save again."
                )
                % {
                    "start": formats.join_date_and_time(
                        formats.short_date(self.stored.start), formats.time(self.stored.start)
                    ),
                    "place": self.stored.place or "–",
                    "status": self.stored.status_label,
                },
            )
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = now
        return cleaned

    def save(self, commit: bool = True) -> CouncilSession:
        if self.is_new:
            return super().save(commit)
        known = {field.name for field in CouncilSession._meta.fields}
        change(
            session=self.instance,
            values={name: self.cleaned_data[name] for name in self.changed_data if name in known},
            origin=SessionChange.Origin.PERSON,
            by=self.for_user,
            is_correction=self.cleaned_data["is_correction"],
        )
        return self.instance

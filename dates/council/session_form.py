"""The form in which people keep a session."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from cms.localization import formats
from dates.council import agenda
from dates.council.session_changes import change
from dates.council.session_history import SessionChange
from dates.council.sessions import CouncilSession


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
            self.fields["moved_to"].queryset = self._others()
            self.fields["seen"].initial = self.instance.changed_at.isoformat()
            self.stored = CouncilSession.objects.get(pk=self.instance.pk)

    def _others(self) -> Any:
        """Sessions that this one could lead on to."""
        return CouncilSession.objects.of(self.instance.body).exclude(pk=self.instance.pk).select_related("body")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        body = cleaned.get("body")
        if body in (cleaned.get("joint_bodies") or ()):
            self.add_error("joint_bodies", gettext("This body holds the meeting itself. Choose others."))
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
        before = agenda.stored(self.instance)
        change(
            session=self.instance,
            values={name: self.cleaned_data[name] for name in self.changed_data if name in known},
            origin=SessionChange.Origin.PERSON,
            by=self.for_user,
            is_correction=self.cleaned_data["is_correction"],
        )
        self._save_rows(before)
        return self.instance

    def _save_rows(self, before: dict[str, dict[str, Any]]) -> None:
        """The other bodies and the points of the agenda, which are no values of the session itself."""
        formsets = [formset for formset in self.formsets.values() if formset.has_changed()]
        if "joint_bodies" in self.changed_data:
            self.instance.joint_bodies.set(self.cleaned_data["joint_bodies"])
        for formset in formsets:
            formset.instance = self.instance
            formset.save()
        if formsets:
            agenda.note_edits(session=self.instance, before=before)
        if formsets or "joint_bodies" in self.changed_data:
            self.instance.changed_at = timezone.now()
            self.instance.save(update_fields=["changed_at"])

"""What reviewers fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

APPROVE, CHANGES, REJECT = "approve", "changes", "reject"


class DecisionForm(forms.Form):
    """A decision about the revision on the screen. Only an approval needs no words."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    action = forms.ChoiceField(choices=[(name, name) for name in (APPROVE, CHANGES, REJECT)])
    comment = forms.CharField(
        label=_("Comment to the organisation"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("All members receive it by email. Your name is not mentioned."),
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("action") in (CHANGES, REJECT) and not cleaned.get("comment"):
            self.add_error("comment", _("Please say what should be changed, or why it cannot be published."))
        return cleaned


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("All members receive it by email. Your name is not mentioned."),
    )

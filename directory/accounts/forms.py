"""Forms that several screens share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.localization import languages


class InviteForm(forms.Form):
    """Whom to invite, and in which language the mail is written (German comes along in any case)."""

    email = forms.EmailField(
        label=_("Email address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"})
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=languages.django_languages())

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()

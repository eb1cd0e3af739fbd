"""Forms about sources of council dates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dates.council.bodies import CouncilBody
from dates.oparl.discovery import BodyChoice
from dates.oparl.models import OParlSource


class EndpointForm(forms.Form):
    """Where the council information system answers programs."""

    endpoint = forms.CharField(
        label=_("address of the OParl interface"),
        max_length=500,
        help_text=_("For example https://ratsinfo.example.org/oparl/system; the maker of the system knows it."),
    )


class BodyForm(EndpointForm):
    endpoint = forms.CharField(widget=forms.HiddenInput)
    to_body = forms.BooleanField(widget=forms.HiddenInput, initial=True)
    """Says that this step was shown: without a choice it is an error."""
    body_url = forms.ChoiceField(label=_("body in OParl"), widget=forms.RadioSelect)

    def __init__(self, data: Any, bodies: list[BodyChoice], **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["body_url"].choices = [(each.url, each.name) for each in bodies]


class OrganisationForm(EndpointForm):
    endpoint = forms.CharField(widget=forms.HiddenInput)
    body_url = forms.CharField(widget=forms.HiddenInput)
    organisation_url = forms.ChoiceField(label=_("organisation in OParl"), widget=forms.RadioSelect)
    council = forms.ModelChoiceField(CouncilBody.objects.all(), label=_("is on this website"))
    publish_new = forms.BooleanField(label=_("show new sessions on the website at once"), required=False)

    def __init__(self, data: Any, organisations: list[BodyChoice], **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["organisation_url"].choices = [
            (each.url, f"{each.name} (– {each.ended})" if each.ended else each.name) for each in organisations
        ]


class SourceForm(forms.ModelForm):
    """What can be changed later. The history of sessions stays with a council whose address changes."""

    class Meta:
        model = OParlSource
        fields = ["organisation_url", "is_active", "publish_new"]

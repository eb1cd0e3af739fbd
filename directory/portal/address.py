"""Where the organisation is found."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.pages.drafts import DraftForm
from directory.map.map_settings import street_map_of
from directory.profiles import coordinates
from directory.profiles.facts import further
from directory.profiles.organisation import OrganisationPage
from directory.profiles.taxonomy import District

POINT = ("latitude", "longitude")


class PointField(forms.CharField):
    """Latitude and longitude, typed as numbers or pasted as the link of a map; None when empty."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return coordinates.parse(text) if text else None
        except coordinates.NoPoint as error:
            raise ValidationError(
                _("No point can be found in this. Paste the link of a map, or two numbers such as 51.3583, 7.4744.")
            ) from error


class PointForm(DraftForm):
    """Only the point, chosen on a map or typed as beside the address."""

    beside = POINT

    point = PointField(
        label=_("Point on the map"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("Only if the map does not find your address: search for it on a map and paste the link here."),
    )

    class Meta:
        model = OrganisationPage
        fields: tuple[str, ...] = ()

    def value_of(self, page: Any, name: str) -> Any:
        if name != "point":
            return super().value_of(page, name)
        return "" if page.latitude is None else f"{page.latitude}, {page.longitude}"

    def yours(self, name: str) -> Any:
        if name != "point":
            return super().yours(name)
        point = self.cleaned_data["point"]
        return f"{point[0]}, {point[1]}" if point else ""

    def write(self, page: Any, name: str) -> None:
        if name == "point":
            page.latitude, page.longitude = self.cleaned_data["point"] or (None, None)
        else:
            super().write(page, name)


class AddressForm(PointForm):
    class Meta(PointForm.Meta):
        fields = ("street", "postal_code", "city", "district", *further("address"))
        labels = {
            "street": _("Street and number"),
            "postal_code": _("Postal code"),
            "city": _("Town"),
            "district": _("District"),
        }
        widgets = {
            "street": forms.TextInput(attrs={"autocomplete": "street-address", "lang": "de", "dir": "auto"}),
            "postal_code": forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric", "dir": "ltr"}),
            "city": forms.TextInput(attrs={"autocomplete": "address-level2", "lang": "de", "dir": "auto"}),
        }

    def __init__(self, *args: Any, page: OrganisationPage, **options: Any) -> None:
        super().__init__(*args, page=page, **options)
        site = page.get_site()
        self.fields["district"].queryset = District.objects.filter(site=site)
        self.street_map = street_map_of(site)

"""What a Site sets for its map: the server of its street map, and the shapes of its districts."""

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from directory.map import boundaries
from directory.map.geometry import Point, middle
from directory.profiles.taxonomy import District

PLACES = ("{z}", "{x}", "{y}")
ORIGIN = re.compile(r"https://[a-z0-9.-]+(:[0-9]{1,5})?|http://(localhost|127\.0\.0\.1)(:[0-9]{1,5})?")
"""Goes into a header that says from where pictures may be loaded; without encryption only on the same machine."""


def origin_of(tile_address: str) -> str:
    """Scheme and host; "" where a browser would not load from it."""
    scheme, _colon, rest = tile_address.partition("://")
    origin = f"{scheme}://{rest.partition('/')[0]}".lower()
    return origin if ORIGIN.fullmatch(origin) else ""


def validate_tiles(address: str) -> None:
    path = address.partition("://")[2].partition("/")[2]
    unknown = set(re.findall(r"\{[^}]*\}", path)) ^ set(PLACES)
    if not origin_of(address) or unknown or re.search(r"[\s\"'<>]", address):
        raise ValidationError(_("Write an address like https://tiles.example.org/{z}/{x}/{y}.png."))


class DirectoryMapForm(WagtailAdminModelForm):
    """``boundaries`` is read and not kept: the shapes are stored with the districts."""

    boundaries = forms.FileField(
        label=_("shapes of the districts"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".geojson,.json"}),
        help_text=_(
            "A GeoJSON file of the city, in which each area bears the name of a district as it is written here. It "
            "replaces the shapes that there are."
        ),
    )

    def clean_boundaries(self) -> Any:
        file = self.cleaned_data["boundaries"]
        if not file:
            return None
        if file.size > boundaries.MOST_BYTES:
            raise ValidationError(_("This file is too large: 10 MB at most."))
        try:
            return boundaries.read(file.read(), District.offered(self.instance.site))
        except boundaries.NoBoundaries as error:
            raise ValidationError(str(error)) from error

    def save(self, commit: bool = True) -> Any:
        drawn = self.cleaned_data.get("boundaries") or {}
        with transaction.atomic():
            for district, rings in drawn.items():
                District.objects.filter(pk=district.pk).update(shape=rings, is_schematic=False)
            return super().save(commit)


@register_setting(icon="site")
class DirectoryMap(BaseSiteSetting):
    """The map of one Site's directory."""

    tile_address = models.CharField(
        _("server of the street map"),
        max_length=500,
        blank=True,
        validators=[validate_tiles],
        help_text=_(
            "Address of its tiles, for example https://tiles.example.org/{z}/{x}/{y}.png. Empty: there is no street "
            "map. Visitors are told before anything is asked of this server; name it in your privacy statement."
        ),
    )
    attribution = models.CharField(
        _("source of the street map"),
        max_length=200,
        blank=True,
        help_text=_("Stands below the map, for example © OpenStreetMap contributors."),
    )

    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("tile_address"), FieldPanel("attribution")], _("Street map")),
            FieldPanel("boundaries"),
        ],
        base_form_class=DirectoryMapForm,
    )

    class Meta:
        verbose_name = _("map of the directory")

    def clean(self) -> None:
        super().clean()
        if self.tile_address and not self.attribution.strip():
            raise ValidationError({"attribution": _("Say whose map it is: its licence asks for it.")})

    @property
    def origin(self) -> str:
        """From where a browser may load tiles; "" where there are none."""
        return origin_of(self.tile_address)

    @property
    def host(self) -> str:
        """For people."""
        return urlsplit(self.origin).netloc

    @property
    def middle(self) -> Point | None:
        """Where the map begins when nothing else is known: between the districts."""
        centres = [centre for district in District.offered(self.site) if (centre := district.centre)]
        return middle(centres) if centres else None


def street_map_of(site: Site | None) -> DirectoryMap | None:
    """None without a server that may be asked; one query."""
    found = DirectoryMap.objects.filter(site=site).first()
    return found if found and found.origin else None

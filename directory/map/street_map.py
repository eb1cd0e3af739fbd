"""The street map that a visitor has asked for: the only page with a script and with pictures from elsewhere."""

from collections.abc import Sequence
from typing import Any

from csp.constants import SELF
from django.forms.widgets import Media, Script
from django.http import HttpResponse
from django.utils.functional import cached_property

from cms.localization import languages
from cms.localization.collation import sort_key
from directory.map.geometry import Point
from directory.map.map_settings import DirectoryMap
from directory.profiles.coordinates import point_of
from directory.profiles.listing import Listing
from directory.profiles.organisation import OrganisationPage

MOST_PINS = 250
MEDIA = Media(
    css={"all": ["directory/street_map.css"]},
    js=[Script("directory/leaflet/leaflet.js", defer=True), Script("directory/street_map.js", defer=True)],
)


class StreetMap:
    """Organisations of ``listing`` that have a point, and from where the ground below them is loaded."""

    media = MEDIA

    def __init__(self, listing: Listing, settings: DirectoryMap) -> None:
        self.settings, self._listing = settings, listing

    @cached_property
    def _located(self) -> set[int]:
        located = self._listing.organisations.exclude(latitude=None).exclude(longitude=None).order_by()
        return set(self._listing.found) & set(located.values_list("pk", flat=True))

    @cached_property
    def pins(self) -> Sequence[OrganisationPage]:
        reader, titles = languages.active(), self._listing.found_by.titles
        pks = sorted(self._located, key=lambda pk: sort_key(titles[pk], reader))[:MOST_PINS]
        by_pk = OrganisationPage.objects.in_bulk(pks)
        return [by_pk[pk] for pk in pks if pk in by_pk]

    @property
    def without(self) -> int:
        """How many are found, but not on the map."""
        return self._listing.count - len(self.pins)

    @property
    def centre(self) -> Any:
        """Longitude and latitude of the middle of the district that was asked for."""
        near = getattr(self._listing, "near_district", None)
        return near.centre if near else None


def begins_at(organisation: OrganisationPage, settings: DirectoryMap) -> Point | None:
    """The middle of a map of one organisation: its point, or that of its district, or between all of them."""
    where = organisation.whereabouts
    return point_of(organisation) or (where.district.centre if where else None) or settings.middle


def allow(response: HttpResponse, *, origin: str) -> None:
    """Our own scripts, and pictures from ``origin``, on this one answer."""
    response._csp_replace = {"script-src": [SELF]}  # type: ignore[attr-defined]
    allow_tiles(response, origin=origin)


def allow_tiles(response: HttpResponse, *, origin: str) -> None:
    response._csp_update = {"img-src": [origin]}  # type: ignore[attr-defined]

"""The directory from near to far: how far each organisation is from the middle of a district."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from math import inf

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from cms.localization import formats, languages
from cms.localization.collation import sort_key
from cms.localization.localized_text import LocalizedText, phrase
from directory.map.geometry import kilometres
from directory.profiles.listing import Letter, Listing, Way
from directory.profiles.organisation import OrganisationPage
from directory.profiles.taxonomy import District

NEAR = "near"


@dataclass(frozen=True)
class WayTo:
    """How far it is, and who says how to get there. Either may be empty."""

    distance: str
    route_link: str


def near_district(parameters: Mapping[str, str], site: Site | None) -> District | None:
    """The one that an address asks for, as long as anybody knows where it is."""
    key = parameters.get(NEAR, "")[:50]
    found = District.offered(site).filter(key=key).first() if key else None
    return found if found and found.centre else None


class NearbyListing(Listing):
    """Who has a point on the map, by distance; then the others, by district, the nearest first."""

    def __init__(self, directory: Page, parameters: Mapping[str, str], *, site: Site | None, near: District) -> None:
        super().__init__(directory, parameters, site=site)
        self.near_district, self.centre = near, near.centre or (0.0, 0.0)

    @cached_property
    def _kilometres(self) -> dict[int, float]:
        located = self.organisations.exclude(latitude=None).exclude(longitude=None).order_by()
        read = located.values_list("pk", "longitude", "latitude")
        return {pk: kilometres(self.centre, (float(x), float(y))) for pk, x, y in read}

    def _district_of(self, pk: int) -> District | None:
        found = self.found_by.whereabouts.get(pk)
        return found.district if found else None

    def _far(self, district: District | None) -> float:
        if district is None or district.centre is None:
            return inf
        return -1 if district == self.near_district else kilometres(self.centre, district.centre)

    @cached_property
    def _found(self) -> list[int]:
        reader, titles = languages.active(), self.found_by.titles

        def place(pk: int) -> tuple[float, float, str, object]:
            title = sort_key(titles[pk], reader)
            if pk in self._kilometres:
                return self._kilometres[pk], 0, "", title
            district = self._district_of(pk)
            return inf, self._far(district), district.name if district else "", title

        return sorted(self._narrowed.found, key=place)

    def _tell(self, organisation: OrganisationPage) -> None:
        super()._tell(organisation)
        far = self._kilometres.get(organisation.pk)
        said = formats.about_kilometres(far) if far is not None else ""
        vars(organisation)["way_to"] = WayTo(said, organisation.route_link)

    @property
    def register(self) -> list[Letter]:
        """None: the list is in another order."""
        return []

    @cached_property
    def letters(self) -> list[Letter]:
        """In place of letters, how it is known where they are."""
        groups = groupby(self.shown, key=self._heading)
        return [Letter(said, number, self.page.number, list(rows)) for number, (said, rows) in enumerate(groups, 1)]

    def _heading(self, organisation: OrganisationPage) -> LocalizedText | str:
        if organisation.pk in self._kilometres:
            return _("By distance")
        district = self._district_of(organisation.pk)
        return district.label if district else _("District not known")

    @property
    def said_near(self) -> LocalizedText | str:
        return phrase(_("Near %(district)s"), district=self.near_district.label)

    def query_string(self, **changes: str) -> str:
        return super().query_string(**{NEAR: self.near_district.key, **changes})

    @property
    def chips(self) -> list[Way]:
        return [Way(self.said_near, self.query_string(**{NEAR: ""})), *super().chips]

"""What visitors look for on the page of an organisation, and whether it is there: one rule for all who ask."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Thing:
    """Something that visitors look for. ``part`` is the key of the form in which it is written.

    Without what is ``essential`` a page does not help; its absence is shown to visitors as well.
    """

    label: str | Promise
    part: str
    is_there: bool
    essential: bool = True


def things(page: Any) -> list[Thing]:
    """For the page of an organisation as it is public, or for its draft."""
    return [
        Thing(_("what the organisation does"), "about", bool(page.short_description or page.about)),
        Thing(_("topics"), "topics", bool(page.topics.all())),
        Thing(_("languages spoken"), "topics", bool(page.languages_spoken.all())),
        Thing(_("address"), "address", bool(page.street or page.district_id)),
        Thing(_("contact"), "contact", bool(page.phone or page.email or page.website)),
        Thing(_("opening hours"), "hours", bool(page.opening_hours.all() or page.by_appointment), essential=False),
        Thing(_("regular offers"), "offers", bool(page.offers.all()), essential=False),
        Thing(_("logo or picture"), "pictures", bool(page.logo_id or page.pictures), essential=False),
    ]

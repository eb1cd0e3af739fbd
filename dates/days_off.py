"""Holidays where an event takes place: by the federal state of the Site to which its page belongs."""

import datetime as dt
from functools import cached_property

from wagtail.models import Page

from cms.localization import public_holidays
from cms.request_memory import remembered
from cms.routing import sites
from cms.site_settings import NORTH_RHINE_WESTPHALIA, SiteSettings
from dates import school_holidays


class DaysOff:
    """Asks the database only when an event leaves such days out, and then once a request."""

    def __init__(self, page: Page) -> None:
        self._page = page

    @cached_property
    def state(self) -> str:
        """ISO 3166-2:DE."""
        home = self._page.path[: sites.HOME_DEPTH * Page.steplen]
        return remembered(("federal state", home), lambda: _state_of(self._page))

    @cached_property
    def _entered(self) -> list[school_holidays.Range]:
        return school_holidays.entered(self.state)

    def is_public(self, day: dt.date) -> bool:
        return bool(public_holidays.name_of(day, self.state))

    def is_of_schools(self, day: dt.date) -> bool:
        return school_holidays.is_one(day, self.state, self._entered)

    def knows_schools_in(self, year: int) -> bool:
        return school_holidays.is_known(year, self.state, self._entered)


def _state_of(page: Page) -> str:
    site = sites.of_page(page) if page.path else None
    settings = SiteSettings.objects.filter(site=site).first()
    return settings.federal_state if settings else NORTH_RHINE_WESTPHALIA

"""Holidays where an event takes place: by the federal state of the Site to which its page belongs."""

import datetime as dt
from functools import cached_property

from wagtail.models import Page

from cms.localization import public_holidays
from dates.holidays import school_holidays


class DaysOff:
    """Asks the database only when an event leaves such days out, and then once a request."""

    def __init__(self, page: Page) -> None:
        self._page = page

    @cached_property
    def state(self) -> str:
        """ISO 3166-2:DE."""
        return public_holidays.state_of(self._page)

    @cached_property
    def _entered(self) -> list[school_holidays.Range]:
        return school_holidays.entered(self.state)

    def is_public(self, day: dt.date) -> bool:
        return bool(public_holidays.name_of(day, self.state))

    def is_of_schools(self, day: dt.date) -> bool:
        return school_holidays.is_one(day, self.state, self._entered)

    def knows_schools_in(self, year: int) -> bool:
        return school_holidays.is_known(year, self.state, self._entered)

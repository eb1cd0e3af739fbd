"""On which days public life rests, by the law of the federal state."""

import datetime as dt
from functools import cache

import holidays
from wagtail.models import Page

from cms.database.request_memory import remembered
from cms.routing import sites
from cms.routing.site_settings import NORTH_RHINE_WESTPHALIA, SiteSettings


def name_of(day: dt.date, state: str = NORTH_RHINE_WESTPHALIA) -> str:
    """German name of the public holiday on ``day`` in ``state`` (ISO 3166-2:DE), "" when it is none."""
    return _of_year(day.year, state).get(day) or ""


def state_of(page: Page) -> str:
    """The federal state (ISO 3166-2:DE) of the Site to which ``page`` belongs; asked once a request and Site."""
    home = page.path[: sites.HOME_DEPTH * Page.steplen]
    return remembered(("federal state", home), lambda: _state_of(page))


def _state_of(page: Page) -> str:
    site = sites.of_page(page) if page.path else None
    settings = SiteSettings.objects.filter(site=site).first()
    return settings.federal_state if settings else NORTH_RHINE_WESTPHALIA


def known(state: str) -> str | None:
    """``state`` as holidays has it; None, which is all Germany, where it is none of the federal states."""
    return state if state in holidays.list_supported_countries()["DE"] else None


@cache
def _of_year(year: int, state: str) -> holidays.HolidayBase:
    return holidays.country_holidays("DE", subdiv=known(state), years=year, language="de")

"""An organisation with hours, and a clock that stands still."""

import datetime as dt
from collections.abc import Callable

import pytest

from directory.hours import kept
from directory.models import DirectoryPage, OpeningHours, OrganisationPage, SpecialHours
from tests import factories

Clock = Callable[..., None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """``clock(2026, 11, 30, 10)``: pages are shown as they are at that moment, by the time of the city."""

    def stands_at(*moment: int) -> None:
        monkeypatch.setattr(kept.timezone, "now", lambda: factories.berlin(*moment))

    return stands_at


@pytest.fixture
def directory(db: None) -> DirectoryPage:
    return factories.directory(factories.municipality())


@pytest.fixture
def verein(directory: DirectoryPage) -> OrganisationPage:
    """Open from Monday to Friday, 9–12 and 14–17; away from 21 December to 1 January."""
    made = factories.organisation(directory, "Verein", slug="verein", short_description="Hilfe", phone="+4923312070")
    made.opening_hours = [
        OpeningHours(weekday=day, opens=dt.time(opens), closes=dt.time(closes))
        for day in range(1, 6)
        for opens, closes in ((9, 12), (14, 17))
    ]
    made.special_hours = [
        SpecialHours(first_day=dt.date(2026, 12, 21), last_day=dt.date(2027, 1, 1), reason="break"),
    ]
    made.save_revision().publish()
    return OrganisationPage.objects.get(pk=made.pk)

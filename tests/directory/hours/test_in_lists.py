"""What cards of the directory say of a day: right until it is over, whatever the hour; and the filter by it."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import translation

from cms.localization import languages
from cms.models import SiteSettings
from directory.models import OpeningHours, OrganisationPage, SpecialHours
from tests import factories, webpages
from tests.directory.hours.conftest import Clock

pytestmark = pytest.mark.django_db
CODES = [language.code for language in languages.LANGUAGES]


def card(client: Client, language: str = "en", query: str = "") -> str:
    page = webpages.read(client.get(f"/{language}/organisationen/{query}"))
    found = page.select_one("main .card")
    return webpages.text(found) if found else ""


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ((2026, 11, 30, 6), "Open today: 09:00–12:00 and 14:00–17:00"),
        ((2026, 11, 30, 23), "Open today: 09:00–12:00 and 14:00–17:00"),
        ((2026, 12, 5, 10), "Closed today"),
        ((2026, 12, 22, 10), "Closed today: holidays of the organisation"),
    ],
)
def test_a_card_says_what_holds_all_day(
    client: Client, verein: OrganisationPage, clock: Clock, moment: tuple[int, ...], said: str
) -> None:
    clock(*moment)
    assert said in card(client)


@pytest.mark.parametrize("code", CODES)
def test_hours_keep_their_order_in_every_language(
    client: Client, verein: OrganisationPage, clock: Clock, code: str
) -> None:
    clock(2026, 11, 30, 10)
    page = webpages.read(client.get(f"/{code}/organisationen/"))
    spans = page.select('main .card p.small bdi[dir="ltr"]')[-2:]
    assert [each.get_text() for each in spans] == ["09:00–12:00", "14:00–17:00"]
    with translation.override(code):
        assert translation.gettext("Open today: %(hours)s").partition(":")[0] in card(client, code)


def test_what_is_not_known_is_not_said(client: Client, verein: OrganisationPage, clock: Clock) -> None:
    clock(2026, 11, 30, 10)
    verein.opening_hours, verein.special_hours = [], []
    verein.save_revision().publish()
    assert "today" not in card(client)
    verein.by_appointment = True
    verein.save_revision().publish()
    assert "Open by appointment" in card(client)
    verein.special_hours = [
        SpecialHours(first_day=dt.date(2026, 11, 30), opens=dt.time(0), closes=dt.time(0)),
    ]
    verein.save_revision().publish()
    assert "Open around the clock" in card(client)


def test_the_directory_is_narrowed_down_to_who_is_there_today(
    client: Client, verein: OrganisationPage, clock: Clock
) -> None:
    other = factories.organisation(verein.get_parent(), "Abendverein")
    other.opening_hours = [OpeningHours(weekday=6, opens=dt.time(18), closes=dt.time(2))]
    other.save_revision().publish()
    factories.organisation(verein.get_parent(), "Ohne Zeiten")
    for moment, found in (((2026, 11, 30, 10), "Verein"), ((2026, 12, 5, 10), "Abendverein")):
        clock(*moment)
        page = webpages.read(client.get("/en/organisationen/?open=today"))
        assert [webpages.text(name) for name in page.select("main .cards h3")] == [found]
        option = page.select_one('.filters select[name="open"] option[value="today"]')
        assert option is not None and option.has_attr("selected")
        assert webpages.text(option) == "Open today (1)"
        assert page.select('a[hreflang="tr"][href="/tr/organisationen/?open=today"]')
    clock(2026, 12, 22, 10)
    assert not webpages.read(client.get("/en/organisationen/")).select('.filters [name="open"]')
    assert webpages.read(client.get("/en/organisationen/?open=today")).select('.filters [name="open"] [selected]')


def test_the_holidays_are_those_of_the_sites_state(client: Client, verein: OrganisationPage, clock: Clock) -> None:
    clock(2027, 1, 6, 10)
    verein.closed_on_public_holidays = True
    verein.save_revision().publish()
    settings = SiteSettings.for_site(verein.get_site())
    for state, said, state_now in (
        ("NW", "Open today:", "Open today until 12:00"),
        ("BY", "Closed today: public holiday", "Opens tomorrow at 09:00"),
    ):
        settings.federal_state = state
        settings.save()
        assert said in card(client)
        profile = webpages.read(client.get("/en/organisationen/verein/"))
        assert webpages.text(profile.select_one(".open-state")) == state_now

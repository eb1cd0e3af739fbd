"""The hours on the public page: how it stands now, in every language, and never as it stood before."""

import datetime as dt
import json

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation

from cms.localization import languages
from directory.models import OpeningHours, OrganisationPage, SpecialHours
from tests import factories, webpages
from tests.directory.hours.conftest import Clock

pytestmark = pytest.mark.django_db
CODES = [language.code for language in languages.LANGUAGES]


def box(client: Client, language: str = "en") -> BeautifulSoup:
    found = webpages.read(client.get(f"/{language}/organisationen/verein/")).select_one(".opening")
    assert found is not None
    return found


def state(client: Client, language: str = "en") -> str:
    found = box(client, language).select_one(".open-state")
    assert found is not None
    return found.get_text(" ", strip=True)


@pytest.mark.parametrize("code", CODES)
def test_it_is_open_in_every_language(client: Client, verein: OrganisationPage, clock: Clock, code: str) -> None:
    clock(2026, 11, 30, 10)
    with translation.override(code):
        sentence = translation.gettext("Open today until %(time)s") % {"time": "12:00"}
    assert state(client, code) == sentence
    assert box(client, code).select('.open-state bdi[dir="ltr"]')[-1].get_text() == "12:00"


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ((2026, 11, 30, 8), "Opens today at 09:00"),
        ((2026, 11, 30, 18), "Opens tomorrow at 09:00"),
        ((2026, 12, 4, 18), "Opens again: Monday, 09:00"),
        ((2026, 12, 18, 18), "Opens again: Monday, 4 January 2027, 09:00"),
    ],
)
def test_when_it_opens_again(
    client: Client, verein: OrganisationPage, clock: Clock, moment: tuple[int, ...], sentence: str
) -> None:
    clock(*moment)
    assert state(client).replace(" ,", ",") == sentence


def test_the_answer_of_before_is_never_taken_for_right(client: Client, verein: OrganisationPage, clock: Clock) -> None:
    clock(2026, 11, 30, 11, 59)
    before = client.get("/en/organisationen/verein/")
    assert "no-cache" in before["Cache-Control"]
    clock(2026, 11, 30, 12)
    after = client.get("/en/organisationen/verein/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert state(client) == "Opens today at 14:00"


def test_days_with_the_same_hours_stand_together_and_today_is_marked(
    client: Client, verein: OrganisationPage, clock: Clock
) -> None:
    clock(2026, 12, 5, 10)
    rows = [
        ([cell.get_text(strip=True) for cell in row(["dt", "dd"])], row.get("aria-current"))
        for row in box(client).select(".hours:first-of-type > div")
    ]
    assert rows == [
        (["Monday\u2009–\u2009Friday", "09:00–12:00", "14:00–17:00"], None),
        (["Saturday\u2009–\u2009Sunday", "closed"], "date"),
    ]


def test_special_days_are_announced_and_named(client: Client, verein: OrganisationPage, clock: Clock) -> None:
    clock(2026, 12, 22, 10)
    text = box(client).get_text(" ", strip=True)
    assert "Closed today: holidays of the organisation" in text
    assert "closed" in box(client).select(".hours")[-1].get_text()
    clock(2027, 1, 2, 10)
    assert "Special days" not in box(client).get_text()


def test_only_by_appointment(client: Client, verein: OrganisationPage, clock: Clock) -> None:
    clock(2026, 11, 30, 10)
    verein.opening_hours, verein.special_hours, verein.by_appointment = [], [], True
    verein.save_revision().publish()
    assert state(client) == "Open by appointment"
    assert box(client).select(".hours") == []


def test_an_organisation_without_hours_has_no_box(client: Client, verein: OrganisationPage, clock: Clock) -> None:
    verein.opening_hours, verein.special_hours = [], []
    verein.save_revision().publish()
    assert webpages.read(client.get("/en/organisationen/verein/")).select_one(".opening") is None


def test_programs_read_the_hours(client: Client, verein: OrganisationPage, clock: Clock) -> None:
    clock(2026, 11, 30, 10)
    verein.closed_on_public_holidays = True
    verein.special_hours = [
        *verein.special_hours.all(),
        SpecialHours(first_day=dt.date(2026, 12, 5), opens=dt.time(10), closes=dt.time(15)),
        SpecialHours(first_day=dt.date(2020, 12, 5)),
    ]
    verein.save_revision().publish()
    data = webpages.read(client.get("/de/organisationen/verein/")).select_one('script[type="application/ld+json"]')
    assert data is not None and data.string is not None
    rows = json.loads(data.string)["location"]["openingHoursSpecification"]
    assert {row.pop("@type") for row in rows} == {"OpeningHoursSpecification"}
    days = [f"https://schema.org/{day}" for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")]
    assert rows == [
        {"dayOfWeek": days, "opens": "09:00", "closes": "12:00"},
        {"dayOfWeek": days, "opens": "14:00", "closes": "17:00"},
        {"dayOfWeek": "https://schema.org/PublicHolidays", "opens": "00:00", "closes": "00:00"},
        {"validFrom": "2026-12-05", "validThrough": "2026-12-05", "opens": "10:00", "closes": "15:00"},
        {"validFrom": "2026-12-21", "validThrough": "2027-01-01", "opens": "00:00", "closes": "00:00"},
    ]


def test_a_translation_shows_the_hours_of_the_german_page(
    client: Client, verein: OrganisationPage, clock: Clock
) -> None:
    clock(2026, 11, 30, 10)
    factories.translated(verein, "tr", short_description="Yardım")
    verein.opening_hours = [row for row in verein.opening_hours.all() if row.weekday != 1]
    verein.save_revision().publish()
    assert "09:00" in state(client, "tr")
    assert len(box(client, "tr").select(".hours:first-of-type > div")) == 3


def test_words_that_are_published_in_turkish_stand_beside_the_same_hours(
    client: Client, verein: OrganisationPage, clock: Clock
) -> None:
    clock(2026, 11, 30, 10)
    verein.native_language, verein.own_short_description = "tr", "Yardım ediyoruz"
    press = factories.press()
    verein.save_revision(user=press).publish(user=press)
    twin = OrganisationPage.objects.get(translation_key=verein.translation_key, locale__language_code="tr")
    assert twin.live
    verein.opening_hours = [OpeningHours(weekday=1, opens=dt.time(9, 30), closes=dt.time(10, 30))]
    verein.save_revision().publish()
    page = webpages.read(client.get("/tr/organisationen/verein/"))
    assert "Yardım ediyoruz" in webpages.text(page.main)
    assert "10:30" in state(client, "tr")

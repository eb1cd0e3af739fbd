"""School holidays: those that the library knows, a list that the press office takes over, and what is not known."""

import datetime as dt
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from cms.routing.site_settings import STATES, SiteSettings
from dates import recurrence
from dates.events.event_warnings import warnings_about
from dates.holidays import school_holidays, school_holidays_list
from dates.models import EventPage, SchoolHoliday
from tests import factories, webpages

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/school_holidays/import/"
CSV = "Ferien;von;bis\nOsterferien;22.03.2041;03.04.2041\nSommerferien;2041-07-19;2041-08-31\n"
ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//x//DE
BEGIN:VEVENT
UID:1
SUMMARY:Osterferien
DTSTART;VALUE=DATE:20410322
DTEND;VALUE=DATE:20410404
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Beweglicher Ferientag
DTSTART;VALUE=DATE:20410531
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


def days() -> list[tuple[str, str, str]]:
    rows = SchoolHoliday.objects.values_list("name", "first_day", "last_day")
    return [(name, str(first), str(last)) for name, first, last in rows]


@pytest.mark.parametrize("code", ["utf-8", "cp1252", "utf-16"])
def test_a_table_is_taken_over_once(code: str) -> None:
    result = school_holidays_list.take_over(state="NW", content=CSV.encode(code))
    assert (result.new, result.known, result.faults) == (2, 0, [])
    assert days() == [("Osterferien", "2041-03-22", "2041-04-03"), ("Sommerferien", "2041-07-19", "2041-08-31")]
    again = school_holidays_list.take_over(state="NW", content=CSV.encode(code))
    assert (again.new, again.known) == (0, 2)


def test_a_calendar_is_taken_over_without_the_day_after() -> None:
    school_holidays_list.take_over(state="NW", content=ICS.replace("\n", "\r\n").encode())
    assert days() == [
        ("Osterferien", "2041-03-22", "2041-04-03"),
        ("Beweglicher Ferientag", "2041-05-31", "2041-05-31"),
    ]


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff" * 50, b"<html></html>", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", b"x" * 2_000_001]
)
def test_what_is_no_list_is_said_in_a_sentence(content: bytes) -> None:
    with pytest.raises(school_holidays_list.NoList, match=r"\w+ \w+ \w+"):
        school_holidays_list.take_over(state="NW", content=content)


def test_one_bad_row_costs_itself() -> None:
    rows = "Osterferien;22.03.2041;03.04.2041\nOhne Datum;;\nZu lang;01.01.2041;31.12.2041\nAlt;1.1.1801;2.1.1801\n"
    result = school_holidays_list.take_over(state="NW", content=rows.encode())
    assert (result.new, len(result.faults)) == (1, 3)


def test_holidays_are_those_of_the_state_of_the_site(site: Site) -> None:
    event = factories.event(factories.event_index(site), "Café", recurrence="FREQ=WEEKLY", skips_school_holidays=True)
    summer = dt.date(2026, 7, 25)
    assert event.days_off.is_of_schools(summer)  # in North Rhine-Westphalia from 20 July on
    SiteSettings.objects.filter(site=site).update(federal_state="BY")
    assert not EventPage.objects.get(pk=event.pk).days_off.is_of_schools(summer)
    assert EventPage.objects.get(pk=event.pk).days_off.is_public(dt.date(2027, 1, 6))


def test_what_was_taken_over_is_left_out_and_a_course_ends_later(site: Site) -> None:
    event = factories.event(
        factories.event_index(site),
        "Kurs",
        factories.berlin(2041, 3, 18, 17),
        recurrence="FREQ=WEEKLY;COUNT=2",
        skips_school_holidays=True,
    )
    assert event.last_end == factories.berlin(2041, 3, 25, 17)
    school_holidays_list.take_over(state="NW", content=CSV.encode())
    event = EventPage.objects.get(pk=event.pk)
    assert event.last_end == factories.berlin(2041, 4, 8, 17)
    assert [date.start.day for date in recurrence.coming(event, event.start, 9)] == [18, 8]


def test_years_that_nobody_knows_are_named(site: Site) -> None:
    event = factories.event(factories.event_index(site), "Kurs", recurrence="FREQ=WEEKLY", skips_school_holidays=True)
    assert school_holidays.is_known(2027, "NW", [])
    assert not school_holidays.is_known(2041, "NW", [])
    assert warnings_about(event) == []
    with mock.patch.object(timezone, "now", return_value=dt.datetime(2040, 6, 1, tzinfo=dt.UTC)):
        assert "2040" in " ".join(warnings_about(event))


@pytest.mark.parametrize(("state", "_name"), STATES)
def test_a_list_that_ends_in_summer_does_not_know_the_year(state: str, _name: str) -> None:
    assert school_holidays.is_known(2028, state, [])
    assert not school_holidays.is_known(2029, state, [])  # published: until summer
    autumn = [(dt.date(2029, 10, 15), dt.date(2029, 10, 27))]
    assert school_holidays.is_known(2029, state, autumn)


def test_years_that_are_missing_are_named_for_all_states_and_first_where_our_sites_are(
    site: Site, client: Client
) -> None:
    SiteSettings.objects.update_or_create(site=site, defaults={"federal_state": "BY"})
    press = factories.press()
    for state, _name in STATES:
        if state != "HE":
            for year in (2040, 2041, 2042):
                SchoolHoliday.objects.create(
                    state=state, name="Ferien", first_day=dt.date(year, 9, 1), last_day=dt.date(year, 10, 20)
                )
    SchoolHoliday.objects.filter(state="BY", first_day__year=2041).delete()
    with mock.patch.object(timezone, "now", return_value=dt.datetime(2040, 6, 1, tzinfo=dt.UTC)):
        client.force_login(press)
        page = webpages.read(client.get(ADDRESS))
    said = [webpages.text(line) for line in page.select(".help-block:is(.help-warning, .help-info)")]
    assert ["2041" in said[0], "Bayern" in said[0], "Hessen" in said[1], len(said)] == [True, True, True, 2]
    assert [line["class"][-1] for line in page.select(".help-block:is(.help-warning, .help-info)")] == [
        "help-warning",
        "help-info",
    ]
    assert page.select_one("select[name=state] option[selected]")["value"] == "BY"


def test_the_press_office_takes_a_list_over(site: Site, client: Client) -> None:
    client.force_login(factories.press())
    assert webpages.read(client.get(ADDRESS)).select_one("input[type=file]")
    answer = client.post(ADDRESS, {"state": "NW", "file": SimpleUploadedFile("ferien.csv", CSV.encode())}, follow=True)
    assert "Osterferien" in webpages.text(webpages.read(answer))
    assert len(days()) == 2
    wrong = client.post(ADDRESS, {"state": "NW", "file": SimpleUploadedFile("ferien.csv", b"nichts")})
    assert wrong.status_code == 200
    assert webpages.read(wrong).select(".error-message")


def test_translators_and_members_take_no_list_over(site: Site, client: Client) -> None:
    client.force_login(factories.translator("ar"))
    assert client.post(ADDRESS, {"state": "NW", "file": SimpleUploadedFile("x.csv", CSV.encode())}).status_code != 200
    assert days() == []

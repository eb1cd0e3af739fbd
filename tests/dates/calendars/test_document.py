"""What is written is read back by two independent parsers and passes the strict check of lines."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import vobject
from django.test import override_settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cms.localization import formats, languages
from cms.localization.localized_text import LocalizedText
from dates import periods
from dates.calendar_import import reading
from dates.calendars import document, time_zone
from dates.calendars.document import Entry
from tests.dates.calendars import lines
from tests.factories import berlin

CHANGED = dt.datetime(2025, 1, 2, 3, 4, 5, 678, tzinfo=dt.UTC)
URL = "https://example.org/de/termine/fest/"


def entry(**fields: Any) -> Entry:
    values = {
        "uid": "6d4bd1b6-0000-4000-8000-000000000001",
        "changed": CHANGED,
        "sequence": 2,
        "start": berlin(2025, 1, 28, 16),
        "end": berlin(2025, 1, 28, 18),
        "title": LocalizedText("Fest", "de"),
        "url": URL,
    }
    return Entry(**{**values, **fields})


def written(*entries: Entry, name: str = "Termine") -> bytes:
    data = document.calendar(LocalizedText(name, "de"), entries)
    assert lines.faults(data) == []
    return data


def read(*entries: Entry) -> icalendar.Event:
    [event] = icalendar.Calendar.from_ical(written(*entries)).walk("VEVENT")
    return event


def starts(data: bytes, since: dt.date, until: dt.date) -> list[str]:
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(since, until)
    return sorted(event["DTSTART"].dt.isoformat() for event in found)


def test_the_head_names_the_calendar_and_how_often_to_look() -> None:
    head = icalendar.Calendar.from_ical(document.calendar(LocalizedText("التقويم", "ar"), [], url=URL))
    assert (head["NAME"], head["NAME"].params["LANGUAGE"], head["X-WR-CALNAME"]) == ("التقويم", "ar", "التقويم")
    assert head["X-WR-TIMEZONE"] == "Europe/Berlin"
    assert head["REFRESH-INTERVAL"].dt == dt.timedelta(hours=6)
    assert head["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert head["X-PUBLISHED-TTL"].to_ical() == b"PT6H"
    assert "METHOD" not in head


def test_an_entry_says_when_in_the_time_of_the_place() -> None:
    data = written(entry(start=dt.datetime(2025, 6, 3, 14, tzinfo=dt.UTC), end=None))
    assert b"DTSTART;TZID=Europe/Berlin:20250603T160000\r\n" in data
    assert b"DTEND" not in data


def test_an_entry_keeps_its_identity_and_the_time_of_its_last_change() -> None:
    event = read(entry())
    assert event["UID"] == "6d4bd1b6-0000-4000-8000-000000000001"
    assert event["DTSTAMP"].dt == CHANGED.replace(microsecond=0)
    assert (event["SEQUENCE"], event["TRANSP"], event["STATUS"], event["URL"]) == (2, "TRANSPARENT", "CONFIRMED", URL)


def test_whole_days_are_days_and_the_end_is_the_day_after() -> None:
    data = written(entry(start=dt.date(2025, 12, 30), end=dt.date(2025, 12, 31)))
    assert b"DTSTART;VALUE=DATE:20251230\r\nDTEND;VALUE=DATE:20260101\r\n" in data


def test_a_cancelled_entry_stays_and_says_so_in_its_title() -> None:
    event = read(entry(is_cancelled=True))
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"] != "Fest"
    assert "Fest" in event["SUMMARY"]


def test_texts_say_in_which_language_they_are() -> None:
    event = read(
        entry(
            title=LocalizedText("عيد", "ar"),
            location=LocalizedText("Rathaus", "de"),
            description=LocalizedText("نص", "ar"),
        )
    )
    found = [event[name].params["LANGUAGE"] for name in ("SUMMARY", "LOCATION", "DESCRIPTION")]
    assert found == ["ar", "de", "ar"]


def test_a_livestream_is_a_conference() -> None:
    conference = read(entry(livestream_url="https://video.example.org/live?a=1,2;b"))["CONFERENCE"]
    assert str(conference) == "https://video.example.org/live?a=1,2;b"
    assert conference.params["FEATURE"] == ["AUDIO", "VIDEO"]


def test_what_is_weekly_stays_at_its_hour_when_the_clocks_change() -> None:
    data = written(
        entry(
            start=berlin(2026, 3, 17, 18),
            end=berlin(2026, 3, 17, 20),
            recurrence="FREQ=WEEKLY;UNTIL=20260414T215959Z",
            excluded=(berlin(2026, 3, 31, 18),),
        ),
        entry(start=berlin(2026, 4, 8, 17), end=berlin(2026, 4, 8, 19), replaces=berlin(2026, 4, 7, 18)),
    )
    assert starts(data, dt.date(2026, 1, 1), dt.date(2027, 1, 1)) == [
        "2026-03-17T18:00:00+01:00",
        "2026-03-24T18:00:00+01:00",
        "2026-04-08T17:00:00+02:00",
        "2026-04-14T18:00:00+02:00",
    ]


@pytest.mark.parametrize("moment", [(2025, 1, 28, 16), (2025, 6, 3, 16), (2026, 3, 29, 3, 30), (2026, 10, 25, 12)])
def test_programs_that_read_the_zone_from_the_file_find_the_same_moment(moment: tuple[int, ...]) -> None:
    [event] = vobject.readOne(written(entry(start=berlin(*moment), end=None)).decode()).vevent_list
    assert event.dtstart.value.astimezone(dt.UTC) == berlin(*moment).astimezone(dt.UTC)


@pytest.mark.parametrize("year", range(2024, 2032))
def test_the_rules_of_the_zone_agree_with_the_time_zone_database(year: int) -> None:
    zone = time_zone.component().to_tz()
    for day in range(1, 366, 3):
        moment = dt.datetime(year, 1, 1, 12) + dt.timedelta(days=day)
        assert moment.replace(tzinfo=zone).utcoffset() == moment.replace(tzinfo=time_zone.zone()).utcoffset()


@pytest.mark.parametrize("place", ["Europe/Lisbon", "Asia/Kolkata", "America/New_York", "Asia/Jerusalem"])
def test_a_city_elsewhere_has_its_own_time_everywhere(place: str) -> None:
    with override_settings(TIME_ZONE=place):
        here = ZoneInfo(place)
        start = dt.datetime(2026, 12, 31, 23, 30, tzinfo=here)
        data = written(entry(start=start, end=None))
        assert f"DTSTART;TZID={place}:20261231T233000".encode() in data
        assert f"X-WR-TIMEZONE:{place}".encode() in data
        [event] = vobject.readOne(data.decode()).vevent_list
        assert event.dtstart.value.astimezone(dt.UTC) == start.astimezone(dt.UTC)
        assert formats.short_date(start) == "31.12.2026" and periods.day_of(start) == dt.date(2026, 12, 31)
        theirs = data.replace(document.PRODUCT.encode(), b"-//Example//Calendar//EN")
        [foreign] = reading.read(theirs, dt.datetime(2026, 12, 1, tzinfo=here)).events
        assert foreign.start == start and foreign.start.tzinfo == here
        zone = time_zone.component().to_tz()
        for month in range(1, 13):
            noon = dt.datetime(2027, month, 15, 12)
            assert noon.replace(tzinfo=zone).utcoffset() == noon.replace(tzinfo=here).utcoffset()


@pytest.mark.parametrize("language", languages.LANGUAGES, ids=lambda language: language.code)
def test_every_language_is_written_without_fault(language: languages.Language) -> None:
    with translation.override(language.code):
        long = LocalizedText("Zażółć 😀 عيد الأضحى؛ خیابان‌ها, Ґудзик; Çağ " * 20, language.code)
        written(entry(title=long, description=long, is_cancelled=True, livestream_url="https://example.org/x"))


SIGNS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(",;:\\\"'\n\r\t\x00\x0b\x85\u2028\u2029\u200c\u200e\u202e\u2066\u2069\ufeff😀👩‍👩‍👧"),
    ),
    max_size=120,
)


@given(title=SIGNS, description=SIGNS, name=SIGNS)
def test_any_text_comes_back_as_it_was(title: str, description: str, name: str) -> None:
    data = written(entry(title=LocalizedText(title, "de"), description=LocalizedText(description, "de")), name=name)
    head = icalendar.Calendar.from_ical(data)
    [event] = head.walk("VEVENT")
    assert lines.unescaped(head["NAME"]) == document.one_line(name)  # icalendar does not know it as text
    assert event["SUMMARY"] == document.one_line(title)
    assert event.get("DESCRIPTION", "") == document.plain(description)
    [other] = vobject.readOne(data.decode()).vevent_list
    assert other.summary.value == document.one_line(title)


@given(st.lists(st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2035, 1, 1)), max_size=5))
def test_any_moment_comes_back_as_it_was(moments: list[dt.datetime]) -> None:
    aware = [moment.replace(tzinfo=dt.UTC, microsecond=0) for moment in moments]
    data = written(*(entry(uid=str(number), start=moment, end=None) for number, moment in enumerate(aware)))
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert [event["DTSTART"].dt.replace(fold=0) for event in events] == [
        moment.astimezone(time_zone.zone()).replace(fold=0) for moment in aware
    ]


def test_the_same_entries_give_the_same_bytes() -> None:
    assert written(entry()) == written(entry())

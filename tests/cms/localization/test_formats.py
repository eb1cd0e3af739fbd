"""Dates, times, numbers and lists, as a native editor of each language would write them."""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.localization import formats, languages
from cms.templatetags import look

BERLIN = ZoneInfo("Europe/Berlin")
MEETING = datetime(2025, 1, 28, 16, 0, tzinfo=BERLIN)
MEETING_END = datetime(2025, 1, 28, 18, 0, tzinfo=BERLIN)
ZWNJ, EZAFE, RLM = "\u200c", "\u0654", "\u200f"


def readable(text: str) -> str:
    """CLDR's thin space as a space and its narrow no-break space as ``_``, so that expectations can be read."""
    return text.replace("\u2009", " ").replace("\u202f", "_")


every_language = st.sampled_from(languages.LANGUAGES)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2199, 12, 30), timezones=st.sampled_from([UTC, BERLIN]))


def render(source: str, language: str = "de", **context: object) -> str:
    with translation.override(language):
        return Template("{% load formats %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("code", "full", "medium", "month", "stand_alone"),
    [
        ("de", "Dienstag, 28. Januar 2025", "28. Januar 2025", "Januar 2025", "Januar"),
        ("de-simple", "Dienstag, 28. Januar 2025", "28. Januar 2025", "Januar 2025", "Januar"),
        ("en", "Tuesday, 28 January 2025", "28 January 2025", "January 2025", "January"),
        ("ar", "الثلاثاء، 28 يناير 2025", "28 يناير 2025", "يناير 2025", "يناير"),
        ("uk", "вівторок, 28 січня 2025", "28 січня 2025", "січень 2025", "січень"),
        ("tr", "28 Ocak 2025 Salı", "28 Ocak 2025", "Ocak 2025", "Ocak"),
        ("ru", "вторник, 28 января 2025", "28 января 2025", "январь 2025", "январь"),
        ("fa", f"سه{ZWNJ}شنبه 28 ژانویه{EZAFE} 2025", f"28 ژانویه{EZAFE} 2025", f"ژانویه{EZAFE} 2025", "ژانویه"),
        ("bg", "вторник, 28 януари 2025", "28 януари 2025", "януари 2025", "януари"),
        ("ro", "marți, 28 ianuarie 2025", "28 ianuarie 2025", "ianuarie 2025", "ianuarie"),
    ],
)
def test_dates_are_written_as_in_each_language(code: str, full: str, medium: str, month: str, stand_alone: str) -> None:
    language = languages.get(code)
    assert readable(formats.full_date(MEETING, language=language)) == full
    assert readable(formats.medium_date(MEETING, language=language)) == medium
    assert readable(formats.month_year(MEETING, language=language)) == month
    assert formats.month_name(1, language=language) == stand_alone


@pytest.mark.parametrize(
    ("code", "days", "months", "years"),
    [
        ("de", "28.–30. Januar 2025", "28. Januar – 2. März 2025", "28. Januar 2025 – 2. März 2026"),
        ("en", "28–30 January 2025", "28 January – 2 March 2025", "28 January 2025 – 2 March 2026"),
        ("ar", "28–30 يناير 2025", "28 يناير – 2 مارس 2025", "28 يناير 2025 – 2 مارس 2026"),
        ("uk", "28–30 січня 2025", "28 січня – 2 березня 2025", "28 січня 2025 – 2 березня 2026"),
        ("tr", "28–30 Ocak 2025", "28 Ocak – 2 Mart 2025", "28 Ocak 2025 – 2 Mart 2026"),
        ("ru", "28–30 января 2025", "28 января – 2 марта 2025", "28 января 2025 – 2 марта 2026"),
        ("fa", f"28 تا 30 ژانویه{EZAFE} 2025", "28 ژانویه تا 2 مارس 2025", f"28 ژانویه{EZAFE} 2025 تا 2 مارس 2026"),
        ("bg", "28 – 30 януари 2025", "28 януари – 2 март 2025", "28 януари 2025 – 2 март 2026"),
        ("ro", "28–30 ianuarie 2025", "28 ianuarie – 2 martie 2025", "28 ianuarie 2025 – 2 martie 2026"),
    ],
)
def test_a_range_of_days_names_month_and_year_only_where_they_differ(
    code: str, days: str, months: str, years: str
) -> None:
    language = languages.get(code)
    start = date(2025, 1, 28)
    assert readable(formats.date_range(start, date(2025, 1, 30), language=language)) == days
    assert readable(formats.date_range(start, date(2025, 3, 2), language=language)) == months
    assert readable(formats.date_range(start, date(2026, 3, 2), language=language)) == years


@pytest.mark.parametrize(
    ("code", "tuesday", "places", "number"),
    [
        ("de", "Dienstag", "Haspe, Eilpe und Boele", "-1.234,5"),
        ("en", "Tuesday", "Haspe, Eilpe and Boele", "-1,234.5"),
        ("ar", "الثلاثاء", "Haspe وEilpe وBoele", "-1,234.5"),
        ("uk", "вівторок", "Haspe, Eilpe і Boele", "-1\xa0234,5"),
        ("tr", "Salı", "Haspe, Eilpe ve Boele", "-1.234,5"),
        ("ru", "вторник", "Haspe, Eilpe и Boele", "-1\xa0234,5"),
        ("fa", f"سه{ZWNJ}شنبه", f"Haspe،{RLM} Eilpe، و Boele", "-1,234.5"),
        ("bg", "вторник", "Haspe, Eilpe и Boele", "-1\xa0234,5"),
        ("ro", "marți", "Haspe, Eilpe și Boele", "-1.234,5"),
    ],
)
def test_weekdays_lists_and_numbers_follow_the_language(code: str, tuesday: str, places: str, number: str) -> None:
    language = languages.get(code)
    assert formats.weekday_name(2, language=language) == tuesday
    assert formats.list_of(["Haspe", "Eilpe", "Boele"], language=language) == places
    assert formats.number(Decimal("-1234.5"), language=language) == number


def test_the_week_begins_on_monday_and_ends_on_sunday() -> None:
    german = languages.get("de")
    assert (formats.weekday_name(1, language=german), formats.weekday_name(7, language=german)) == ("Montag", "Sonntag")
    with pytest.raises(KeyError):
        formats.weekday_name(0, language=german)


def test_a_range_that_does_not_end_later_is_its_first_day() -> None:
    assert formats.date_range(date(2025, 1, 28), date(2025, 1, 28)) == "28. Januar 2025"
    assert formats.date_range(date(2025, 1, 28), date(2025, 1, 1)) == "28. Januar 2025"


def test_without_an_explicit_language_the_active_one_is_used() -> None:
    with translation.override("tr"):
        assert formats.full_date(MEETING) == "28 Ocak 2025 Salı"


def test_date_and_time_with_known_end_on_the_same_day_gives_a_range_of_times() -> None:
    english = languages.get("en")
    assert formats.date_and_time(MEETING, language=english) == "Tuesday, 28 January 2025, 16:00"
    both = formats.date_and_time(MEETING, MEETING_END, language=english)
    assert both == "Tuesday, 28 January 2025, 16:00–18:00"


def test_date_and_time_over_midnight_names_both_days() -> None:
    night = formats.date_and_time(MEETING, MEETING + timedelta(hours=10), language=languages.get("en"))
    assert readable(night) == "Tuesday, 28 January 2025, 16:00 – Wednesday, 29 January 2025, 02:00"


def test_an_end_that_is_not_later_than_the_start_counts_as_unknown() -> None:
    english = languages.get("en")
    assert formats.date_and_time(MEETING, MEETING, language=english) == "Tuesday, 28 January 2025, 16:00"


def test_opening_hours_are_times_without_a_date() -> None:
    assert formats.time_range(time(9, 5), time(13, 0)) == "09:05–13:00"


@pytest.mark.parametrize("function", [formats.full_date, formats.short_date, formats.time, formats.date_and_time])
def test_a_naive_datetime_is_an_error(function: object) -> None:
    with pytest.raises(ValueError, match="naive"):
        function(datetime(2025, 1, 28, 16, 0))  # type: ignore[operator]


def test_an_evening_in_utc_is_the_next_day_in_berlin() -> None:
    assert formats.short_date(datetime(2025, 6, 30, 22, 0, tzinfo=UTC)) == "01.07.2025"
    assert formats.time(datetime(2025, 6, 30, 22, 0, tzinfo=UTC)) == "00:00"


def test_the_editors_time_zone_does_not_change_what_visitors_read() -> None:
    with timezone.override("Asia/Tokyo"):
        assert formats.time(MEETING) == "16:00"
        assert formats.short_date(datetime(2025, 1, 28, 23, 30, tzinfo=BERLIN)) == "28.01.2025"


@pytest.mark.parametrize(
    ("utc", "clock"),
    [
        (datetime(2025, 3, 30, 0, 59, tzinfo=UTC), "01:59"),
        (datetime(2025, 3, 30, 1, 0, tzinfo=UTC), "03:00"),
        (datetime(2025, 10, 26, 0, 30, tzinfo=UTC), "02:30"),
        (datetime(2025, 10, 26, 1, 30, tzinfo=UTC), "02:30"),
    ],
)
def test_the_clock_changes_in_march_and_october(utc: datetime, clock: str) -> None:
    assert formats.time(utc) == clock


@settings(deadline=None)
@given(value=moments, language=every_language)
def test_every_date_has_latin_digits_and_the_gregorian_day_and_year(
    value: datetime, language: languages.Language
) -> None:
    here = value.astimezone(BERLIN)
    for text in (formats.full_date(value, language=language), formats.medium_date(value, language=language)):
        assert re.findall(r"\d+", text) == [str(here.day), str(here.year)]
        assert all(character.isascii() for character in text if character.isdigit())


@settings(deadline=None)
@given(value=moments)
def test_the_numeric_date_is_always_day_month_year(value: datetime) -> None:
    here = value.astimezone(BERLIN)
    assert formats.short_date(value) == f"{here.day:02}.{here.month:02}.{here.year}"


@settings(deadline=None)
@given(value=moments, hours=st.integers(1, 400), language=every_language)
def test_every_period_begins_with_its_first_day_and_ends_in_its_last_year(
    value: datetime, hours: int, language: languages.Language
) -> None:
    first, last = (moment.astimezone(BERLIN) for moment in (value, value + timedelta(hours=hours)))
    digits = re.findall(r"\d+", formats.date_range(first, last, language=language))
    assert digits[0] == str(first.day)
    assert digits[-1] == str(last.year)


def test_a_moment_on_a_page_is_readable_by_programs() -> None:
    html = render("{% date_time value %}", "en", value=MEETING.astimezone(UTC))
    moment = "2025-01-28T16:00:00+01:00"
    assert html == f'<time datetime="{moment}"><bdi>Tuesday, 28 January 2025, 16:00</bdi></time>'
    assert render("{% day value %}", value=MEETING) == '<time datetime="2025-01-28"><bdi>28. Januar 2025</bdi></time>'


def test_the_repeated_hour_in_october_is_told_apart_for_programs() -> None:
    summer, winter = (datetime(2025, 10, 26, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert 'datetime="2025-10-26T02:30:00+02:00"' in render("{% date_time value %}", value=summer)
    assert 'datetime="2025-10-26T02:30:00+01:00"' in render("{% date_time value %}", value=winter)


def test_a_meeting_over_midnight_on_a_page_marks_up_both_moments() -> None:
    html = render("{% date_time start end %}", "en", start=MEETING, end=MEETING + timedelta(hours=10))
    assert re.findall(r'datetime="([^"]+)"', html) == ["2025-01-28T16:00:00+01:00", "2025-01-29T02:00:00+01:00"]
    assert readable(re.sub(r"<[^>]+>", "", html)) == readable(
        formats.date_and_time(MEETING, MEETING + timedelta(hours=10), language=languages.get("en"))
    )


@settings(deadline=None)
@given(value=moments, minutes=st.integers(1, 600), language=every_language)
def test_a_range_of_times_is_always_isolated_from_right_to_left_text(
    value: datetime, minutes: int, language: languages.Language
) -> None:
    context = {"start": value, "end": value + timedelta(minutes=minutes)}
    assert re.fullmatch(
        r'<bdi dir="ltr">\d\d:\d\d–\d\d:\d\d</bdi>', render("{% time_range start end %}", language.code, **context)
    )
    html = render("{% date_time start end %}", language.code, **context)
    assert not re.search(r"\d–\d", re.sub(r'<bdi dir="ltr">[^<]*</bdi>', "", html))


def test_numeric_dates_and_telephone_numbers_on_a_page_are_isolated() -> None:
    assert render("{% short_date_bdi value %}", "ar", value=MEETING) == '<bdi dir="ltr">28.01.2025</bdi>'
    link = render("{{ number|phone_link }}", "ar", number="+4923312070")
    assert link == '<a href="tel:+4923312070"><bdi dir="ltr">02331 2070</bdi></a>'


def test_names_in_a_list_are_escaped_and_isolated() -> None:
    html = render("{{ names|list_of }}", "en", names=["<b>", "{0}", "بيت"])
    assert html == "<bdi>&lt;b&gt;</bdi>, <bdi>{0}</bdi> and <bdi>بيت</bdi>"


def test_an_empty_optional_field_shows_nothing() -> None:
    assert render("{{ none|full_date }}{{ none|time }}{{ none|phone_link }}{{ missing|number }}", none=None) == ""
    assert render("{{ zero|number }}", zero=0) == "0"


@pytest.mark.parametrize("language", languages.LANGUAGES, ids=lambda language: language.code)
def test_no_date_ends_in_a_full_stop(language: languages.Language) -> None:
    """Sentences add their own: "на 24 грудня 2026.", never "2026 р.."."""
    for month in range(1, 13):
        day = date(2026, month, 24)
        for said in (
            formats.full_date(day, language=language),
            formats.medium_date(day, language=language),
            formats.month_year(day, language=language),
            formats.month_name(month, language=language),
            formats.month_beside_day(month, language=language),
            formats.date_range(day, day + timedelta(days=1), language=language),
            formats.date_range(day, day + timedelta(days=400), language=language),
        ):
            assert not re.search(r"[^\d]\.", said), said  # German writes "24. Dezember"
            assert not said.endswith("."), said


@pytest.mark.parametrize(
    ("code", "month"),
    [
        ("de", "Dezember"),
        ("de-simple", "Dezember"),
        ("en", "December"),
        ("ar", "ديسمبر"),
        ("uk", "грудня"),
        ("tr", "Aralık"),
        ("ru", "декабря"),
        ("fa", "دسامبر"),
        ("bg", "декември"),
        ("ro", "decembrie"),
    ],
)
def test_a_month_beside_a_day_is_written_as_in_a_date(code: str, month: str) -> None:
    language = languages.get(code)
    assert formats.month_beside_day(12, language=language) == month
    assert month in formats.medium_date(date(2026, 12, 24), language=language)
    with translation.override(code):
        assert month in look.date_tile(datetime(2026, 12, 24, 12, tzinfo=UTC))

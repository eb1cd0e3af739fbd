"""Foreign calendars, good, strange and hostile: what of them becomes a date of ours."""

import datetime as dt
import time
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dates.calendar_import import reading, texts
from dates.calendar_import.outcomes import NothingTaken, Outcome
from dates.calendar_import.reading import Change, Foreign
from dates.calendars import document
from tests.factories import berlin

TODAY = berlin(2026, 3, 1)
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Verein//DE\r\n"


def calendar(*events: str) -> bytes:
    """Events as their lines between BEGIN and END."""
    inside = "".join(f"BEGIN:VEVENT\n{lines.strip()}\nEND:VEVENT\n" for lines in events)
    return (HEAD + inside.replace("\n", "\r\n") + "END:VCALENDAR\r\n").encode()


def read(*events: str) -> list[Foreign]:
    return reading.read(calendar(*events), TODAY).events


ONCE = "UID:1\nSUMMARY:Fest\nDTSTART;TZID=Europe/Berlin:20260704T150000\nDTEND;TZID=Europe/Berlin:20260704T180000"
WEEKLY = "UID:1\nSUMMARY:Café\nDTSTART;TZID=Europe/Berlin:20260317T170000\nDTEND;TZID=Europe/Berlin:20260317T190000"


# What is understood


def test_a_date_is_read_with_time_place_and_description() -> None:
    [found] = read(f"{ONCE}\nLOCATION:Hinterhof\\, Musterstr. 1\nDESCRIPTION:Mit <b>Musik</b>&amp; Tanz\\nund Essen")
    assert (found.title, found.place_name, found.lead) == (
        "Fest",
        "Hinterhof, Musterstr. 1",
        "Mit Musik& Tanz und Essen",
    )
    assert (found.start, found.end) == (berlin(2026, 7, 4, 15), berlin(2026, 7, 4, 18))
    assert not found.is_cancelled


@pytest.mark.parametrize(
    ("written", "start"),
    [
        (":20260704T130000Z", berlin(2026, 7, 4, 15)),
        (":20260704T150000", berlin(2026, 7, 4, 15)),
        (";TZID=W. Europe Standard Time:20260704T150000", berlin(2026, 7, 4, 15)),
        (";TZID=America/New_York:20260704T090000", berlin(2026, 7, 4, 15)),
    ],
)
def test_times_of_all_kinds_are_those_of_the_place(written: str, start: dt.datetime) -> None:
    [found] = read(f"UID:1\nSUMMARY:Fest\nDTSTART{written}")
    assert found.start == start
    assert found.end is None


def test_a_duration_is_an_end() -> None:
    [found] = read("UID:1\nSUMMARY:Fest\nDTSTART:20260704T130000Z\nDURATION:PT90M")
    assert found.end == berlin(2026, 7, 4, 16, 30)


@pytest.mark.parametrize(("end", "last"), [("20260706", berlin(2026, 7, 5)), ("20260705", None)])
def test_whole_days_end_with_their_last_day(end: str, last: dt.datetime | None) -> None:
    [found] = read(f"UID:1\nSUMMARY:Fest\nDTSTART;VALUE=DATE:20260704\nDTEND;VALUE=DATE:{end}")
    assert (found.all_day, found.start, found.end) == (True, berlin(2026, 7, 4), last)


def test_only_the_status_cancels() -> None:
    assert [found.is_cancelled for found in read(f"{ONCE}\nSTATUS:CANCELLED")] == [True]


@pytest.mark.parametrize("day", ["20250704", "20270704"])
def test_what_is_over_or_far_away_is_left_out(day: str) -> None:
    assert read(ONCE.replace("20260704", day)) == []


def test_the_key_stays_whatever_else_changes() -> None:
    [one], [other] = read(ONCE), read(ONCE.replace("Fest", "Ball").replace("0704", "0711"))
    assert one.key == other.key


# What repeats


def test_a_weekly_date_is_one_event_with_its_exceptions() -> None:
    moved = (
        "UID:1\nSUMMARY:Café\nRECURRENCE-ID;TZID=Europe/Berlin:20260407T170000\n"
        "DTSTART;TZID=Europe/Berlin:20260408T180000\nDTEND;TZID=Europe/Berlin:20260408T200000"
    )
    rule = "RRULE:FREQ=WEEKLY;UNTIL=20260630T215959Z;BYDAY=TU\nEXDATE;TZID=Europe/Berlin:20260331T170000"
    [found] = read(f"{WEEKLY}\n{rule}", moved)
    assert (found.recurrence, found.recurrence_until) == ("FREQ=WEEKLY", dt.date(2026, 6, 30))
    assert found.changes == (
        Change(dt.date(2026, 3, 31)),
        Change(dt.date(2026, 4, 7), berlin(2026, 4, 8, 18), berlin(2026, 4, 8, 20)),
    )


@pytest.mark.parametrize(
    ("rule", "ours", "until"),
    [
        ("FREQ=WEEKLY", "FREQ=WEEKLY", None),
        ("FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY", dt.date(2026, 3, 31)),
        ("FREQ=WEEKLY;BYDAY=TU, TH", "FREQ=WEEKLY;BYDAY=TU,TH", None),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;WKST=SU", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", None),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=4", "FREQ=WEEKLY;INTERVAL=2", dt.date(2026, 4, 28)),
        ("FREQ=DAILY", "FREQ=DAILY", None),
        ("FREQ=DAILY;BYDAY=TU,WE", "FREQ=WEEKLY;BYDAY=TU,WE", None),
        ("FREQ=DAILY;UNTIL=20260320", "FREQ=DAILY", dt.date(2026, 3, 20)),
        ("FREQ=MONTHLY;BYDAY=3TU", "FREQ=MONTHLY;BYDAY=3TU", None),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=3", "FREQ=MONTHLY;BYDAY=3TU", None),
        ("FREQ=MONTHLY;BYMONTHDAY=17", "FREQ=MONTHLY", None),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=17", "FREQ=YEARLY", None),
    ],
)
def test_rules_that_our_events_know(rule: str, ours: str, until: dt.date | None) -> None:
    [found] = read(f"{WEEKLY}\nRRULE:{rule}")
    assert (found.recurrence, found.recurrence_until) == (ours, until)


def test_the_last_weekday_of_a_month_is_one_event() -> None:
    [found] = read(f"{WEEKLY.replace('20260317', '20260331')}\nRRULE:FREQ=MONTHLY;BYDAY=-1TU")
    assert found.recurrence == "FREQ=MONTHLY;BYDAY=-1TU"


def test_a_rule_that_nobody_says_becomes_single_dates() -> None:
    found = read(f"{WEEKLY}\nRRULE:FREQ=MONTHLY;BYMONTHDAY=17,18;COUNT=5")
    assert (len(found), {each.recurrence for each in found}) == (5, {""})
    assert len({each.key for each in found}) == 5
    assert {each.start.hour for each in found} == {17}


def test_dates_beside_the_rule_are_added_to_it() -> None:
    extra = "RDATE;TZID=Europe/Berlin:20260319T190000,20260324T170000"
    [found] = read(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=3\n{extra}")
    assert [each.start for each in found.additions] == [berlin(2026, 3, 19, 19)]


def test_a_day_with_another_title_is_a_date_of_its_own_and_left_out_of_the_series() -> None:
    other = "UID:1\nSUMMARY:Sommercafé\nRECURRENCE-ID;TZID=Europe/Berlin:20260324T170000\nDTSTART:20260324T160000Z"
    series, single = read(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=3", other)
    assert (series.title, series.recurrence, series.left_out) == ("Café", "FREQ=WEEKLY", (dt.date(2026, 3, 24),))
    assert (single.title, single.recurrence, single.start) == ("Sommercafé", "", berlin(2026, 3, 24, 17))


def test_this_and_all_following_begin_a_second_series() -> None:
    later = (
        "UID:1\nSUMMARY:Café am Abend\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260331T170000\n"
        "DTSTART;TZID=Europe/Berlin:20260401T190000\nDTEND;TZID=Europe/Berlin:20260401T200000"
    )
    off = "EXDATE;TZID=Europe/Berlin:20260407T170000"
    first, second = read(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=6\n{off}", later)
    assert (first.title, first.start, first.recurrence_until) == ("Café", berlin(2026, 3, 17, 17), dt.date(2026, 3, 24))
    assert (second.title, second.start, second.end) == (
        "Café am Abend",
        berlin(2026, 4, 1, 19),
        berlin(2026, 4, 1, 20),
    )
    assert (second.recurrence, second.recurrence_until) == ("FREQ=WEEKLY", dt.date(2026, 4, 22))
    assert second.changes == (Change(dt.date(2026, 4, 8)),)


OUTLOOK = """BEGIN:VTIMEZONE
TZID:(UTC+01:00) Amsterdam, Berlin
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
"""


@pytest.mark.parametrize(
    "begin",
    [
        ";TZID=Europe/Vienna:20260317T170000",
        ";TZID=W. Europe Standard Time:20260317T170000",
        pytest.param(
            ";TZID=/freeassociation.sourceforge.net/Europe/Berlin:20260317T170000",
            marks=pytest.mark.filterwarnings("ignore:Timezone"),
        ),
        ';TZID="(UTC+01:00) Amsterdam, Berlin":20260317T170000',
        ";TZID=Customized Time Zone:20260317T170000",
        ":20260317T170000",
    ],
)
def test_zones_that_mean_the_same_time_of_day_make_one_event(begin: str) -> None:
    lines = f"UID:1\nSUMMARY:Café\nDTSTART{begin}\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;BYDAY=TU"
    data = calendar(lines).replace(b"BEGIN:VEVENT", OUTLOOK.replace("\n", "\r\n").encode() + b"BEGIN:VEVENT", 1)
    [found] = reading.read(data, TODAY).events
    assert (found.recurrence, found.recurrence_until, found.start) == ("FREQ=WEEKLY", None, berlin(2026, 3, 17, 17))


def test_utc_is_one_event_while_no_clock_changes_and_few_where_they_do() -> None:
    utc = "UID:1\nSUMMARY:Café\nDTSTART:20260407T150000Z\nRRULE:FREQ=WEEKLY"
    [found] = read(f"{utc};COUNT=6")
    assert (found.start, found.recurrence_until) == (berlin(2026, 4, 7, 17), dt.date(2026, 5, 12))
    assert [(each.start.hour, each.start.date()) for each in read(utc)] == [
        (17, dt.date(2026, 4, 7)),
        (16, dt.date(2026, 10, 27)),
    ]


def test_an_evening_far_away_is_the_next_day_here() -> None:
    lines = "UID:1\nSUMMARY:Gespräch\nDTSTART;TZID=Asia/Kolkata:20260501T020000\nRRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=4"
    [found] = read(lines)
    assert (found.start, found.recurrence) == (berlin(2026, 4, 30, 22, 30), "FREQ=WEEKLY")


@pytest.mark.parametrize(("until", "last"), [("20991231", None), ("20300101", dt.date(2030, 1, 1))])
def test_a_series_of_many_years_is_one_event_ahead(until: str, last: dt.date | None) -> None:
    [found] = read(f"{WEEKLY.replace('20260317', '20020319')}\nRRULE:FREQ=WEEKLY;UNTIL={until}")
    assert (found.recurrence, found.recurrence_until) == ("FREQ=WEEKLY", last)
    assert found.start.weekday() == 1
    assert dt.timedelta(0) < TODAY - found.start < dt.timedelta(days=3700)


# Who it is


def test_events_without_an_identifier_are_known_by_what_they_say() -> None:
    fest, ball = (ONCE.replace("UID:1\n", "").replace("Fest", title) for title in ("Fest", "Ball"))
    keys = {each.title: each.key for each in read(fest, ball)}
    assert {each.title: each.key for each in read("SUMMARY:Neu\nDTSTART:20260601T100000Z", ball, fest)}.items() >= (
        keys.items()
    )
    assert len(set(keys.values())) == 2
    assert len(read(fest, fest)) == 1


def test_events_with_one_identifier_both_arrive_and_it_is_counted() -> None:
    both = [ONCE, ONCE.replace("Fest", "Ball").replace("0704", "0711")]
    found = reading.read(calendar(*both), TODAY)
    assert {each.title for each in found.events} == {"Fest", "Ball"}
    assert {each.key for each in found.events} == {each.key for each in read(*reversed(both))}
    assert found.shared == 2


def test_of_two_versions_of_one_event_the_newer_counts() -> None:
    newer = ONCE.replace("0704", "0711")
    assert [each.start.day for each in read(f"{newer}\nSEQUENCE:2", f"{ONCE}\nSEQUENCE:1")] == [11]


# What is private


PRIVATE = [
    "CLASS:PRIVATE",
    "CLASS:CONFIDENTIAL",
    "class:private",
    "CLASS: Private ",
    "Class : CONFIDENTIAL",
    'CLASS:"PRIVATE"',
    "CLASS;X-WHY=board:PRIVATE",
    'CLASS;X-WHY="a:b":PRIVATE',
    "CLA\n SS:PRI\n VATE",
    "CLASS:X-OUR-OWN",
    "CLASS:",
    "CLASS=PRIVATE",
    "CLASS:PUBLIC\nCLASS:PRIVATE",
    "X-CALENDARSERVER-ACCESS:RESTRICTED",
    "X-MICROSOFT-CDO-SENSITIVITY:2",
    "X-MICROSOFT-CDO-CLASS:Private",
    "X-PRIVATE:TRUE",
]


@pytest.mark.parametrize("line", PRIVATE)
def test_what_is_private_in_any_spelling_never_arrives(line: str) -> None:
    secret = WEEKLY.replace("UID:1", "UID:secret")
    for lines in (f"{secret}\n{line}", f"{line}\n{secret}\nRRULE:FREQ=WEEKLY", f"UID:secret\n{line}\nDTSTART:gestern"):
        found = reading.read(calendar(lines, ONCE), TODAY)
        assert [each.title for each in found.events] == ["Fest"]
        assert (found.private, found.skipped, found.unread) == (1, 0, [])


@pytest.mark.parametrize(
    "title", ["Busy", "Beschäftigt", "BESCHÄFTIGT", "Gebucht", "[Privat]", "Out of office", "Frei"]
)
def test_blocks_that_say_when_somebody_is_busy_are_no_events(title: str) -> None:
    found = reading.read(calendar(ONCE.replace("Fest", title)), TODAY)
    assert (found.events, found.private) == ([], 1)


def test_free_busy_components_are_counted_and_left_out() -> None:
    data = calendar(ONCE).replace(b"BEGIN:VEVENT", b"BEGIN:VFREEBUSY\r\nUID:x\r\nEND:VFREEBUSY\r\nBEGIN:VEVENT", 1)
    found = reading.read(data, TODAY)
    assert ([each.title for each in found.events], found.private) == (["Fest"], 1)


@pytest.mark.parametrize(
    "line",
    [
        "CLASS:PUBLIC",
        "class: public",
        "TRANSP:OPAQUE",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "X-CALENDARSERVER-ACCESS:PUBLIC",
    ],
)
def test_what_is_public_arrives(line: str) -> None:
    assert [each.title for each in read(f"{ONCE}\n{line}")] == ["Fest"]


def test_a_private_day_of_a_public_series_is_left_out() -> None:
    closed = (
        "UID:1\nSUMMARY:Nur Vorstand\nRECURRENCE-ID;TZID=Europe/Berlin:20260324T170000\n"
        "DTSTART;TZID=Europe/Berlin:20260324T200000\nCLASS:PRIVATE"
    )
    [found] = read(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=3", closed)
    assert (found.title, found.left_out, found.changes) == ("Café", (dt.date(2026, 3, 24),), ())


# Words


@pytest.mark.parametrize(
    "title",
    [
        "Abgesagt: Fest",
        "ABGESAGT - Fest",
        "ENTFÄLLT Fest",
        "Entfällt: Fest",
        "Fällt aus: Fest",
        "[Abgesagt] Fest",
        "Fest (abgesagt)",
        "Fest – ENTFÄLLT!",
        "Cancelled: Fest",
        "Canceled: Fest",
        "İptal: Fest",
        "iptal edildi: Fest",
        "Отменено: Fest",
        "Скасовано: Fest",
    ],
)
def test_a_cancellation_in_the_title_is_one(title: str) -> None:
    [found] = read(ONCE.replace("Fest", title))
    assert (found.title, found.is_cancelled) == ("Fest", True)


@pytest.mark.parametrize("title", ["Abgesagte Träume", "Wer hat abgesagt?", "Podium: Alles fällt aus, was nun"])
def test_a_title_that_only_speaks_of_it_is_none(title: str) -> None:
    [found] = read(ONCE.replace("Fest", title))
    assert (found.title, found.is_cancelled) == (title, False)


def test_a_cancelled_title_of_one_day_cancels_that_day() -> None:
    off = (
        "UID:1\nSUMMARY:Abgesagt: Café\nRECURRENCE-ID;TZID=Europe/Berlin:20260324T170000\n"
        "DTSTART;TZID=Europe/Berlin:20260324T170000"
    )
    [found] = read(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=3", off)
    assert found.changes == (Change(dt.date(2026, 3, 24)),)


DESCRIPTIONS = [
    (
        '<html><body><p>Willkommen</p><br>Bitte <a href="https://example.org/a?b=1&amp;c=2">anmelden</a></body></html>',
        "Willkommen",
        '<p>Bitte <a href="https://example.org/a?b=1&amp;c=2">anmelden</a></p>',
    ),
    ("Eins<br>Zwei<br><br>Drei", "Eins", "<p>Zwei</p><p>Drei</p>"),
    ("Eins\\nZwei\\n\\nDrei https://example.org/x.", "Eins", None),
    ('<a href="javascript:alert(1)">Klick</a><script>x</script>', "Klick", ""),
    ("<ul><li>Tee</li><li>Kaffee</li></ul>", "– Tee", "<p>– Kaffee</p>"),
]


@pytest.mark.parametrize(("written", "lead", "body"), DESCRIPTIONS)
def test_descriptions_keep_paragraphs_and_links(written: str, lead: str, body: str | None) -> None:
    [found] = read(f"{ONCE}\nDESCRIPTION:{written}")
    link = '<a href="https://example.org/x">https://example.org/x</a>'
    assert (found.lead, found.body) == (lead, body if body is not None else f"<p>Zwei</p><p>Drei {link}.</p>")


def test_the_address_of_an_event_is_kept_and_its_place_has_its_lines() -> None:
    [found] = read(f"{ONCE}\nURL:https://example.org/fest\nLOCATION:Haus A\\, Str. 1\\n58095 Hagen")
    assert found.body == '<p><a href="https://example.org/fest">https://example.org/fest</a></p>'
    assert found.place_name == "Haus A, Str. 1\n58095 Hagen"


def test_lines_are_unfolded_before_they_are_decoded() -> None:
    title = "Straßenfest 🎪 أهلا".encode()
    for place in range(1, len(title)):
        folded = title[:place] + b"\r\n " + title[place:]
        [found] = reading.read(calendar(ONCE).replace(b"Fest", folded), TODAY).events
        assert found.title == "Straßenfest 🎪 أهلا"


def test_what_is_no_utf_8_is_read_as_windows_does_and_said() -> None:
    data = calendar(ONCE.replace("Fest", "Müßiggang – für 5 €"))
    found = reading.read(data.decode().encode("windows-1252"), TODAY)
    assert ([each.title for each in found.events], found.is_windows_1252) == (["Müßiggang – für 5 €"], True)
    assert not reading.read(data, TODAY).is_windows_1252
    assert [each.title for each in reading.read(data.decode().encode("utf-16"), TODAY).events] == [
        "Müßiggang – für 5 €"
    ]


# What programs write that is not quite the format, or seldom


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ("EXDATE;TZID=Europe/Berlin:20260324T170000, 20260331T170000", [17, 7]),
        ("EXDATE;VALUE=DATE:20260324,20260331", [17, 7]),
        ("EXDATE:20260324T160000Z\nEXDATE;TZID=America/New_York:20260331T110000", [17, 7]),
        ("EXDATE;TZID=Europe/Berlin:20260324T000000", [17, 31, 7]),  # a day, from who knows no days
        ("EXDATE:20260324", [17, 31, 7]),
        ("EXRULE:FREQ=WEEKLY;INTERVAL=2", [24, 7]),
    ],
)
def test_dates_are_left_out_however_it_is_said(lines: str, days: list[int]) -> None:
    [found] = read(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=4\n{lines}")
    gone = {change.day.day for change in found.changes if change.start is None}
    assert [day for day in (17, 24, 31, 7) if day not in gone] == days


@pytest.mark.parametrize("value", ["20260319", ";VALUE=DATE:20260319", ";TZID=Europe/Berlin: 20260319T170000"])
def test_a_day_that_is_added_has_the_time_of_the_others(value: str) -> None:
    [found] = read(f"{WEEKLY}\nRDATE{value if value[0] == ';' else ':' + value}")
    assert [each.start for each in found.additions] == [berlin(2026, 3, 19, 17)]


def test_periods_are_added_with_their_ends() -> None:
    periods = "RDATE;VALUE=PERIOD;TZID=Europe/Berlin:20260319T100000/PT1H,20260320T100000/20260320T113000"
    [found] = read(f"{WEEKLY}\n{periods}")
    assert [each.end for each in found.additions] == [berlin(2026, 3, 19, 11), berlin(2026, 3, 20, 11, 30)]


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;UNTIL=99991231T235959Z", "FREQ=WEEKLY;BYHOUR=17;BYMINUTE=0;BYSECOND=0"])
def test_a_rule_that_says_never_or_its_own_time_is_a_rule(rule: str) -> None:
    [found] = read(f"{WEEKLY}\nRRULE:{rule}")
    assert (found.recurrence, found.recurrence_until) == ("FREQ=WEEKLY", None)


def test_another_time_of_the_day_than_its_own_is_not_followed() -> None:
    assert read(f"{WEEKLY}\nRRULE:FREQ=DAILY;BYHOUR=9,17") == []


DAY_24 = "RECURRENCE-ID;TZID=Europe/Berlin:20260324T170000"


@pytest.mark.parametrize(
    ("other", "change"),
    [
        (f"{DAY_24}\nSTATUS:CANCELLED", Change(dt.date(2026, 3, 24))),
        ("RECURRENCE-ID;VALUE=DATE:20260324\nSTATUS:Canceled", Change(dt.date(2026, 3, 24))),
        (
            f"{DAY_24}\nDTSTART;TZID=Europe/Berlin:20260324T180000",
            Change(dt.date(2026, 3, 24), berlin(2026, 3, 24, 18)),
        ),
        (
            "RECURRENCE-ID;TZID=America/New_York:20260324T120000\nDTSTART:20260324T170000Z",
            Change(dt.date(2026, 3, 24), berlin(2026, 3, 24, 18)),
        ),
    ],
)
def test_a_date_that_says_only_what_differs_does_not_cost_its_series(other: str, change: Change) -> None:
    [found] = read(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=3", f"UID:1\n{other}")
    assert found.changes == (change,)


@pytest.mark.parametrize("status", ["STATUS:cancelled", "Status : Canceled ", "STATUS;X-A=b:CANCELED"])
def test_a_status_cancels_in_any_spelling(status: str) -> None:
    assert [each.is_cancelled for each in read(f"{ONCE}\n{status}")] == [True]


def test_a_calendar_that_cancels_cancels_what_it_names_and_nothing_else() -> None:
    off = calendar(f"{ONCE}\nSTATUS:CONFIRMED").replace(b"VERSION:2.0", b"VERSION:2.0\r\nMethod: cancel")
    other = calendar(ONCE.replace("UID:1", "UID:2").replace("Fest", "Ball"))
    for data in (off + other, other + off):
        found = reading.read(data, TODAY).events
        assert {each.title: each.is_cancelled for each in found} == {"Fest": True, "Ball": False}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32", "utf-8-sig"])
def test_wide_letters_are_read_with_and_without_a_mark(encoding: str) -> None:
    data = calendar(ONCE.replace("Fest", "Frühstück für Ältere")).decode().encode(encoding)
    assert [each.title for each in reading.read(data, TODAY).events] == ["Frühstück für Ältere"]


@pytest.mark.parametrize(
    ("begin", "end", "start", "last"),
    [
        ("20260704T200000", "20260704T240000", berlin(2026, 7, 4, 20), berlin(2026, 7, 5)),
        ("20261231T240000", "20270101T010000", berlin(2027, 1, 1), berlin(2027, 1, 1, 1)),
        ("20260704T2000", "20260704T2130", berlin(2026, 7, 4, 20), berlin(2026, 7, 4, 21, 30)),
        ("20260704T200000", "20260704T205960", berlin(2026, 7, 4, 20), berlin(2026, 7, 4, 20, 59, 59)),
    ],
)
def test_times_that_people_write_are_understood(begin: str, end: str, start: dt.datetime, last: dt.datetime) -> None:
    lines = f"UID:1\nSUMMARY:Fest\nDTSTART;TZID=Europe/Berlin:{begin}\nDTEND;TZID=Europe/Berlin:{end}"
    [found] = reading.read(calendar(lines), TODAY).events
    assert (found.start, found.end, found.all_day) == (start, last, False)


@pytest.mark.parametrize(
    "times",
    [
        "DTSTART;TZID=Europe/Berlin:20260704T000000\nDTEND;TZID=Europe/Berlin:20260706T000000",
        "DTSTART:20260703T220000Z\nDTEND:20260705T220000Z",
        "DTSTART;VALUE=DATE:20260704\nDURATION:P2D",
    ],
)
def test_from_midnight_to_midnight_are_whole_days(times: str) -> None:
    [found] = read(f"UID:1\nSUMMARY:Fest\n{times}")
    assert (found.all_day, found.start, found.end) == (True, berlin(2026, 7, 4), berlin(2026, 7, 5))


def test_the_29th_of_february_comes_every_four_years() -> None:
    lines = "UID:1\nSUMMARY:Schaltfest\nDTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY"
    for today in (TODAY, berlin(2026, 11, 30)):
        assert reading.read(calendar(lines), today).events == []
    assert [each.start for each in reading.read(calendar(lines), berlin(2027, 5, 1)).events] == [berlin(2028, 2, 29)]


def test_a_floating_time_is_that_of_the_place_in_whatever_zone_a_calendar_is_shown() -> None:
    data = calendar("UID:1\nSUMMARY:Fest\nDTSTART:20260704T150000")
    shown = data.replace(b"VERSION:2.0", b"VERSION:2.0\r\nX-WR-TIMEZONE:America/New_York")
    assert [each.start for each in reading.read(shown, TODAY).events] == [berlin(2026, 7, 4, 15)]


# What strangers send


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        (b"", Outcome.UNREADABLE),
        (b"<!doctype html><html>Not found</html>", Outcome.UNREADABLE),
        (b"\x00\xff" * 100, Outcome.UNREADABLE),
        (calendar(ONCE)[:-30], Outcome.HALF),
        (calendar(*[ONCE.replace("UID:1", f"UID:{number}") for number in range(201)]), Outcome.TOO_LARGE),
        (calendar(*["UID:1"] * 5001), Outcome.TOO_LARGE),
        (calendar(ONCE).replace(b"-//Verein//DE", document.PRODUCT.encode()), Outcome.OWN),
    ],
)
def test_what_is_no_good_calendar_says_why(data: bytes, outcome: Outcome) -> None:
    with pytest.raises(NothingTaken) as caught:
        reading.read(data, TODAY)
    assert caught.value.outcome == outcome


@pytest.mark.parametrize(
    "lines",
    [
        f"{WEEKLY}\nRRULE:FREQ=SECONDLY",
        f"{WEEKLY}\nRRULE:FREQ=MINUTELY;COUNT=100000000",
        f"{WEEKLY}\nRRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3;BYSECOND=1,2,3",
        f"{WEEKLY}\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        f"{WEEKLY}\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        f"{WEEKLY}\nRRULE:FREQ=DAILY;INTERVAL=7;BYDAY=WE",
        f"{WEEKLY}\nRRULE:FREQ=DAILY;BYSETPOS=2",
        f"{WEEKLY}\nRRULE:FREQ=WEEKLY;BYMONTHDAY=31;BYMONTH=2",
        f"{WEEKLY}\nRRULE:FREQ=WEEKLY;INTERVAL=0",
        f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=9999999",
        "UID:1\nSUMMARY:Alt\nDTSTART:00010101T000000Z\nRRULE:FREQ=DAILY",
        "UID:1\nSUMMARY:Fern\nDTSTART:99991231T235959Z",
        "UID:1\nDTSTART:20260704T130000Z",
        "UID:1\nSUMMARY:Ohne Zeit",
        "UID:1\nSUMMARY:Unsinn\nDTSTART:gestern",
        "UID:1\nSUMMARY:Dauer\nDTSTART:20260704T130000Z\nDURATION:P99999999999D",
        "UID:1\nSUMMARY:Nur Ausnahme\nRECURRENCE-ID:gestern\nDTSTART:20260704T130000Z",
    ],
)
def test_one_bad_date_costs_no_time_and_spoils_no_other(lines: str) -> None:
    began = time.process_time()
    found = reading.read(calendar(lines, ONCE.replace("UID:1", "UID:2")), TODAY)
    assert [each.title for each in found.events] == ["Fest"]
    assert found.skipped == 1
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    "line",
    ["REFRESH-INTERVAL:VALUE=DURATION:PT1H", "no line at all", ":", "X-WR-TIMEZONE", "COLOR;=:x", "\x00\x01:\x02"],
)
def test_an_unreadable_line_costs_itself(line: str) -> None:
    both = calendar(ONCE, ONCE.replace("UID:1", f"UID:2\n{line}").replace("Fest", "Ball"))
    found = reading.read(both.replace(b"VERSION:2.0", f"VERSION:2.0\r\n{line}".encode(), 1), TODAY)
    assert [each.title for each in found.events] == ["Fest", "Ball"]
    assert found.skipped == 0


def test_an_event_that_never_ends_is_named_and_spoils_no_other() -> None:
    data = calendar(ONCE, ONCE.replace("UID:1", "UID:2").replace("Fest", "Ball"))
    found = reading.read(data.replace(b"END:VEVENT\r\n", b"", 1), TODAY)
    assert [each.title for each in found.events] == ["Ball"]
    assert (found.skipped, found.unread) == (1, ["Fest"])


def test_texts_are_one_line_and_turn_nothing_around() -> None:
    assert texts.line(" Fest\r\n\t\u202eam\x00  Fluss ", 255) == "Fest am Fluss"
    assert texts.line("Wort " * 200, 30) == "Wort Wort Wort Wort Wort…"
    assert len(texts.line("x" * 1000, 255)) == 255


PIECES = st.sampled_from(
    "BEGIN:VEVENT\n|END:VEVENT\n|UID:1\n|UID:2\n|SUMMARY:Fest\n|DTSTART:20260704T130000Z\n|DTSTART;VALUE=DATE:20260704\n|"
    "DTEND:20260704\n|DTEND:20260704T150000Z\n|DURATION:PT1H\n|DURATION:-P1D\n|RRULE:FREQ=WEEKLY\n|RRULE:FREQ=\n|"
    "RRULE:FREQ=MONTHLY;BYDAY=5FR\n|RRULE:FREQ=YEARLY;COUNT=0\n|EXDATE:20260711T130000Z\n|EXDATE:x\n|RDATE:20260712\n|"
    "RECURRENCE-ID:20260711T130000Z\n|RECURRENCE-ID;RANGE=THISANDFUTURE:20260711T130000Z\n|STATUS:CANCELLED\n|"
    "CLASS:PRIVATE\n|URL:https://x.example\n|RRULE:FREQ=DAILY;BYDAY=MO\n|RRULE:FREQ=WEEKLY;COUNT=3\n|SEQUENCE:2\n|"
    "DTSTART;TZID=Nowhere/Land:20260704T130000\n|BEGIN:VTIMEZONE\nTZID:X\nEND:VTIMEZONE\n|:\n|;=:\n|\n".split("|")
)


@given(st.lists(PIECES | st.text(max_size=30), max_size=25))
@example(
    ["BEGIN:VEVENT\n", "UID:1\n", "SUMMARY:Fest\n", "DTSTART:20260704T130000Z\n", "RDATE:20260712\n", "END:VEVENT\n"]
)
def test_whatever_a_stranger_sends_is_read_or_refused(pieces: list[str]) -> None:
    data = f"{HEAD}{''.join(pieces)}\r\nEND:VCALENDAR".encode("utf-8", "replace")
    try:
        found = reading.read(data, TODAY).events
    except NothingTaken:
        return
    for each in found:
        assert each.title
        assert each.end is None or each.end > each.start


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(NothingTaken):
        reading.read(b"BEGIN:VCALENDAR\r\n" + data + b"\r\nEND:VCALENDAR", TODAY)

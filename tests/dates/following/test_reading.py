"""Foreign calendars, good, strange and hostile: what of them becomes a date of ours."""

import datetime as dt
import time
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dates.following import reading, texts
from dates.following.outcomes import NothingTaken, Outcome
from dates.following.reading import Change, Foreign
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
        ("FREQ=MONTHLY;BYDAY=3TU", "FREQ=MONTHLY;BYDAY=3TU", None),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=17", "FREQ=YEARLY", None),
        ("FREQ=WEEKLY;INTERVAL=2", "FREQ=WEEKLY;INTERVAL=2", None),
        ("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=5", "FREQ=WEEKLY;BYDAY=TU,TH", dt.date(2026, 3, 31)),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", None),
        ("FREQ=DAILY;COUNT=3", "FREQ=DAILY", dt.date(2026, 3, 19)),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=3", "FREQ=MONTHLY;BYDAY=3TU", None),
        ("FREQ=MONTHLY;BYMONTHDAY=17", "FREQ=MONTHLY", None),
    ],
)
def test_rules_that_our_events_know(rule: str, ours: str, until: dt.date | None) -> None:
    [found] = read(f"{WEEKLY}\nRRULE:{rule}")
    assert (found.recurrence, found.recurrence_until) == (ours, until)


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU;COUNT=4", 4),
        ("FREQ=MONTHLY;BYDAY=3TU,4FR;COUNT=5", 5),
        ("FREQ=DAILY;BYMONTH=3;COUNT=3", 3),
        ("FREQ=MONTHLY;BYMONTHDAY=17,18;COUNT=3", 3),
    ],
)
def test_other_rules_become_single_dates(rule: str, count: int) -> None:
    found = read(f"{WEEKLY}\nRRULE:{rule}")
    assert (len(found), {each.recurrence for each in found}) == (count, {""})
    assert len({each.key for each in found}) == count
    assert {each.start.hour for each in found} == {17}


def test_a_day_with_another_title_makes_single_dates() -> None:
    other = "UID:1\nSUMMARY:Sommercafé\nRECURRENCE-ID;TZID=Europe/Berlin:20260324T170000\nDTSTART:20260324T160000Z"
    found = read(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=3", other)
    assert [each.title for each in found] == ["Café", "Sommercafé", "Café"]


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
        (calendar(f"{WEEKLY}\nRRULE:FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, range(1, 29)))}"), Outcome.TOO_LARGE),
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
    began = time.monotonic()
    found = reading.read(calendar(lines, ONCE.replace("UID:1", "UID:2")), TODAY)
    assert [each.title for each in found.events] == ["Fest"]
    assert time.monotonic() - began < 3


def test_texts_are_one_line_and_turn_nothing_around() -> None:
    assert texts.line(" Fest\r\n\t\u202eam\x00  Fluss ", 255) == "Fest am Fluss"
    assert texts.line("Wort " * 200, 30) == "Wort Wort Wort Wort Wort…"
    assert len(texts.line("x" * 1000, 255)) == 255


PIECES = st.sampled_from(
    "BEGIN:VEVENT\n|END:VEVENT\n|UID:1\n|UID:2\n|SUMMARY:Fest\n|DTSTART:20260704T130000Z\n|DTSTART;VALUE=DATE:20260704\n|"
    "DTEND:20260704\n|DTEND:20260704T150000Z\n|DURATION:PT1H\n|DURATION:-P1D\n|RRULE:FREQ=WEEKLY\n|RRULE:FREQ=\n|"
    "RRULE:FREQ=MONTHLY;BYDAY=5FR\n|RRULE:FREQ=YEARLY;COUNT=0\n|EXDATE:20260711T130000Z\n|EXDATE:x\n|RDATE:20260712\n|"
    "RECURRENCE-ID:20260711T130000Z\n|RECURRENCE-ID;RANGE=THISANDFUTURE:20260711T130000Z\n|STATUS:CANCELLED\n|"
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

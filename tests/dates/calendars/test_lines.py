"""The strict check itself: it accepts what the RFC shows and finds what it is there to find."""

import pytest

from tests.dates.calendars import lines

GOOD = (
    "BEGIN:VCALENDAR\r\nPRODID:-//A//B//EN\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20250101T000000Z\r\n"
    "DTSTART;TZID=Europe/Berlin:20250128T160000\r\nSUMMARY;LANGUAGE=de:Rat\\, Sitzung\\; eins\\n\\\\\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_a_good_file_has_no_faults() -> None:
    assert lines.faults(GOOD.encode()) == []


@pytest.mark.parametrize(
    ("right", "wrong", "found"),
    [
        ("\r\nUID", "\nUID", "CR or LF alone"),
        ("END:VCALENDAR\r\n", "END:VCALENDAR", "does not end with CRLF"),
        ("UID:1", "UID:" + "1" * 80, "84 octets"),
        ("UID:1\r\n", "UID:1\r\n\r\n", "empty"),
        ("Rat\\,", "Rat,", "SUMMARY"),
        ("\\;", ";", "SUMMARY"),
        ("\\\\\r\n", "\\\r\n", "SUMMARY"),
        ("Sitzung", "Sitz\x07ung", "control character"),
        ("Sitzung", "Sitz\x85ung", "control character"),
        ("UID:1\r\n", "", "UID 0 times"),
        ("UID:1\r\n", "UID:1\r\nUID:2\r\n", "UID 2 times"),
        ("END:VEVENT\r\n", "", "closes nothing"),
        ("END:VCALENDAR\r\n", "", "not closed"),
        (";TZID=Europe/Berlin", "", "no time zone"),
        ("20250128T160000", "20251328T160000", "DTSTART"),
        ("LANGUAGE=de", "LANGUAGE=", "no content line"),
        ("000000Z", "000000", "DTSTAMP"),
    ],
)
def test_faults_would_be_found(right: str, wrong: str, found: str) -> None:
    assert right in GOOD
    assert found in " | ".join(lines.faults(GOOD.replace(right, wrong, 1).encode()))


def test_a_fold_inside_a_character_would_be_found() -> None:
    data = GOOD.encode().replace(b"Rat", b"R\xc3\r\n \xa4t")
    assert "cut inside a character" in " | ".join(lines.faults(data))


def test_folded_lines_are_joined() -> None:
    assert lines.faults(GOOD.replace("Sitzung", "Sitz\r\n ung").encode()) == []

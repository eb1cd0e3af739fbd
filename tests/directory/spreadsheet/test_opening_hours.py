"""Opening hours in a cell, as offices write them and as the export writes them."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from directory.hours import rules
from directory.hours.timetable import Span
from directory.spreadsheet import opening_hours
from directory.spreadsheet.opening_hours import BadHours, read, value, write


def week(text: str) -> list[str]:
    return [f"{day} {opens}-{closes}" for day, opens, closes in read(text)["week"]]


WORKDAYS = [f"{day} 09:00-17:00" for day in range(1, 6)]


@pytest.mark.parametrize(
    "text",
    [
        "Mo–Fr 9–17",
        "Mo-Fr 9-17 Uhr",
        "Mo. - Fr.: 9:00 - 17:00 Uhr",
        "Montag bis Freitag von 9 Uhr bis 17 Uhr",
        "montags bis freitags 9.00–17.00 Uhr",
        "Mo, Di, Mi, Do und Fr 09:00–17:00",
        "Mo–Mi 9–17; Do + Fr 9 bis 17h",
        "Mo–Fr 9–17 Uhr, Sa/So geschlossen",
        "Monday to Friday 9:00 to 17:00",
        "MO-FR 9-17",
        "Mo–Do 9–17\nFr 9–17\n",
    ],
)
def test_ways_to_write_the_week(text: str) -> None:
    assert week(text) == WORKDAYS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mo 9–12 und 14–17", ["1 09:00-12:00", "1 14:00-17:00"]),
        ("Mo, Mi 9-12, 14-17; Di 10-11", ["1 09:00-12:00", "1 14:00-17:00", "2 10:00-11:00"]),
        ("Fr–Mo 10–11", ["1 10:00-11:00", "5 10:00-11:00", "6 10:00-11:00", "7 10:00-11:00"]),
        ("Fr 20–2 Uhr", ["5 20:00-02:00"]),
        ("Sa 18:30–24:00", ["6 18:30-00:00"]),
        ("täglich 8–9", [f"{day} 08:00-09:00" for day in range(1, 8)]),
        ("rund um die Uhr", [f"{day} 00:00-00:00" for day in range(1, 8)]),
    ],
)
def test_several_spans_over_midnight_and_over_sunday(text: str, expected: list[str]) -> None:
    found = week(text)
    assert [row for row in found if not row.startswith("3 ")] == [row for row in expected if not row.startswith("3 ")]


@pytest.mark.parametrize(
    "text",
    [
        "n. V.",
        "n.V.",
        "Nach Vereinbarung",
        "Termine nach Vereinbarung",
        "nach telefonischer Absprache",
        "by appointment",
    ],
)
def test_by_appointment(text: str) -> None:
    assert read(text) == {"week": [], "by_appointment": True, "closed_on_public_holidays": False}
    both = read(f"Mo 9–12, Sa {text}" if "erm" not in text else f"Mo 9–12, {text}")
    assert (both["week"], both["by_appointment"]) == ([[1, "09:00", "12:00"]], True)


@pytest.mark.parametrize(
    "text", ["feiertags geschlossen", "an Feiertagen geschlossen", "außer an Feiertagen", "closed on public holidays"]
)
def test_closed_on_public_holidays(text: str) -> None:
    assert read(f"Mo 9–12, {text}")["closed_on_public_holidays"]


@pytest.mark.parametrize(
    "text",
    [
        "9–17 Uhr",
        "Mo",
        "Mo 9",
        "Mo ab 9 Uhr",
        "Mo 9–",
        "Mo 9–12–15",
        "Mo 25–26",
        "Mo 9:75–10",
        "Mo 9–9",
        "Mo 9am–5pm",
        "jeden 2. Montag 9–12",
        "So und an Feiertagen 10–12",
        "werktags 9–17",
        "geschlossen",
        "Mo– 9–12",
        "feiertags geschlossen",
        "auf Anfrage bei Frau Muster",
        "Mo 9–12, Xy 10–11",
    ],
)
def test_what_cannot_be_read_is_told_with_an_example(text: str) -> None:
    with pytest.raises(BadHours, match="Mo–Fr 9:00–12:00"):
        read(text)


def test_times_that_overlap_name_the_day() -> None:
    with pytest.raises(BadHours, match=r"Dienstag|Tuesday"):
        read("Di 9–12, 11–13")


spans = st.builds(Span, *(st.times().map(lambda time: time.replace(second=0, microsecond=0)) for _ in range(2)))
rows = st.lists(st.tuples(st.integers(1, 7), spans), max_size=9, unique=True).filter(
    lambda found: (
        rules.clash(found) is None and all(not span.is_whole_day or span.opens == dt.time.min for _day, span in found)
    )
)


@given(rows, st.booleans(), st.booleans(), st.sampled_from(["de", "en"]))
def test_what_is_written_is_read_again(
    found: list[tuple[int, Span]], by_appointment: bool, holidays: bool, language: str
) -> None:
    listed: Any = [[day, f"{span.opens:%H:%M}", f"{span.closes:%H:%M}"] for day, span in sorted(found)]
    flags = {"by_appointment": by_appointment or not found, "closed_on_public_holidays": holidays}
    hours = value(listed, **flags)
    with translation.override(language):
        assert read(write(hours)) == hours


@given(st.text(alphabet="MoDiFrSa 0912:-–,;.nVUhr\n", max_size=40))
def test_any_text_gives_hours_or_a_sentence(text: str) -> None:
    try:
        hours = read(text)
    except BadHours as error:
        assert str(error)
    else:
        assert opening_hours.write(hours)

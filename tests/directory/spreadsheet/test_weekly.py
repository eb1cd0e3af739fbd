"""Regular offers in a cell, as people write them and as the export writes them."""

import pytest
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from directory.profiles.taxonomy import SPOKEN
from directory.spreadsheet import weekly
from directory.spreadsheet.vocabulary import spoken_languages


def read(text: str) -> list[tuple[object, ...]]:
    rows = weekly.read(text, spoken_languages("de"))
    return [(row["weekday"], row["starts"], row["ends"], row["what"]) for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        "Montag 15:00–17:00: Hausaufgabenhilfe",
        "Montag 15:00-17:00 Hausaufgabenhilfe",
        "Mo 15-17 Uhr Hausaufgabenhilfe",
        "Mo., 15.00 bis 17.00 Uhr: Hausaufgabenhilfe",
        "montags von 15 Uhr bis 17 Uhr Hausaufgabenhilfe",
        "Monday 15:00 to 17:00 Hausaufgabenhilfe",
        "  MONTAG   15:00 – 17:00   Hausaufgabenhilfe ",
    ],
)
def test_ways_to_write_an_offer(text: str) -> None:
    assert read(text) == [(1, "15:00", "17:00", "Hausaufgabenhilfe")]


def test_the_end_may_be_open() -> None:
    assert read("Freitag 18:30 Chor") == [(5, "18:30", "", "Chor")]


def test_one_a_line_or_after_a_semicolon() -> None:
    assert [row[0] for row in read("Mo 15-17 A; Di 9-10 B; so wie immer")] == [1, 2]
    assert [row[0] for row in read("Mo 15-17 A; Di 9-10 B\nSo 11:00 C;")] == [1, 7]


def test_place_audience_and_languages_follow_after_bars() -> None:
    (row,) = weekly.read("Mo 15:00 Chor | Saal | Alle | Arabisch, uk", spoken_languages("de"))
    assert (row["place"], row["for_whom"], row["language_codes"]) == ("Saal", "Alle", ["ar", "uk"])


@pytest.mark.parametrize(
    "text",
    [
        "Chor",
        "jeden zweiten Mittwoch",
        "Montag Chor",
        "Mo 15:00",
        "Mo 25:00 Chor",
        "Mo 15:75 Chor",
        "Mo 17:00-15:00 Chor",
        "Xy 15:00 Chor",
        "Mo 15:00 Chor | a | b | Klingonisch",
        "Mo 15:00 Chor | a | b | de | e",
        "Mo 15:00 | Saal",
        "Mo 15:00 " + "x" * 151,
    ],
)
def test_what_is_no_offer_is_said_in_a_sentence(text: str) -> None:
    with pytest.raises(weekly.BadOffer, match=r"\w+ \w+ \w+"):
        read(text)


@given(st.text(max_size=80))
def test_any_text_gives_offers_or_a_sentence(text: str) -> None:
    try:
        read(text)
    except weekly.BadOffer as error:
        assert str(error)


line = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" |\\:;-–"), max_size=40).map(
    lambda text: " ".join(text.split())
)
times = st.times().map(lambda time: f"{time:%H:%M}")


@st.composite
def rows(draw: st.DrawFn) -> weekly.Rows:
    found = []
    for _number in range(draw(st.integers(1, 4))):
        first, second = sorted((draw(times), draw(times)))
        found.append(
            {
                "weekday": draw(st.integers(1, 7)),
                "starts": first,
                "ends": second if second > first and draw(st.booleans()) else "",
                "what": draw(line.filter(bool)),
                "place": draw(line),
                "for_whom": draw(line),
                "language_codes": sorted(draw(st.sets(st.sampled_from(SPOKEN), max_size=3))),
            }
        )
    return found


@given(rows(), st.sampled_from(["de", "en"]))
def test_what_is_written_is_read_again(rows: weekly.Rows, code: str) -> None:
    with translation.override(code):
        spoken = spoken_languages(code)
        assume(len(rows) > 1 or not weekly.after_semicolons().search(weekly.write(rows, spoken)))
        assert weekly.read(weekly.write(rows, spoken), spoken) == rows

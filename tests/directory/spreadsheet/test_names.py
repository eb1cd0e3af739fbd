"""Names that mean one organisation, and names that do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.spreadsheet import names


@pytest.mark.parametrize(
    "other",
    [
        "Türkischer Kulturverein",
        "Türkischer Kulturverein e.V.",
        "Türkischer Kulturverein e. V.",
        "Türkischer Kulturverein E.V",
        "Türkischer Kulturverein eV",
        "TÜRKISCHER KULTURVEREIN (e.V.)",
        "Türkischer Kulturverein, eingetragener Verein",
        "Tuerkischer Kulturverein",
        "Turkischer Kulturverein",
        "„Türkischer Kulturverein“",
        "Kulturverein, Türkischer",
        "  Türkischer\u00a0Kulturverein ",
        "Tu\u0308rkischer Kulturverein",
    ],
)
def test_ways_to_write_one_name(other: str) -> None:
    assert names.key(other) == names.key("Türkischer Kulturverein")


def test_and_is_written_in_many_ways() -> None:
    assert names.key("Bildungs- und Kulturverein") == names.key("Bildungs & Kulturverein")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kulturverein Nord", "Kulturverein Süd"),
        ("Verein 1", "Verein 2"),
        ("Türkischer Kulturverein", "Türkischer Sportverein"),
        ("Ev. Kirche", "Kirche"),
        ("Verein e.V.", "e.V."),
    ],
)
def test_names_that_are_not_the_same(one: str, other: str) -> None:
    assert names.key(one) != names.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Українці в Хагені", "Ukraintsi v Hageni"),
        ("Ελληνική Κοινότητα Χάγκεν", "Elliniki Koinotita Hagen"),
        ("جمعية الجسر النموذجية", "Jamiyat al-Jisr an-namudhajiya"),
        ("Болгарско сдружение", "Balgarsko sdruzhenie"),
    ],
)
def test_names_in_two_scripts_sound_alike(one: str, other: str) -> None:
    assert names.is_latin(other)
    assert not names.is_latin(one)
    assert names.sound_alike(names.skeleton(one), names.skeleton(other))


def test_short_names_are_not_compared_by_sound() -> None:
    assert names.skeleton("Mir") == ""


@given(st.text(max_size=60))
def test_any_text_has_a_key(name: str) -> None:
    assert names.key(name) == names.key(f"  {name}\n")
    names.skeleton(name)


word = st.text(st.characters(categories=["Lu", "Ll"]), min_size=3, max_size=20)


@given(word, word)
def test_the_order_of_words_does_not_matter(one: str, other: str) -> None:
    assert names.key(f"{one} {other} e.V.") == names.key(f"{other}, {one}")

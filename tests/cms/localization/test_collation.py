"""Registers from A to Z in the order of each reader."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.localization import languages
from cms.localization.collation import initial, sort_key

any_language = st.sampled_from(languages.LANGUAGES)


@pytest.mark.parametrize(
    ("code", "ordered"),
    [
        ("de", ["Apfel", "Äpfel", "Arbeit", "Öl", "Oper", "Strase", "Straße", "Strasser", "Zoo"]),
        ("de", ["2 Welten", "AWO", "Çiçek", "Club", "Ístanbul", "Jugendring", "Łódź", "Lotse", "Şen", "Sport"]),
        ("de", ["Haus", "Haus Süd", "Haus-West", "Hausaufgabenhilfe"]),
        ("de", ["Verein", "Дім", "Єдність", "بيت"]),
        ("tr", ["Cem", "Çiçek", "Dost", "Gül", "Ğ", "Hagen", "Irmak", "İnegöl", "Jugend", "Okul", "Öğretmen"]),
        ("tr", ["Sanat", "Şiir", "Tarih", "Umut", "Ümit", "Vakıf"]),
        ("ro", ["Azur", "Ăla", "Âla", "Bine", "Izvor", "Înalt", "Joc", "Suflet", "Școală", "Tată", "Țară", "Ulm"]),
        ("uk", ["Гай", "Ґанок", "Дім", "Едем", "Єдність", "Зоря", "Искра", "Іва", "Їжак", "Йога", "Щастя", "Юність"]),
        ("ru", ["Едем", "Ёлка", "Ель", "Жизнь", "Иван", "Йога", "Клуб", "Объект", "Яблоко", "Verein"]),
        ("bg", ["Ирис", "Йога", "Щастие", "Ъгъл", "Юг", "Ям", "Verein"]),
        ("ar", ["أمل", "بيت", "پارس", "تعاون", "جمعية", "كتاب", "گل", "لقاء", "هدى", "وردة", "يد", "Verein"]),
        ("fa", ["آب", "امید", "بیت", "پارس", "ژاله", "کتاب", "گل", "نور", "وطن", "هنر", "یاد", "Verein"]),
    ],
)
def test_names_stand_where_readers_look_for_them(code: str, ordered: list[str]) -> None:
    language = languages.get(code)
    backwards = ordered[::-1]
    assert sorted(backwards, key=lambda name: sort_key(name, language)) == ordered


@pytest.mark.parametrize(
    ("code", "name", "heading"),
    [
        ("de", "Äpfel", "A"),
        ("de", "„Anker“ e. V.", "A"),
        ("de", "  'Zoo", "Z"),
        ("de", "ßtrange", "S"),
        ("de", "Çiçek", "C"),
        ("de", "İnegöl", "I"),
        ("de", "2 Welten", "#"),
        ("de", "…", "#"),
        ("de", "", "#"),
        ("de-simple", "Übung", "U"),
        ("tr", "Çiçek", "Ç"),
        ("tr", "ilk", "İ"),
        ("tr", "Irmak", "I"),
        ("tr", "Ärzte", "A"),
        ("ro", "Şcoală", "Ș"),
        ("uk", "їжак", "Ї"),
        ("ru", "Ёлка", "Е"),
        ("ar", "أمل", "ا"),
        ("ar", "«یاد»", "ي"),
        ("fa", "ياد", "ی"),
        ("fa", "آب", "ا"),
        ("en", "Ελλάδα", "Ε"),
    ],
)
def test_a_name_stands_under_the_letter_of_the_readers_alphabet(code: str, name: str, heading: str) -> None:
    assert initial(name, languages.get(code)) == heading


def test_quotation_marks_and_dots_do_not_change_the_place_of_a_name() -> None:
    german = languages.get("de")
    assert sort_key("„A.W.O.“", german)[:2] == sort_key("AWO", german)[:2]


@settings(deadline=None)
@given(names=st.lists(st.text("aäæbçiıİIzß „-2ЕёїЯأپيی", min_size=1, max_size=4), max_size=6), language=any_language)
def test_each_heading_appears_once_in_a_sorted_register(names: list[str], language: languages.Language) -> None:
    headings = [initial(name, language) for name in sorted(names, key=lambda name: sort_key(name, language))]
    blocks = [heading for place, heading in enumerate(headings) if place == 0 or headings[place - 1] != heading]
    assert len(blocks) == len(set(blocks))


@settings(deadline=None)
@given(one=st.text(max_size=12), other=st.text(max_size=12), language=any_language)
def test_only_the_same_text_has_the_same_key(one: str, other: str, language: languages.Language) -> None:
    assert (sort_key(one, language) == sort_key(other, language)) == (one == other)

"""What stands in the index of a document, and with which weight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.localization import languages
from cms.search import stop_words
from cms.search.forms import LONGEST, length_of, postings_of
from cms.search.passages import FACTS, NAMES, Part, Passage
from cms.search.skeletons import skeleton
from cms.search.stems import stems_of
from cms.search.words import parts_of, words_in


def weight(form: str, *passages: tuple[str, Part]) -> int:
    return postings_of([Passage(text, "de", part) for text, part in passages])["de", form].weight


def test_a_fact_weighs_more_than_any_article_says_it() -> None:
    article = weight("~arab", ("Arabisch", Part.TITLE), ("Arabisch", Part.TEASER), ("Arabisch " * 50, Part.BODY))
    assert weight("~arab", ("Arabisch", Part.FACT)) > article > weight("~arab", ("Arabisch", Part.TITLE))


def test_a_word_weighs_less_in_a_longer_text_and_more_when_said_again() -> None:
    short, long = ("Haus", Part.BODY), ("Haus " + "Kurs " * 500, Part.BODY)
    again = ("Haus Haus " + "Kurs " * 500, Part.BODY)
    assert weight("~haus", short) > weight("~haus", again) > weight("~haus", long) >= 1


def test_long_texts_keep_stems_only_and_no_silent_words() -> None:
    postings = postings_of([Passage("Die Kurse für Frauen", "de", Part.BODY)])
    assert postings.keys() == {("de", "~kurs"), ("de", "~frau")}


def test_names_and_facts_have_a_skeleton_and_the_stems_of_their_script() -> None:
    forms = {form for _language, form in postings_of([Passage("Українці", NAMES, Part.NAME)])}
    assert "^" + skeleton("Ukraintsi") in forms
    assert {"~" + stem for stem in stems_of("Українці", FACTS)} <= forms
    assert {stem for each in ("uk", "ru", "bg") for stem in stems_of("Українці", each)} == set(
        stems_of("Українці", FACTS)
    )


def test_words_with_a_hyphen_stand_apart_and_as_one() -> None:
    forms = {form for _language, form in postings_of([Passage("Sprach-Café – Treffpunkt", "de", Part.TITLE)])}
    assert {"sprach", "cafe", "sprachcafe", "treffpunkt"} <= forms
    assert "cafetreffpunkt" not in forms


@pytest.mark.parametrize("words", ["مكتبة مكتبات المكتبة والمكتبة المكتبات", "بيت البيت", "كتاب بالكتاب والكتاب"])
def test_arabic_words_share_a_stem_with_and_without_article(words: str) -> None:
    assert set.intersection(*(set(stems_of(word, "ar")) for word in words.split()))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "організація організації організацією організаціями"),
        ("bg", "училище училища училищата училището"),
        ("fa", "کتاب کتاب‌ها کتاب‌های کتابم"),
        ("tr", "kadın kadınlar kadinlar KADINLAR"),
        ("de", "Kurs Kurse Kursen"),
        ("ro", "curs cursul cursurile"),
        ("ru", "библиотека библиотеки библиотекам"),
    ],
)
def test_inflections_share_a_stem(language: str, words: str) -> None:
    assert set.intersection(*(set(stems_of(word, language)) for word in words.split()))


def test_similar_letters_stay_apart() -> None:
    assert stems_of("й", "ru") != stems_of("и", "ru")
    assert stems_of("їжа", "uk") != stems_of("іжа", "uk")


@pytest.mark.parametrize(
    ("word", "parts"),
    [("Hagen’de", ["Hagen’de", "Hagen"]), ("O'Neil", ["O'Neil"]), ("می‌رود", ["می‌رود", "رود"]), ("п'ять", ["п'ять"])],
)
def test_what_of_a_word_stands_alone(word: str, parts: list[str]) -> None:
    assert parts_of(word) == parts


def test_vowel_signs_do_not_cut_words() -> None:
    assert [word[0] for word in words_in("كِتابٌ, snake_case")] == ["كِتابٌ", "snake", "case"]


@pytest.mark.parametrize("language", languages.BY_CODE)
def test_every_language_has_silent_words(language: str) -> None:
    assert len(stop_words.of(language)) > 60


PASSAGES = st.lists(
    st.builds(
        Passage, st.text(max_size=80), st.sampled_from([*languages.BY_CODE, NAMES, FACTS]), st.sampled_from(Part)
    ),
    max_size=4,
)


@given(PASSAGES)
def test_whatever_is_written_fits_into_the_index(passages: list[Passage]) -> None:
    for (_language, form), standing in postings_of(passages).items():
        assert 0 < len(form) <= LONGEST
        assert 0 < len(standing.written) <= LONGEST
        assert 1 <= standing.weight <= 1000
        assert "\x00" not in form
    assert length_of(passages) >= 0

"""Words that are the same to who looks for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.localization.folding import folded, words_of


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Frühstück für Ältere", "fruehstueck FUR altere"),
        ("Straße", "strasse"),
        ("Häuser", "haeuser"),
        ("İstanbul", "ISTANBUL"),
        ("ışık", "isik"),
        ("مكتبة الأطفال", "مکتبه الاطفال"),
        ("می‌رود", "میرود"),
        ("Żółty", "zolty"),
        ("٥٨٠٩٥", "58095"),
    ],
)
def test_spellings_of_a_word_are_one(written: str, typed: str) -> None:
    assert folded(written) == folded(typed)


@pytest.mark.parametrize(("one", "other"), [("й", "и"), ("ї", "і"), ("Quelle", "Qulle"), ("Frauen", "Fraun")])
def test_letters_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(st.text())
def test_whatever_is_typed_can_be_looked_for(text: str) -> None:
    assert " ".join(words_of(text)) == folded(text)

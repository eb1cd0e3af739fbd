"""Telephone numbers as people type and paste them."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.localization import phones
from directory.models import OrganisationPage


@pytest.mark.parametrize(
    "typed",
    [
        "02331 207-5555",
        "02331/2075555",
        "(02331) 207 55 55",
        "+49 2331 2075555",
        "0049 2331 2075555",
        "+49 (0)2331 207-5555",
        "Tel. 02331 2075555",
        "tel:+4923312075555",
        "٠٢٣٣١ ٢٠٧٥٥٥٥",
        "۰۲۳۳۱ ۲۰۷۵۵۵۵",
        "\u202a+49 2331 207\u20115555\u202c",
        "+49\xa02331\u202f2075555",
    ],
)
def test_every_usual_spelling_of_a_number_is_the_same_number(typed: str) -> None:
    assert phones.parse(typed) == "+4923312075555"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Rathaus",
        "12",
        "999",
        "911",
        "02331 207 (Frau Meier)",
        "02331 2070, 02331 2071",
        "02331 2070 ext. 12",
        "1" * 300,
    ],
)
def test_what_cannot_be_dialled_is_refused(typed: str) -> None:
    with pytest.raises(phones.InvalidPhoneNumber):
        phones.parse(typed)


@pytest.mark.parametrize("typed", ["115", "110", "112", "116117", "116 117", "116 111", "116 016", "116-116", "١١٥"])
def test_short_numbers_of_the_country_are_dialled_as_they_are(typed: str) -> None:
    number = phones.parse(typed)
    assert number == phones.display(number) == phones.tel_uri(number).removeprefix("tel:")
    assert number in {"110", "112", "115", "116016", "116111", "116116", "116117"}


def test_nobody_has_a_short_number_in_whatsapp() -> None:
    OrganisationPage._meta.get_field("phone").clean("115", None)
    with pytest.raises(ValidationError):
        OrganisationPage._meta.get_field("whatsapp").clean("115", None)


def test_the_refusal_names_the_text_and_says_what_to_do() -> None:
    with translation.override("en"), pytest.raises(ValueError, match="“Rathaus” is not a telephone number"):
        phones.parse("Rathaus")


def test_numbers_at_home_are_shown_national_and_others_international() -> None:
    assert phones.display("+4923312075555") == "02331 2075555"
    assert phones.display("+902125551212") == "+90 212 555 12 12"


def test_a_number_without_country_code_belongs_to_the_given_region() -> None:
    assert phones.parse("0212 555 12 12", region="TR") == "+902125551212"


def test_the_link_target_has_no_separators() -> None:
    assert phones.tel_uri("+4923312075555") == "tel:+4923312075555"


@pytest.mark.parametrize("function", [phones.display, phones.tel_uri])
def test_only_telephone_numbers_reach_a_page(function: object) -> None:
    with pytest.raises(phones.InvalidPhoneNumber):
        function('"><script>')  # type: ignore[operator]


@settings(deadline=None)
@given(st.integers(1_000, 99_999_999).map(lambda digits: f"+492331{digits}"))
def test_what_is_shown_reads_back_as_the_same_number(e164: str) -> None:
    try:
        number = phones.parse(e164)
    except phones.InvalidPhoneNumber:
        return
    assert number == e164
    assert phones.parse(phones.display(number)) == number


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_either_a_number_or_a_named_error(text: str) -> None:
    try:
        number = phones.parse(text)
    except phones.InvalidPhoneNumber:
        return
    assert number.startswith("+")
    assert number[1:].isascii()
    assert number[1:].isdigit()

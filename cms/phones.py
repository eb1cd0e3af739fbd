"""Telephone numbers: stored as E.164 ("+4923312070"), read and written as people do.

What a number looks like in which country is the knowledge of ``phonenumbers``, Google's list.
Short codes that cannot be dialled from abroad (115, 112) are not telephone numbers in this sense.
"""

import unicodedata

import phonenumbers
from django.utils.translation import gettext
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

HOME = "DE"
"""Country of numbers that are written without a country code."""


class InvalidPhoneNumber(ValueError):
    """Text that is no telephone number; the message is for the person who typed it, in their language."""


def parse(text: str, region: str = HOME) -> str:
    """E.164 form of what a person typed or pasted, in any digits: "02331 207-0" is "+4923312070"."""
    return phonenumbers.format_number(_number(text, region), PhoneNumberFormat.E164)


def display(e164: str) -> str:
    """Readable form: national for numbers of ``HOME`` ("02331 2070"), international for others."""
    number = _number(e164, HOME)
    at_home = number.country_code == phonenumbers.country_code_for_region(HOME)
    style = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def tel_uri(e164: str) -> str:
    """Link target by RFC 3966, global number without visual separators."""
    return f"tel:{parse(e164)}"


def _number(text: str, region: str) -> PhoneNumber:
    """The number in ``text``; ``InvalidPhoneNumber`` if there is none or it has an extension, which E.164 lacks."""
    try:
        number = phonenumbers.parse(_cleaned(text), region)
    except NumberParseException as error:
        raise _invalid(text) from error
    if number.extension or not phonenumbers.is_valid_number(number):
        raise _invalid(text)
    return number


def _invalid(text: str) -> InvalidPhoneNumber:
    message = gettext(
        "“%(text)s” is not a telephone number. Please write one number with its area code "
        "and without an extension, for example 02331 207-0."
    )
    return InvalidPhoneNumber(message % {"text": text})


def _cleaned(text: str) -> str:
    """Without the invisible direction marks and special spaces that come along when a number is copied."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(character for character in plain if unicodedata.category(character) != "Cf")

"""Telephone numbers: stored as E.164 ("+4923312070"), read and written as people do.

What a number looks like in which country is the knowledge of ``phonenumbers``, Google's list.
Short numbers of the country (112, 115, 116117) are stored and dialled as they are: nobody reaches them from abroad.
"""

import re
import unicodedata

import phonenumbers
from django.utils.translation import gettext
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

HOME = "DE"
"""Country of numbers that are written without a country code."""
OF_SOCIAL_VALUE = re.compile(r"116\d{3}")
"""Helplines that have the same number in all of the EU (decision 2007/116/EC); Google's list lacks new ones."""


class InvalidPhoneNumber(ValueError):
    """Text that is no telephone number; the message is for the person who typed it, in their language."""


def parse(text: str, region: str = HOME) -> str:
    """E.164 form of what a person typed or pasted, in any digits: "02331 207-0" is "+4923312070".

    A short number is its digits: "116 117" is "116117".
    """
    return short_number(text, region) or phonenumbers.format_number(_number(text, region), PhoneNumberFormat.E164)


def short_number(text: str, region: str = HOME) -> str:
    """The digits of a short number of ``region``: emergency, authorities, helplines; empty for any other text."""
    digits = re.sub(r"[\s\-/().]", "", _cleaned(text))
    if not re.fullmatch(r"\d{3,6}", digits):
        return ""
    digits = "".join(str(unicodedata.digit(sign)) for sign in digits)
    number = PhoneNumber(country_code=phonenumbers.country_code_for_region(region), national_number=int(digits))
    is_known = phonenumbers.is_valid_short_number_for_region(number, region) and digits == str(int(digits))
    return digits if is_known or OF_SOCIAL_VALUE.fullmatch(digits) else ""


def display(e164: str) -> str:
    """Readable form: national for numbers of ``HOME`` ("02331 2070"), international for others."""
    short = short_number(e164)
    if short:
        return short
    number = _number(e164, HOME)
    at_home = number.country_code == phonenumbers.country_code_for_region(HOME)
    style = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def tel_uri(e164: str) -> str:
    """Link target by RFC 3966, without visual separators; phones dial a short number in the country they are in."""
    return f"tel:{parse(e164)}"


def _number(text: str, region: str) -> PhoneNumber:
    """The number in ``text``; ``InvalidPhoneNumber`` if there is none or it has an extension, which E.164 lacks."""
    try:
        number = phonenumbers.parse(_cleaned(text), region)
    except NumberParseException as error:
        raise invalid(text) from error
    if number.extension or not phonenumbers.is_valid_number(number):
        raise invalid(text)
    return number


def invalid(text: str) -> InvalidPhoneNumber:
    message = gettext(
        "“%(text)s” is not a telephone number. Please write one number with its area code "
        "and without an extension, for example 02331 207-0."
    )
    return InvalidPhoneNumber(message % {"text": text})


def _cleaned(text: str) -> str:
    """Without the invisible direction marks and special spaces that come along when a number is copied."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(character for character in plain if unicodedata.category(character) != "Cf")

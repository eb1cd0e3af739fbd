"""What an address may ask for: each parameter read strictly, and refused in a sentence."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from cms.localization.accepted_dates import is_accepted_year
from cms.open_data.kinds import Schema

LONGEST = 64
MOST_PAGES = 100_000
SIZE, MOST_ON_A_PAGE = 50, 100


class BadQuestion(ValueError):
    """Says in English, to whoever writes the program, what is wrong with the address."""


@dataclass(frozen=True)
class Parameter:
    """``read`` makes a value of the text, or raises ValueError with a sentence."""

    name: str
    description: str
    schema: Schema
    read: Callable[[str], Any]


def _day(text: str) -> dt.date:
    try:
        day = dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise ValueError("must be a day such as 2026-05-31") from None
    if not is_accepted_year(day.year):
        raise ValueError("is not in a year that this site has dates for")
    return day


def _number(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= most):
            raise ValueError(f"must be a number from 1 to {most}")
        return int(text)

    return read


def _key(text: str) -> str:
    if not all(sign.isalnum() or sign in "-_" for sign in text):
        raise ValueError("must be a key of letters, digits and hyphens")
    return text


def day(name: str, description: str) -> Parameter:
    return Parameter(name, description, {"type": "string", "format": "date"}, _day)


def key(name: str, description: str) -> Parameter:
    return Parameter(name, description, {"type": "string", "maxLength": LONGEST}, _key)


PAGE = Parameter(
    "page", "Which page of the list.", {"type": "integer", "minimum": 1, "default": 1}, _number(MOST_PAGES)
)
SIZE_OF_PAGE = Parameter(
    "size",
    "How many a page.",
    {"type": "integer", "minimum": 1, "maximum": MOST_ON_A_PAGE, "default": SIZE},
    _number(MOST_ON_A_PAGE),
)
PAGING = (PAGE, SIZE_OF_PAGE)


def read(parameters: Sequence[Parameter], query: QueryDict) -> Mapping[str, Any]:
    """The values of those that are given; others, such as marks of campaigns, are left alone. Raises BadQuestion."""
    found = {}
    for parameter in parameters:
        texts = query.getlist(parameter.name)
        if not texts or texts == [""]:
            continue
        if len(texts) > 1:
            raise BadQuestion(f"The parameter {parameter.name} may be given once.")
        if len(texts[0]) > LONGEST:
            raise BadQuestion(f"The parameter {parameter.name} is longer than {LONGEST} characters.")
        try:
            found[parameter.name] = parameter.read(texts[0])
        except ValueError as error:
            raise BadQuestion(f"The parameter {parameter.name} {error}.") from error
    if found.get("from") and found.get("to") and found["to"] < found["from"]:
        raise BadQuestion("The parameter to must not be before from.")
    return found

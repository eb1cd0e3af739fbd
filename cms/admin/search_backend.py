"""Wagtail's search, in which editors find a telephone number however they write it.

Models index ``searched(number)``; what is typed and looks like a number is turned into the same.
"""

import re
import unicodedata
from typing import Any

from wagtail.search.backends import database
from wagtail.search.query import PlainText

TYPED = re.compile(r"\s*\(?(\+|0)[\d\s()/\-–]*", re.ASCII)
FEWEST = 6
"""Digits of a number that begins with 0; fewer may be a postal code."""
HOME = "49"


def searched(*numbers: str) -> str:
    """Numbers as stored (E.164), as the index keeps them."""
    return " ".join(number.removeprefix("+") for number in numbers if number)


def as_searched(typed: str) -> str:
    """ "02331 207-0", "0049 2331 2070" and "+49 (2331) 207" as the index keeps them; any other text as it is."""
    text = "".join(str(unicodedata.digit(sign, sign)) for sign in typed).replace("(0)", "")
    digits = "".join(re.findall(r"[0-9]", text))
    if not TYPED.fullmatch(text) or len(digits) < FEWEST:
        return typed
    if text.strip(" (").startswith("+"):
        return digits
    return digits.removeprefix("00") if digits.startswith("00") else HOME + digits.removeprefix("0")


class FindsNumbers:
    def _search(self, compiler: Any, query: Any, model_or_queryset: Any, **kwargs: Any) -> Any:
        if isinstance(query, str):
            query = as_searched(query)
        elif isinstance(query, PlainText):
            query = PlainText(as_searched(query.query_string), operator=query.operator)
        return super()._search(compiler, query, model_or_queryset, **kwargs)  # type: ignore[misc]


def SearchBackend(params: dict[str, Any]) -> Any:
    """That of the database in use."""
    of_database = type(database.SearchBackend(params))
    return type("SearchBackend", (FindsNumbers, of_database), {})(params)

"""In which district an event is whose place is only said in words: as far as the site's own addresses tell."""

import re
from collections.abc import Iterable
from functools import lru_cache

from cms.localization.folding import folded

POSTAL_CODE = re.compile(r"\b\d{5}\b")
HOUSE_NUMBER = re.compile(r"\s+\d+\s*[a-zA-Z]?(\s*[-–/+]\s*\d+\s*[a-zA-Z]?)*\s*$")
STREET = re.compile(r"strasse\b|str\b")
Address = tuple[str, str, int]
"""Street with number, postal code, key of the district."""


class Addresses:
    """What the addresses that are known say of others. A street or postal code of several districts says nothing."""

    def __init__(self, known: Iterable[Address], districts: Iterable[tuple[int, str]]) -> None:
        streets: dict[str, set[int]] = {}
        codes: dict[str, set[int]] = {}
        for street, postal_code, district in known:
            if name := street_of(street):
                streets.setdefault(name, set()).add(district)
            if postal_code.strip():
                codes.setdefault(postal_code.strip(), set()).add(district)
        self._streets = {name: found.pop() for name, found in streets.items() if len(found) == 1}
        self._codes = {code: found.pop() for code, found in codes.items() if len(found) == 1}
        self._names = {name: key for key, label in districts if (name := folded(label))}

    def district_of(self, address: str, postal_code: str = "") -> int | None:
        """Of an address in whatever form, by its street, the name of a district in it, or its postal code."""
        text = f" {_plain(address)} "
        for known in (self._streets, self._names):
            if found := next((key for name, key in known.items() if f" {name} " in text), None):
                return found
        codes = [postal_code.strip(), *POSTAL_CODE.findall(address)]
        return next((self._codes[code] for code in codes if code in self._codes), None)


def street_of(address: str) -> str:
    """Without the number, as streets are compared: "Elberfelder Str. 12" is in "elberfelder str"."""
    return _plain(HOUSE_NUMBER.sub("", address))


@lru_cache(maxsize=4096)
def _plain(address: str) -> str:
    return STREET.sub("str", folded(address))

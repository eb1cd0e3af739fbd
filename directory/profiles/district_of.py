"""In which district an organisation is that has not named one: as far as its address, or else its name, tells."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.localization.folding import folded
from cms.localization.localized_text import LocalizedText, phrase
from directory.profiles.taxonomy import District

FROM_ADDRESS, FROM_NAME = _("worked out from the address"), _("worked out from the name")
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Whereabouts:
    """``concluded_from`` is empty where somebody has said it."""

    district: District
    concluded_from: str | Promise = ""

    @property
    def said(self) -> LocalizedText | str:
        """Its name, and from what it is concluded."""
        if not self.concluded_from:
            return self.district.label
        return phrase("%(district)s (%(how)s)", district=self.district.label, how=str(self.concluded_from))


class Districts:
    """Those of one Site, by their postal codes and by their names in other texts."""

    def __init__(self, districts: Iterable[District]) -> None:
        self._by_pk = {district.pk: district for district in districts}
        self._by_code = {code: each for each in self._by_pk.values() for code in each.codes}
        self._by_name = {f" {name} ": each for each in self._by_pk.values() for name in names_of(each.name)}

    def __bool__(self) -> bool:
        return bool(self._by_pk)

    @property
    def rows(self) -> list[District]:
        return list(self._by_pk.values())

    def of(self, named: int | None, street: str, postal_code: str, city: str, title: str) -> Whereabouts | None:
        """``named`` is the key of the district that the organisation gives itself."""
        if named is not None:
            return Whereabouts(self._by_pk[named]) if named in self._by_pk else None
        if found := self._by_code.get(postal_code.strip()) or self._named_in(street) or self._named_in(city):
            return Whereabouts(found, FROM_ADDRESS)
        found = self._named_in(title)
        return Whereabouts(found, FROM_NAME) if found else None

    def _named_in(self, text: str) -> District | None:
        """Where the names of two stand, neither is meant."""
        words = _words(text) if text else ""
        found = {each for name, each in self._by_name.items() if name in words}
        return found.pop() if len(found) == 1 else None


def names_of(name: str) -> list[str]:
    """Those that one name joins: "Eilpe/Dahl" is Eilpe, and Dahl."""
    return [words for part in name.split("/") if (words := _words(part).strip())]


@lru_cache(maxsize=8192)
def _words(text: str) -> str:
    return f" {' '.join(WORD.findall(folded(text)))} "

"""By what lists and calendars of events can be narrowed down."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext

from cms.localization import languages
from cms.localization.collation import sort_key
from cms.localization.localized_text import LocalizedText
from directory.profiles.filters import FilterChoice
from directory.profiles.said import MAX_QUERY_LENGTH

FILTERS = ("topic", "language", "district", "organiser", "series")
FREE, QUERY = "free", "q"
PARAMETERS = (*FILTERS, FREE, QUERY)
Labels = Mapping[str, LocalizedText | str]
Document = tuple[str, int]
"""Kind and key in the search."""


@dataclass(frozen=True)
class Marks:
    """By what something is found: by filter the values with their labels, and its document in the search; of several
    things that share one, ``texts`` tell which of them says a word, each with its language.
    """

    values: Mapping[str, Labels]
    document: Document
    is_free: bool = False
    texts: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for; "" is anything."""

    values: Mapping[str, str]
    is_free: bool = False
    query: str = ""

    @classmethod
    def by(cls, parameters: Mapping[str, str]) -> "Wanted":
        """As an address says it; unknown values find nothing."""
        query = " ".join(parameters.get(QUERY, "").replace("\0", "").split())[:MAX_QUERY_LENGTH]
        return cls({name: parameters.get(name, "") for name in FILTERS}, parameters.get(FREE) == "1", query)

    def __bool__(self) -> bool:
        return any(self.values.values()) or self.is_free or bool(self.query)

    @property
    def parameters(self) -> dict[str, str]:
        """As an address says it."""
        given = {**self.values, FREE: "1" if self.is_free else "", QUERY: self.query}
        return {name: value for name, value in given.items() if value}

    @property
    def query_string(self) -> str:
        return f"?{urlencode(self.parameters)}" if self else ""

    def finds(self, marks: Marks) -> bool:
        """By its filters; for words there is ``event_search``."""
        has_all = all(not value or value in marks.values.get(name, ()) for name, value in self.values.items())
        return has_all and (marks.is_free or not self.is_free)


def choices(found: Iterable[Marks], wanted: Wanted) -> dict[str, list[FilterChoice]]:
    """By filter: what something has, in the reader's order, with the number of such; what is asked for in any case."""
    listed, reader = list(found), languages.active()
    by_filter = {}
    for name in FILTERS:
        labels = {value: label for marks in listed for value, label in marks.values.get(name, {}).items()}
        counts = Counter(value for marks in listed for value in marks.values.get(name, ()))
        asked = wanted.values[name]
        if asked and labels:
            labels.setdefault(asked, asked)
        options = [FilterChoice(value, label, counts[value], value == asked) for value, label in labels.items()]
        by_filter[name] = sorted(options, key=lambda choice: sort_key(str(choice.label), reader))
    return by_filter


def in_words(found: Iterable[Marks], wanted: Wanted) -> list[str]:
    """What is asked for, in the reader's words."""
    listed = list(found)
    labels = [
        next((marks.values[name][value] for marks in listed if value in marks.values.get(name, ())), value)
        for name, value in wanted.values.items()
        if value
    ]
    free = [gettext("Free of charge")] if wanted.is_free else []
    return [*map(str.__str__, labels), *free, *([wanted.query] if wanted.query else [])]

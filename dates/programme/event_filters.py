"""By what lists and calendars of events can be narrowed down."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlencode

from django.utils.translation import gettext

from cms.localization import languages
from cms.localization.collation import sort_key
from cms.localization.folding import folded, words_of
from cms.localization.localized_text import LocalizedText
from directory.profiles.filters import FilterChoice
from directory.profiles.said import MAX_QUERY_LENGTH

FILTERS = ("topic", "language", "district", "organiser", "series")
FREE, QUERY = "free", "q"
PARAMETERS = (*FILTERS, FREE, QUERY)
Labels = Mapping[str, LocalizedText | str]


@dataclass(frozen=True)
class Marks:
    """By what something is found: by filter the values with their labels, and the texts to look for words in."""

    values: Mapping[str, Labels]
    is_free: bool = False
    texts: Callable[[], Iterable[str]] = field(default=tuple)


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
        return (
            all(not value or value in marks.values.get(name, ()) for name, value in self.values.items())
            and (marks.is_free or not self.is_free)
            and self._is_said(marks)
        )

    def _is_said(self, marks: Marks) -> bool:
        if not self.query:
            return True
        text = _compared(" ".join(marks.texts()))
        return all(word in text for word in words_of(self.query))


@lru_cache(maxsize=4096)
def _compared(text: str) -> str:
    """Folding a letter at a time is most of what a search costs; the texts are the same the next time."""
    return folded(text)


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

"""What a check says, and what it is given to look at."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from cms.localization import languages
from translations.checks import text


class Severity(StrEnum):
    """An error refuses the words, a warning asks once more."""

    ERROR = "error"
    WARNING = "warning"


ERROR, WARNING = Severity.ERROR, Severity.WARNING


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: in which check, how badly, in a sentence, and where.

    ``passage`` are the offending words, of the translation or, where something is missing, of the German text.
    """

    check: str
    severity: Severity
    message: str
    passage: str = ""


@dataclass(frozen=True)
class Pair:
    """A German fragment and its translation, both HTML with inline tags, and what is known of their place."""

    source: str
    target: str
    language: str
    max_length: int | None = None
    terms: Mapping[str, str] = field(default_factory=dict)
    names: Sequence[str] = ()

    @cached_property
    def german(self) -> str:
        """The German words as they are read."""
        return text.plain(self.source)

    @cached_property
    def words(self) -> str:
        """The translated words as they are read."""
        return text.plain(self.target)

    @property
    def is_german(self) -> bool:
        """Whether the translation is German itself: plain language."""
        return self.language.split("-")[0] == languages.SOURCE


Check = Callable[[Pair], Iterable[Finding]]

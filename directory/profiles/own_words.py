"""The words of an organisation about itself in its own language."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from cms.localization import languages


@dataclass(frozen=True)
class OwnWords:
    """``about`` is rich text; ``language`` a BCP 47 code out of ``taxonomy.SPOKEN``."""

    language: str
    short_description: str
    about: str

    @property
    def attrs(self) -> SafeString:
        return languages.attributes(self.language)

    @property
    def language_name(self) -> str:
        return languages.name_in(self.language, languages.active().code)

    @property
    def is_of_the_site(self) -> bool:
        return self.language in languages.BY_CODE


def words_of(page: Any) -> OwnWords | None:
    """The own words of a profile (its source page or a draft of it); None when there are none."""
    words = OwnWords(page.native_language, page.own_short_description, page.own_about)
    has_words = bool(words.short_description or words.about)
    return words if has_words and words.language not in ("", languages.SOURCE) else None

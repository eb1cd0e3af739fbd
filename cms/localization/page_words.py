"""The words of a page, or of one of its rows: each of its texts with its language and its origin."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from wagtail.models import Page, TranslatableMixin

from cms.localization import languages, locales
from cms.localization.localized_text import LocalizedText, Name


class PageWords:
    """The words of a page, or of one row of it: its text fields as ``LocalizedText`` in their language.

    >>> page.words.title        # prints <span lang="de" dir="ltr">…</span> on an Arabic page without translation
    """

    def __init__(self, written: TranslatableMixin) -> None:
        self.written = written
        self.lang = locales.code_of(written.locale_id)
        self.by_machine = bool(getattr(written, "by_machine", False))
        self.is_outdated = bool(getattr(written, "outdated_since", None))

    @property
    def attrs(self) -> SafeString:
        """`` lang="…" dir="…"`` for an element that holds only these words."""
        return languages.attributes(self.lang)

    def __getattr__(self, field: str) -> Any:
        value = getattr(self.written, field)
        return self.saying(value) if isinstance(value, str) else value

    def saying(self, text: str) -> LocalizedText:
        """``text`` with the language and the origin of these words."""
        return LocalizedText(text, self.lang, by_machine=self.by_machine, is_outdated=self.is_outdated)

    @property
    def title(self) -> LocalizedText:
        text = self.written.title
        return Name(text) if title_is_name(self.written) else self.saying(text)


def title_is_name(page: Any) -> bool:
    """Whether pages of this kind are called the same in every language; asks the database nothing."""
    model = page.specific_class if isinstance(page, Page) else None
    return bool(getattr(model, "title_is_name", False))


@dataclass(frozen=True)
class RowInWords:
    """A child row of a source page, with its facts, and its words in one language."""

    source: Any
    words: PageWords


def in_words(rows: Iterable[Any], translated_rows: Iterable[Any]) -> list[RowInWords]:
    """Child rows of a source page, each in the words of its translation (same translation key) or in its own."""
    translations = {row.translation_key: row for row in translated_rows}
    return [RowInWords(row, PageWords(translations.get(row.translation_key, row))) for row in rows]

"""LibreTranslate, on a server of one's own or hosted (https://docs.libretranslate.com)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from translations.machine.provider import Service, as_many, post_json, unusable

TARGETS = frozenset({"en", "ar", "uk", "tr", "ru", "fa", "bg", "ro"})
"""Our languages that it has models for, by the same codes; a server can have installed fewer: ``LANGUAGES``."""


@dataclass(frozen=True, kw_only=True)
class LibreTranslate(Service):
    """A server sets its limits itself, by default none; small parts come back in time from one without a GPU."""

    name: ClassVar[str] = "libretranslate"
    label: ClassVar[str] = "LibreTranslate"
    max_texts: ClassVar[int] = 25
    max_characters: ClassVar[int] = 5_000

    def can_translate(self, language: str) -> bool:
        return language in TARGETS and (not self.languages or language in self.languages)

    def translate(self, texts: Sequence[str], language: str) -> list[str]:
        if not texts:
            return []
        content = {"q": list(texts), "source": "de", "target": language, "format": "html"}
        if self.key:
            content["api_key"] = self.key
        answer = post_json(f"{self.url}/translate", content, label=self.label, timeout=self.timeout)
        try:
            found = answer["translatedText"]
        except (KeyError, TypeError):
            raise unusable(self.label) from None
        return as_many(found, texts, self.label)

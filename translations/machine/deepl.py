"""DeepL, free and paid (https://developers.deepl.com/api-reference/translate)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from translations.machine.provider import Service, as_many, post_json, unusable

TARGETS = {
    "en": "EN-GB",
    "ar": "AR",
    "uk": "UK",
    "tr": "TR",
    "ru": "RU",
    "bg": "BG",
    "ro": "RO",
    "fa": "FA",
}
"""DeepL's codes of our languages."""

BETA = frozenset({"fa"})
"""Languages that DeepL offers as beta: not promised to stay or to handle tags, so only if ``LANGUAGES`` name them."""


@dataclass(frozen=True, kw_only=True)
class DeepL(Service):
    """One request takes 50 texts and 128 KiB; 30,000 characters stay below that in every script."""

    name: ClassVar[str] = "deepl"
    label: ClassVar[str] = "DeepL"
    max_texts: ClassVar[int] = 50
    max_characters: ClassVar[int] = 30_000

    def can_translate(self, language: str) -> bool:
        return language in TARGETS and (language in self.languages if self.languages else language not in BETA)

    def translate(self, texts: Sequence[str], language: str) -> list[str]:
        """HTML handling, not XML: it respects ``translate="no"`` and never rejects a text for an entity like &nbsp;."""
        if not texts:
            return []
        content: dict[str, object] = {
            "text": list(texts),
            "source_lang": "DE",
            "target_lang": TARGETS[language],
            "tag_handling": "html",
            "tag_handling_version": "v2",
        }
        # "prefer" also for languages that know no formality: there it does nothing.
        content |= {"enable_beta_languages": True} if language in BETA else {"formality": "prefer_more"}
        answer = post_json(
            f"{self.url}/v2/translate",
            content,
            label=self.label,
            timeout=self.timeout,
            authorization=f"DeepL-Auth-Key {self.key}",
        )
        try:
            found = [translation["text"] for translation in answer["translations"]]
        except (KeyError, TypeError):
            raise unusable(self.label) from None
        return as_many(found, texts, self.label)

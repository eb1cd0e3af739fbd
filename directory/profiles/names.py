"""What an organisation is called, and what it says of itself in a language of its own."""

from typing import Any

from cms.localization.localized_text import LocalizedText, Name
from directory.profiles.own_words import OwnWords, words_of


class HasNames:
    """Of a profile; the names are proper names, and facts: they stand on the source page."""

    facts: Any
    title: str
    native_name: str
    short_name: str
    former_names: str

    @property
    def name(self) -> LocalizedText:
        """The German name, never translated."""
        return Name(self.facts.title)

    @property
    def name_in_own_language(self) -> LocalizedText | None:
        facts = self.facts
        return LocalizedText(facts.native_name, facts.native_language or "und") if facts.native_name else None

    @property
    def names(self) -> list[str]:
        """All by which people may know it."""
        own = (self.title, self.native_name, self.short_name, *self.former_names.splitlines())
        return [name for each in own if (name := each.strip())]

    @property
    def former(self) -> list[LocalizedText]:
        """What it was called before."""
        return [Name(name) for line in self.facts.former_names.splitlines() if (name := line.strip())]

    @property
    def own_passage(self) -> OwnWords | None:
        """What the organisation says of itself in a language that the site does not have."""
        words = words_of(self.facts)
        return words if words and not words.is_of_the_site else None

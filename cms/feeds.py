"""Atom feeds (RFC 4287) that any program can read, whatever the texts in them hold."""

from collections.abc import Mapping
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from cms.localization.clean_text import clean


class AtomFeed(Atom1Feed):
    """Entries say in which language (``lang``) they are written, and that their summaries are plain text."""

    def root_attributes(self) -> dict[str, str]:
        return _clean(super().root_attributes())

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {**super().item_attributes(item), "xml:lang": str(item["lang"])}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        self.feed = _clean(self.feed)
        super().add_root_elements(handler)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Django would call the summary HTML, in which "5 < 7" is the beginning of a tag."""
        written = _clean(item)
        super().add_item_elements(handler, {**written, "description": None})
        if written["description"]:
            handler.addQuickElement("summary", written["description"], {"type": "text"})


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    """XML has no way at all to write most of what ``clean`` takes out."""
    return {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}

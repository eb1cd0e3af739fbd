"""Atom feeds (RFC 4287) that any program can read, whatever the texts in them hold."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from cms.localization import languages, notices
from cms.localization.clean_text import clean
from cms.localization.localized_text import LocalizedText
from cms.localization.reading_order import apart, for_reader

BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class AtomFeed(Atom1Feed):
    """Entries say in which language they are written, what is to be told of their words, and that both are plain text.

    They are added with ``add_words``: titles and summaries are ``LocalizedText``, so that no feed can forget to tell.
    ``published`` says when the page of the feed was, for one without entries.
    """

    def add_words(self, *, title: LocalizedText, summary: LocalizedText, link: str, **values: Any) -> None:
        self.add_item(title=title.plain, description=None, link=link, words=title, summary=summary, **values)

    def latest_post_date(self) -> dt.datetime:
        """Never the time of asking: the same feed is the same bytes."""
        moments = [item[name] for item in self.items for name in ("pubdate", "updateddate") if item[name]]
        return max(moments, default=self.feed.get("published") or BEGINNING)

    def root_attributes(self) -> dict[str, str]:
        return _clean(super().root_attributes())

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {**super().item_attributes(item), "xml:lang": item["words"].lang}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        self.feed = _clean(self.feed)
        self.feed["title"] = for_reader(self.feed["title"])
        self.feed["subtitle"] = for_reader(self.feed["subtitle"]) if self.feed["subtitle"] else self.feed["subtitle"]
        super().add_root_elements(handler)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Django would call the summary HTML, in which "5 < 7" is the beginning of a tag."""
        title, summary = item["words"], item["summary"]
        super().add_item_elements(handler, {**_clean(item), "title": _title(title)})
        for label in notices.labels(title):
            handler.addQuickElement("category", None, {"term": label, "xml:lang": languages.active().code})
        text = _summary(summary, notices.notices(summary if summary else title))
        if text:
            handler.addQuickElement("summary", text, {"type": "text", "xml:lang": languages.active().code})


def _title(words: LocalizedText) -> str:
    """German words are seen to be German; of the reader's own, it has to be said what they are worth."""
    if words.lang != languages.active().code:
        return clean(words.plain)
    return for_reader(clean(notices.title_of(words)))


def _summary(words: LocalizedText, told: list[str]) -> str:
    text = clean(words.plain)
    return "\n\n".join(filter(None, [*told, apart(text, words.lang) if told else for_reader(text)]))


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    """XML has no way at all to write most of what ``clean`` takes out."""
    return {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}

"""What has changed in a German sentence since it was translated."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from django.utils.safestring import SafeString
from wagtail_localize.models import String

from cms.localization import changed_words
from translations.models import TranslationStatus
from translations.segments import Place, Segment, translations_of
from translations.workbench.codes import to_codes

_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Earlier:
    """The German sentence that stood in the same place when the page was translated, and its translation."""

    source: str
    target: str

    @property
    def written(self) -> str:
        return to_codes(self.target)


def plain(fragment: str) -> str:
    return unescape(_TAG.sub("", fragment))


def marked(before: str, after: str) -> SafeString:
    """``after`` with what is new in it as ``<ins>`` and what has gone as ``<del>``, word by word."""
    return marked_text(plain(before), plain(after))


def marked_text(before: str, after: str) -> SafeString:
    """The same for text without HTML."""
    return changed_words.as_html(changed_words.pieces(before, after))


def earlier_sentences(row: TranslationStatus | None, segments: Sequence[Segment]) -> dict[Place, Earlier]:
    """By place, for sentences that are new where another one was translated before; at most two queries."""
    now = {segment.place for segment in segments}
    gone = [(place[0], place[1]) for place in (row.live_strings if row else []) if tuple(place) not in now]
    if row is None or not gone:
        return {}
    german = String.objects.in_bulk({place[1] for place in gone})
    stored = {(words.context_id, words.translation_of_id): words.data for words in translations_of(gone, row.language)}
    found: dict[Place, Earlier] = {}
    known = {tuple(place) for place in row.live_strings}
    for segment in segments:
        if segment.place in known:
            continue
        in_context = [place for place in gone if place[0] == segment.context_id and place[1] in german]
        if in_context:
            gone.remove(in_context[0])
            found[segment.place] = Earlier(german[in_context[0][1]].data, stored.get(in_context[0], ""))
    return found

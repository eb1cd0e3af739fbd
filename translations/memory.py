"""What was translated before, on any page there is: the same German sentence, or one that is nearly the same.

What a deleted page said was deleted for a reason: nothing of it is offered, and all of it again once it is restored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from cms.bin.tree import OUTSIDE
from cms.localization import languages, locales
from translations.segments import PERSON, Place, Segment, count_words

ALIKE = 0.85
"""From this share of equal characters on a sentence is offered."""
MOST_OFFERED = 3
SHORTEST = 12
"""Characters below which only the same text is offered: nearly the same short words mean something else."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A translation of the same or of a similar German sentence; ``alike`` is from 0.85 to 1."""

    source: str
    target: str
    alike: float

    @property
    def percent(self) -> int:
        return int(self.alike * 100)


def _by_people(language: str) -> QuerySet[StringTranslation]:
    """What a person has translated into ``language`` for a page that is not deleted; newest last."""
    pages = Page.objects.filter(OUTSIDE, locale_id=locales.id_of(languages.SOURCE))
    found = StringTranslation.objects.filter(
        locale_id=locales.id_of(language),
        translation_type=PERSON,
        has_error=False,
        context__object__in=pages.values("translation_key"),
    )
    return found.exclude(data="").order_by("updated_at", "pk")


def known_sentences(language: str) -> list[tuple[int, str, str]]:
    """String id, German and translation of whatever a person has translated into ``language``; newest last."""
    return list(
        _by_people(language)
        .filter(translation_of__locale_id=locales.id_of(languages.SOURCE))
        .values_list("translation_of_id", "translation_of__data", "data")
    )


def same_sentences(segments: Sequence[Segment], language: str) -> dict[Place, str]:
    """For each sentence the newest translation that a person made of it elsewhere."""
    wanted = {segment.string_id for segment in segments}
    if not wanted:
        return {}
    newest = dict(_by_people(language).filter(translation_of_id__in=wanted).values_list("translation_of_id", "data"))
    return {segment.place: newest[segment.string_id] for segment in segments if segment.string_id in newest}


def suggestions(segments: Sequence[Segment], language: str) -> dict[Place, list[Suggestion]]:
    """What may be taken over for each sentence, the most alike first; one query."""
    if not segments:
        return {}
    known = known_sentences(language)
    by_words: dict[int, list[tuple[int, str, str]]] = {}
    for sentence in known:
        by_words.setdefault(count_words(sentence[1]), []).append(sentence)
    return {segment.place: found for segment in segments if (found := _alike(segment, by_words))}


def _alike(segment: Segment, by_words: dict[int, list[tuple[int, str, str]]]) -> list[Suggestion]:
    count = count_words(segment.source)
    window = range(int(count * ALIKE) - 1, int(count / ALIKE) + 2)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(segment.source)
    found: dict[str, Suggestion] = {}
    for string_id, source, target in (sentence for near in window for sentence in by_words.get(near, ())):
        if string_id == segment.string_id:
            found[target] = Suggestion(source, target, 1.0)
        elif len(segment.source) >= SHORTEST:
            matcher.set_seq1(source)
            if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
                alike = matcher.ratio()
                if alike >= ALIKE:
                    found.setdefault(target, Suggestion(source, target, alike))
    return sorted(found.values(), key=lambda suggestion: -suggestion.alike)[:MOST_OFFERED]

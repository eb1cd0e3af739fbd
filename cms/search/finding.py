"""The one function that reads the index: what a query means, and what it finds, best first."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterator

from django.db.models import Count, Q
from django.utils import timezone
from wagtail.models import Site

from cms.search import kinds as register
from cms.search import meaning, synonyms
from cms.search.forms import SKELETON, STEM
from cms.search.found import Found, Group, Match
from cms.search.meaning import Key, Wanted
from cms.search.models import SearchDocument, SearchPosting, SearchTerm
from cms.search.vocabulary import vocabulary

MOST_ROWS = 20_000
"""Postings that are read for the words of a query; of commoner words those of documents that are met anyway."""
MOST_DOCUMENTS = 1_000
AT_ONCE = 5_000
MOST_NEAREST = 5
ENOUGH = 4
"""A document has to answer at least a fourth as well as the best one."""
FEW_WORDS = 2
"""Up to so many, documents that have all come first; whoever writes a sentence does not mean each word of it."""


def find(query: str, *, site: Site, language: str, kinds: Collection[str] | None = None) -> Found:
    """What of ``kinds`` (all of them without) is public on ``site`` and answers ``query`` of a reader of ``language``.

    Any text is a query; of a long one only the beginning counts. Never raises; the number of queries does not grow
    with words or hits.
    """
    words = meaning.words_of(query, language)
    if not words:
        return Found()
    reading = _Reading(site, kinds)
    wanted = meaning.meant(words, language, vocabulary.refreshed(), synonyms.of(language))
    reading.read(wanted)
    mistaken = [each for each in wanted if not reading.hits(each)]
    farther: dict[Key, int] = {}
    for each in mistaken:
        farther |= meaning.add_mistaken(each, language, vocabulary)
    if mistaken:
        reading.read(mistaken, also=farther)
    return Found(
        groups=_groups(wanted, reading),
        words=words,
        missed=[each.written for each in mistaken if not reading.hits(each) and not reading.has_all_parts(each)],
        nearest=_nearest(mistaken, farther, reading),
        met=reading.met(wanted),
    )


class _Reading:
    """What the database says of the forms of a query."""

    def __init__(self, site: Site, kinds: Collection[str] | None) -> None:
        self.documents = SearchDocument.objects.filter(site=site)
        if kinds is not None:
            self.documents = self.documents.filter(kind__in=kinds)
        self.count = SearchDocument.objects.count()
        self.written: dict[Key, str] = {}
        self.weights: dict[Key, dict[int, int]] = {}
        """By form and document."""
        self.known: dict[int, tuple[str, int, int]] = {}
        """Kind, key and day of the documents that count."""
        self._looked_up: set[int] = set()

    def read(self, words: list[Wanted], also: Collection[Key] = ()) -> None:
        terms = self._terms({key for each in words for key in each.forms()}.union(also) - self.weights.keys())
        counts = dict(
            SearchPosting.objects.filter(term__in=terms).values_list("term").annotate(count=Count("pk")).order_by()
        )
        own = {key for each in words for key in each.own}
        best: dict[Key, int] = {}
        for each in words:
            for key, percent in each.like.items():
                best[key] = max(percent, best.get(key, 0))
        asked = sorted(
            (term for term in terms if term in counts),
            key=lambda term: (terms[term] not in own, -best.get(terms[term], 0), counts[term], terms[term]),
        )
        rare, common, rows = [], [], 0
        for term in asked:
            rows += counts[term]
            if rows <= MOST_ROWS:
                rare.append(term)
            elif terms[term] in own:
                common.append(term)
        found = list(self._postings(rare))
        if common:
            met = sorted({document for _term, document, _weight in found})[-MOST_DOCUMENTS:]
            found += self._postings(common, met)
        self._look_up({document for _term, document, _weight in found})
        for term, document, weight in found:
            if document in self.known:
                self.weights.setdefault(terms[term], {})[document] = weight

    def _terms(self, keys: set[Key]) -> dict[int, Key]:
        by_language: dict[str, list[str]] = defaultdict(list)
        for language, form in keys:
            by_language[language].append(form)
        if not keys:
            return {}
        condition = Q()
        for language, forms in by_language.items():
            condition |= Q(language=language, form__in=forms)
        terms = {}
        for key, language, form, written in SearchTerm.objects.filter(condition).values_list(
            "pk", "language", "form", "written"
        ):
            terms[key] = (language, form)
            self.written[language, form] = written
        return terms

    @staticmethod
    def _postings(terms: list[int], documents: list[int] | None = None) -> Iterator[tuple[int, int, int]]:
        rows = SearchPosting.objects.filter(term__in=terms)
        if documents is not None:
            rows = rows.filter(document__in=documents)
        yield from rows.values_list("term_id", "document_id", "weight")

    def _look_up(self, documents: set[int]) -> None:
        new = sorted(documents - self._looked_up)
        self._looked_up.update(new)
        for start in range(0, len(new), AT_ONCE):
            rows = self.documents.filter(pk__in=new[start : start + AT_ONCE])
            for key, kind, object_id, date in rows.values_list("pk", "kind", "object_id", "date"):
                self.known[key] = (kind, object_id, date.toordinal() if date else 0)

    def worth(self, documents: int) -> int:
        """Of a word that stands in so many: BM25's, a hundredfold."""
        return max(1, round(100 * math.log(1 + (self.count - documents + 0.5) / (documents + 0.5))))

    def hits(self, word: Wanted) -> dict[int, int]:
        """By document, how well it answers the word; nothing where the word was met nowhere."""
        worth = self.worth_of(word)
        best: dict[int, int] = {}
        for forms in (word.own, word.like):
            for document, score in self._best(forms, worth).items():
                best[document] = max(score, best.get(document, 0))
        return best

    def in_parts(self, word: Wanted) -> dict[int, tuple[int, bool]]:
        """By document, how well it answers the parts of the word, and whether it has all."""
        scores: dict[int, int] = defaultdict(int)
        met: dict[int, int] = defaultdict(int)
        for part in word.parts:
            for document, score in self._best(part, None).items():
                scores[document] += score
                met[document] += 1
        return {document: (score, met[document] == len(word.parts)) for document, score in scores.items()}

    def has_all_parts(self, word: Wanted) -> bool:
        """Something has each part of it: of a compound, or of several words that mean the same."""
        return any(has_all for _score, has_all in self.in_parts(word).values())

    def _best(self, forms: dict[Key, int], highest: int | None) -> dict[int, int]:
        best: dict[int, int] = {}
        for key, percent in forms.items():
            weights = self.weights.get(key)
            if not weights:
                continue
            worth = self.worth(len(weights))
            factor = percent * (worth if highest is None else min(worth, highest))
            for document, weight in weights.items():
                score = factor * weight
                if score > best.get(document, 0):
                    best[document] = score
        return best

    def worth_of(self, word: Wanted) -> int:
        """A word that is known is worth as much as it is rare, whatever is like it."""
        own = max((len(self.weights.get(key, ())) for key in word.own), default=0)
        return self.worth(own or min(self.count, sum(len(self.weights.get(key, ())) for key in word.like)))

    def met(self, words: list[Wanted]) -> dict[str, frozenset[str]]:
        forms: dict[str, set[str]] = defaultdict(set)
        for language, form in {key for each in words for key in each.forms() if key in self.weights}:
            forms[language].add(form)
        return {language: frozenset(some) for language, some in forms.items()}


def _groups(words: list[Wanted], reading: _Reading) -> list[Group]:
    scores: dict[int, int] = defaultdict(int)
    met: dict[int, int] = defaultdict(int)
    for word in words:
        hits, parts = reading.hits(word), reading.in_parts(word)
        for document in hits.keys() | parts.keys():
            in_parts, has_all = parts.get(document, (0, False))
            scores[document] += max(hits.get(document, 0), in_parts)
            met[document] += document in hits or has_all
    best, today = max(scores.values(), default=0), timezone.localdate().toordinal()
    places = {kind.name: place for place, kind in enumerate(register.in_order())}
    matches: dict[str, list[tuple[tuple[int, ...], Match]]] = defaultdict(list)
    for document, score in scores.items():
        is_whole = met[document] == len(words)
        if is_whole or score * ENOUGH >= best:
            kind, object_id, day = reading.known[document]
            first = is_whole and len(words) <= FEW_WORDS
            order = (not first, -score, *_nearness(day - today), object_id)
            matches[kind].append((order, Match(kind, object_id, score, is_whole)))
    groups = []
    for kind, some in matches.items():
        some.sort(key=lambda pair: pair[0])
        groups.append((some[0][0][:2], places.get(kind, len(places)), kind, [match for _order, match in some]))
    return [Group(kind, hits) for _best, _place, kind, hits in sorted(groups, key=lambda each: each[:3])]


def _nearness(days_ahead: int) -> tuple[bool, int]:
    """What comes next is first, then what was last."""
    return days_ahead < 0, abs(days_ahead)


def _nearest(words: list[Wanted], farther: dict[Key, int], reading: _Reading) -> list[str]:
    """Whole words only: what was written where a stem was first met may be gone, while others keep the stem."""
    best: dict[str, tuple[int, int]] = {}
    near = [pair for word in words for pair in word.like.items()]
    for key, percent in near if any(map(reading.hits, words)) else [*near, *farther.items()]:
        if key[1][0] not in (STEM, SKELETON) and (weights := reading.weights.get(key)):
            written = reading.written[key]
            best[written] = max(best.get(written, (0, 0)), (percent, len(weights)))
    return sorted(best, key=lambda written: (-best[written][0], -best[written][1], written))[:MOST_NEAREST]

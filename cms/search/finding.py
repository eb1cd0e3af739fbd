"""The one function that reads the index: what a query means, and what it finds, best first."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Count, Q
from django.utils import timezone
from wagtail.models import Site

from cms.search import kinds as register
from cms.search import meaning, stop_words, synonyms
from cms.search.forms import HIGHEST, SKELETON, STEM
from cms.search.found import Found, Group, Match
from cms.search.meaning import Key, Wanted
from cms.search.models import SearchDocument, SearchPosting, SearchTerm
from cms.search.vocabulary import vocabulary

MOST_ROWS = 5_000
"""Postings that are read for the words of a query; of commoner words those of documents that are met anyway."""
MOST_DOCUMENTS = 500
MOST_NEAREST = 5
ENOUGH = 4
"""A document has to answer at least a fourth as well as the best one."""
LEAST = 22
"""Percent of a perfect answer that something has to reach where half of the words are nowhere: one that stands in any
text by chance is no answer to two."""
COMING = 2
"""Who asks when wants a date ahead, if it answers at least half as well as the best."""
FEW_WORDS = 2
"""Up to so many, documents that have all come first; whoever writes a sentence does not mean each word of it."""


def find(query: str, *, site: Site, language: str, kinds: Collection[str] | None = None) -> Found:
    """What of ``kinds`` (all of them without) is public on ``site`` and answers ``query`` of a reader of ``language``.

    Any text is a query; of a long one only the beginning counts. Never raises; the number of queries does not grow
    with words or hits.
    """
    words = stop_words.words_of(query, language)
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
        groups=_groups(wanted, reading, asks_when=stop_words.asks_when(query[: stop_words.LONGEST_QUERY], language)),
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
        self._common: dict[Key, int] = {}
        """In how many documents those forms stand that were not read wholly."""
        self._hits: dict[int, dict[int, int]] = {}

    def read(self, words: list[Wanted], also: Collection[Key] = ()) -> None:
        self._hits = {}
        terms = self._terms({key for each in words for key in each.forms()}.union(also) - self.weights.keys())
        counts = _counts(terms)
        own = {key for each in words for key in each.own}
        best: dict[Key, int] = {}
        for each in words:
            for key, percent in each.like.items():
                best[key] = max(percent, best.get(key, 0))
        asked = sorted(
            counts, key=lambda term: (terms[term] not in own, -best.get(terms[term], 0), counts[term], terms[term])
        )
        rare: list[int] = []
        common: list[int] = []
        rows = 0
        for term in asked:
            if not rare or rows + counts[term] <= MOST_ROWS:
                rare.append(term)
                rows += counts[term]
            elif terms[term] in own:
                common.append(term)
                self._common[terms[term]] = counts[term]
        found = self._postings(rare)
        if common:
            said: dict[int, int] = defaultdict(int)
            for _term, document, weight in found:
                said[document] += weight
            met = sorted(said, key=lambda document: (-said[document], document))[:MOST_DOCUMENTS]
            found += self._postings(common, met)
        here = self._here({document for _term, document, _weight in found})
        for term, document, weight in found:
            if document in here:
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
        rows = SearchTerm.objects.filter(condition).values_list("pk", "language", "form", "written")
        for key, language, form, written in rows:
            terms[key] = (language, form)
            self.written[language, form] = written
        return terms

    def _here(self, documents: Collection[int]) -> set[int]:
        """Asked apart: joined to postings, SQLite would go through all documents of the site."""
        return set(self.documents.extra(where=[_among("id", documents)]).values_list("pk", flat=True))  # noqa: S610 (numbers)

    @staticmethod
    def _postings(terms: Collection[int], documents: Collection[int] | None = None) -> list[tuple[int, int, int]]:
        rows = SearchPosting.objects.extra(where=[_among("term_id", terms)])  # noqa: S610 (numbers)
        if documents is not None:
            rows = rows.extra(where=[_among("document_id", documents)])  # noqa: S610 (numbers)
        return list(rows.values_list("term_id", "document_id", "weight"))

    def worth(self, documents: int) -> int:
        """Of a word that stands in so many: BM25's, a hundredfold."""
        return max(1, round(100 * math.log(1 + (self.count - documents + 0.5) / (documents + 0.5))))

    def hits(self, word: Wanted) -> dict[int, int]:
        """By document, how well it answers the word; nothing where the word was met nowhere."""
        if id(word) not in self._hits:
            self._hits[id(word)] = self._best(word.own | word.like, self.worth_of(word))
        return self._hits[id(word)]

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
            worth = self.worth(self._documents(key))
            factor = percent * (worth if highest is None else min(worth, highest))
            for document, weight in weights.items():
                score = factor * weight
                if score > best.get(document, 0):
                    best[document] = score
        return best

    def worth_of(self, word: Wanted) -> int:
        """A word that is known is worth as much as it is rare, whatever is like it."""
        own = max(map(self._documents, word.own), default=0)
        return self.worth(own or min(self.count, sum(map(self._documents, word.like))))

    def _documents(self, key: Key) -> int:
        return self._common.get(key) or len(self.weights.get(key, ()))

    def met(self, words: list[Wanted]) -> dict[str, frozenset[str]]:
        forms: dict[str, set[str]] = defaultdict(set)
        for language, form in {key for each in words for key in each.forms() if key in self.weights}:
            forms[language].add(form)
        return {language: frozenset(some) for language, some in forms.items()}


def _groups(words: list[Wanted], reading: _Reading, *, asks_when: bool) -> list[Group]:
    scores: dict[int, int] = defaultdict(int)
    met: dict[int, int] = defaultdict(int)
    said: set[int] = set()
    for word in words:
        hits, parts = reading.hits(word), reading.in_parts(word)
        for document in hits.keys() | parts.keys():
            in_parts, has_all = parts.get(document, (0, False))
            scores[document] += max(hits.get(document, 0), in_parts)
            met[document] += document in hits or has_all
        if not word.is_number:
            said |= hits.keys() | parts.keys()
    best, today = max(scores.values(), default=0), timezone.localdate().toordinal()
    perfect = meaning.EXACT * HIGHEST * sum(min(reading.worth_of(word), reading.worth(1)) for word in words)
    nowhere = [word for word in words if not reading.hits(word)]
    if len(nowhere) * 2 >= len(words) and best * 100 < perfect * LEAST:
        return []
    places = {kind.name: place for place, kind in enumerate(register.in_order())}
    whole = {document for document, count in met.items() if count == len(words)}
    # The 7 of "7/2026" is also the number of a house; where there is better, that is none.
    enough = whole | {document for document in (said if whole else scores) if scores[document] * ENOUGH >= best}
    matches: dict[str, list[tuple[tuple[int, ...], Match]]] = defaultdict(list)
    rows = SearchDocument.objects.extra(where=[_among("id", enough)])  # noqa: S610 (numbers)
    for document, kind, object_id, date in rows.values_list("pk", "kind", "object_id", "date"):
        first = document in whole and len(words) <= FEW_WORDS
        nearness = _nearness(date.toordinal() - today if date else -today)
        order = (not first, -scores[document], *nearness, object_id)
        matches[kind].append((order, Match(kind, object_id, scores[document], document in whole)))
    groups = []
    for kind, some in matches.items():
        some.sort(key=lambda pair: pair[0])
        is_meant = asks_when and any(not order[2] and match.score * COMING >= best for order, match in some)
        place = (not is_meant, *some[0][0][:2], places.get(kind, len(places)), kind)
        groups.append((place, Group(kind, [match for _order, match in some])))
    return [group for _place, group in sorted(groups, key=lambda pair: pair[0])]


def _counts(terms: Collection[int]) -> dict[int, int]:
    rows = SearchPosting.objects.extra(where=[_among("term_id", terms)])  # noqa: S610 (numbers)
    return dict(rows.values_list("term").annotate(count=Count("pk")).order_by())


def _among(column: str, keys: Iterable[int]) -> str:
    """As numbers in the statement: Django takes thirty microseconds for each parameter."""
    return f"{column} IN ({','.join(map(str, keys)) or 'NULL'})"


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

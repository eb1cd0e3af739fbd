"""All forms of the index in the memory of a process, so that a word can be compared with every one of them.

Forms only, no keys and no counts: the database says which of them still stand anywhere, and where. A process that
has not heard of a new form yet still finds it when it is asked for as it is.
"""

import threading
import time
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Max
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from cms.search.forms import SKELETON, STEM
from cms.search.models import SearchTerm
from cms.search.passages import FACTS, NAMES
from cms.search.skeletons import romanised
from cms.search.words import LONGEST

OVERLAP = 2_000
"""Keys before the last one that are read again: transactions do not end in the order in which they took theirs."""
EACH = 60.0
"""Seconds after which they are."""
FRESH = 500
"""New forms that wait before they are sorted in."""


class Forms:
    """Those of one language."""

    def __init__(self, *, sound: bool = False) -> None:
        self.known: set[str] = set()
        self._sounding: dict[str, list[str]] | None = defaultdict(list) if sound else None
        self._sorted: list[str] = []
        self._joined = "\n"
        self._by_length: dict[int, list[str]] = defaultdict(list)
        self._fresh: list[str] = []

    def add(self, form: str) -> None:
        if form not in self.known:
            self.known.add(form)
            self._by_length[len(form)].append(form)
            insort(self._fresh, form)
            if self._sounding is not None and form[0] not in (STEM, SKELETON):
                self._sounding[romanised(form)].append(form)

    def settle(self) -> None:
        """Sorts in what is new, once there is enough of it."""
        if len(self._fresh) > FRESH:
            self._sorted = sorted(self._sorted + self._fresh)
            self._joined = "\n" + "\n".join(self._sorted) + "\n"
            self._fresh = []

    def beginning(self, start: str, longest: int) -> Iterator[str]:
        """Longer ones that begin so, up to ``longest`` letters."""
        for forms in (self._sorted, self._fresh):
            for place in range(bisect_right(forms, start), bisect_left(forms, start + "\U0010ffff")):
                if len(forms[place]) <= longest:
                    yield forms[place]

    def beginning_nearly(self, start: str, changes: int, most: int) -> list[tuple[str, int]]:
        """Longer ones that begin with ``start`` but for ``changes`` letters; its first half is right."""
        longer = [form for form in self.beginning(start[: len(start) // 2], LONGEST) if len(form) > len(start)]
        begin = [form[: len(start)] for form in longer]
        found = extract(start, begin, scorer=OSA.distance, score_cutoff=changes, limit=None)
        forms = [(longer[place], int(distance)) for _begin, distance, place in found]
        return sorted(forms, key=lambda pair: (pair[1], len(pair[0]), pair[0]))[:most]

    def sounding(self, sound: str, changes: int) -> list[tuple[str, int]]:
        """Words of names and facts that sound so in any script, and in how many letters they differ."""
        if self._sounding is None:
            return []
        found = extract(sound, list(self._sounding), scorer=OSA.distance, score_cutoff=changes, limit=None)
        return [(form, int(distance)) for each, distance, _place in found for form in self._sounding[each]]

    def containing(self, part: str, most: int) -> Iterator[str]:
        """Longer ones with ``part`` inside; after ``most`` places nobody looks further."""
        joined = self._joined  # another thread may be sorting in new ones
        place = joined.find(part)
        while place >= 0 and most:
            start, end = joined.rfind("\n", 0, place) + 1, joined.find("\n", place)
            if end - start > len(part):
                yield joined[start:end]
            most -= 1
            place = joined.find(part, end)
        yield from (form for form in self._fresh if part in form and form != part)

    def near(self, form: str, changes: int, most: int) -> list[tuple[str, int]]:
        """Forms that ``changes`` letters (swapped, missing, other) make of ``form``, and how many; nearest first."""
        candidates = [
            each for length in range(len(form) - changes, len(form) + changes + 1) for each in self._by_length[length]
        ]
        found = extract(form, candidates, scorer=OSA.distance, score_cutoff=changes, limit=None)
        return sorted(((each, int(distance)) for each, distance, _place in found), key=lambda pair: (pair[1], pair[0]))[
            :most
        ]


class Vocabulary:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self._forms: dict[str, Forms] = defaultdict(Forms)
        self._forms |= {code: Forms(sound=True) for code in (NAMES, FACTS)}
        self._last = 0
        self._read_again = 0.0

    def refreshed(self) -> "Vocabulary":
        """With what was added since; one query, and one more once a minute."""
        with self._lock:
            now = time.monotonic()
            again = now >= self._read_again
            after = self._last
            if again:
                if (SearchTerm.objects.aggregate(last=Max("pk"))["last"] or 0) < self._last:
                    self.forget()  # another database, or an older state of this one
                after = max(0, self._last - OVERLAP)
                self._read_again = now + EACH
            touched = set()
            rows = SearchTerm.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "language", "form")
            for key, language, form in rows.iterator(chunk_size=5_000):
                self._forms[language].add(form)
                self._last = max(self._last, key)
                touched.add(language)
            for language in touched:
                self._forms[language].settle()
        return self

    def of(self, language: str) -> Forms:
        return self._forms[language]


vocabulary = Vocabulary()
"""Of this process."""

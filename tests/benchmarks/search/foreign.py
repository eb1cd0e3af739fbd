"""A foreign collection: 461 questions of newcomers over 308 pages of three cities, in four languages (Integreat-QA).

It is not ours to pass on (CC BY 4.0, partly machine translations): whoever has it names its folder in INTEGREAT_QA.
"""

import json
import math
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from cms.search.passages import Indexed, Part, Passage
from tests.benchmarks.search.queries import Key, key_of
from tests.benchmarks.search.scoring import DEPTH, Answer

FOLDER = os.environ.get("INTEGREAT_QA", "")
LANGUAGES = ("de", "en", "ar", "uk")
SNOWBALL = {"de": "german", "en": "english", "ar": "arabic"}
"""Snowball has no Ukrainian."""
KIND = "foreign"


def _lines(name: str, language: str) -> Iterator[dict[str, str]]:
    for line in (Path(FOLDER) / f"{name}_{language}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def pages(language: str) -> list[Indexed]:
    """Each page as one document: its first line is the title."""
    made = []
    for row in _lines("pages", language):
        title, _, body = row["text"].partition("\n")
        passages = [Passage(title, language, Part.TITLE), Passage(body, language, Part.BODY)]
        made.append(Indexed(KIND, int(row["page"]), passages))
    return made


def questions(language: str) -> list[tuple[str, Key]]:
    return [(row["question"], key_of(KIND, int(row["page"]))) for row in _lines("questions", language)]


# What everybody has: Okapi BM25, over words and over Snowball's stems


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


class BM25:
    """Okapi with the usual parameters; a word that more than half of all documents have counts a little."""

    K, B, EPSILON = 1.5, 0.75, 0.25

    def __init__(self, documents: Sequence[Indexed], split: Callable[[str], list[str]]) -> None:
        self.split = split
        self.keys = [key_of(each.kind, each.object_id) for each in documents]
        self.counts = [Counter(split("\n".join(each.text for each in document.passages))) for document in documents]
        self.lengths = [counted.total() for counted in self.counts]
        self.average = sum(self.lengths) / len(self.lengths)
        met = Counter(word for counted in self.counts for word in counted)
        worth = {word: math.log(len(documents) - number + 0.5) - math.log(number + 0.5) for word, number in met.items()}
        least = self.EPSILON * sum(worth.values()) / len(worth)
        self.worth = {word: value if value >= 0 else least for word, value in worth.items()}

    def __call__(self, query: str, code: str) -> Answer:
        asked = self.split(query)
        scores = [sum(self._score(number, word) for word in asked) for number in range(len(self.keys))]
        order = sorted(range(len(self.keys)), key=lambda number: -scores[number])[:DEPTH]
        found = [self.keys[number] for number in order]
        return Answer(found, [found])

    def _score(self, number: int, word: str) -> float:
        times = self.counts[number][word]
        length = self.K * (1 - self.B + self.B * self.lengths[number] / self.average)
        return self.worth.get(word, 0.0) * times * (self.K + 1) / (times + length)


def stemmed(language: str) -> Callable[[str], list[str]]:
    import Stemmer

    stemmer = Stemmer.Stemmer(SNOWBALL[language])
    return lambda text: list(stemmer.stemWords(words(text)))

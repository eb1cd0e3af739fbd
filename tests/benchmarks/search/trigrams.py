"""The bar: SQLite's trigrams over folded text, any of those of the query, ordered by bm25. In a memory of its own.

No stems, no synonyms, no transliteration, no weights: what somebody would have who knew nothing of the languages.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence

from cms.localization import languages
from cms.search.passages import FACTS, NAMES, Indexed
from tests.benchmarks.search.queries import Key, key_of
from tests.benchmarks.search.scoring import DEPTH, Answer

LETTERS = str.maketrans({"ı": "i", "ß": "ss", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ؤ": "و", "ـ": "", "\u200c": " "})
MOST = 400
"""Trigrams of a query; FTS5 takes no endless expression."""


def folded(text: str) -> str:
    """Lower case, without marks; the letters that look the same in Arabic and Persian are one."""
    apart = unicodedata.normalize("NFKD", text.replace("İ", "i").lower())
    return "".join(each for each in apart if not unicodedata.combining(each)).translate(LETTERS)


class Trigrams:
    """A table for each language that asks, of everything that its readers can read."""

    def __init__(self, documents: Sequence[Indexed], codes: Iterable[str]) -> None:
        self.database = sqlite3.connect(":memory:")
        self.kinds: dict[int, tuple[str, int]] = {}
        for code in codes:
            readable = {code, languages.SOURCE, NAMES, FACTS}
            self.database.execute(f"CREATE VIRTUAL TABLE {_table(code)} USING fts5(text, tokenize='trigram')")
            for number, document in enumerate(documents, start=1):
                self.kinds[number] = (document.kind, document.object_id)
                text = "\n".join(each.text for each in document.passages if each.language in readable)
                self.database.execute(
                    f"INSERT INTO {_table(code)} (rowid, text) VALUES (?, ?)",  # noqa: S608 (a code of ours)
                    (number, folded(text)),
                )

    def __call__(self, query: str, code: str) -> Answer:
        words = re.findall(r"\w+", folded(query))
        trigrams = dict.fromkeys(word[at : at + 3] for word in words for at in range(len(word) - 2))
        if not trigrams:
            return Answer()
        wanted = " OR ".join(f'"{trigram}"' for trigram in list(trigrams)[:MOST])
        statement = f"SELECT rowid FROM {_table(code)}(?) ORDER BY rank, rowid LIMIT {DEPTH}"  # noqa: S608 (ours)
        found = [self.kinds[number] for (number,) in self.database.execute(statement, (wanted,))]
        groups: dict[str, list[Key]] = {}
        for kind, object_id in found:
            groups.setdefault(kind, []).append(key_of(kind, object_id))
        return Answer([key_of(*each) for each in found], list(groups.values()))


def _table(code: str) -> str:
    return f"read_{code.replace('-', '_')}"

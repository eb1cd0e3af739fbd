"""SQLite and PostgreSQL answer alike: both have to give the answers that are written down in `answers.txt`.

A changed rule changes them: `SEARCH_ANSWERS=write` writes them down anew, and the other database has to agree.
"""

import datetime as dt
import hashlib
import os
from collections.abc import Iterator

import pytest
from wagtail.models import Site

from cms.search import finding
from cms.search.passages import FACTS, NAMES, Indexed, Part, Passage
from tests import factories
from tests.benchmarks.search import content, queries
from tests.benchmarks.search.product import foreign_kind

ANSWERS = queries.FOLDER / "answers.txt"


def _organisations() -> Iterator[Indexed]:
    for number, row in enumerate(content.read("organisations")["organisations"], start=1):
        passages = [Passage(row["title"], NAMES, Part.NAME), Passage(row["about"], "de", Part.TEASER)]
        passages += [Passage(name, NAMES, Part.NAME) for name in row.get("native", ())[1:]]
        passages += [Passage(key, FACTS, Part.FACT) for key in (*row["topics"], *row["spoken"], row["district"])]
        passages += [Passage(offer, "de", Part.OFFER) for offer in row["offers"]]
        for language, (about, *offers) in row.get("words", {}).items():
            passages += [Passage(about, language, Part.TEASER)]
            passages += [Passage(offer, language, Part.OFFER) for offer in offers]
        yield Indexed("written-organisation", number, passages)


def _pages() -> Iterator[Indexed]:
    parts = (Part.TITLE, Part.TEASER, Part.BODY)
    for number, row in enumerate(content.read("pages")["pages"], start=1):
        words = {"de": (row["title"], row["teaser"], row["body"]), **row.get("words", {})}
        passages = [
            Passage(text, language, part)
            for language, texts in words.items()
            for part, text in zip(parts, texts, strict=True)
        ]
        yield Indexed("written-page", number, passages, dt.date(2020, 1, number) if number % 2 else None)


def _answer(query: queries.Query, site: Site) -> str:
    """The whole of it in short: every hit in its order with its score, and every word that is said of the query."""
    found = finding.find(query.query, site=site, language=query.language)
    hits = [
        (match.kind, match.object_id, match.score, match.is_whole) for group in found.groups for match in group.matches
    ]
    said = repr((hits, found.words, found.missed, found.nearest, sorted((k, sorted(v)) for k, v in found.met.items())))
    return f"{hashlib.sha256(said.encode()).hexdigest()[:12]} {len(hits):3} {query.language} {query.query}"


@pytest.mark.database
def test_every_database_gives_the_answers_that_are_written_down(db: None) -> None:
    site = factories.municipality()
    with foreign_kind(list(_organisations()), site), foreign_kind(list(_pages()), site):
        given = [_answer(each, site) for half in (queries.KNOWN, queries.UNTOUCHED) for each in queries.read(half)]
    if os.environ.get("SEARCH_ANSWERS") == "write":
        ANSWERS.write_text("\n".join(given) + "\n", encoding="utf-8")
    assert given == ANSWERS.read_text(encoding="utf-8").splitlines()

"""The search on questions and pages that nobody here wrote, beside trigrams and BM25."""

import pytest

from tests import factories
from tests.benchmarks.search import foreign
from tests.benchmarks.search.product import Product, foreign_kind
from tests.benchmarks.search.scoring import Engine, Score, table
from tests.benchmarks.search.trigrams import Trigrams

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.skipif(not foreign.FOLDER, reason="INTEGREAT_QA names no folder with the foreign collection"),
]


def asked(engine: Engine, language: str) -> Score:
    score = Score()
    for question, right in foreign.questions(language):
        score.add(engine(question, language), [right])
    return score


@pytest.mark.parametrize("language", foreign.LANGUAGES)
def test_foreign_questions_find_their_pages(db: None, language: str) -> None:
    pages, site = foreign.pages(language), factories.municipality()
    engines: dict[str, Engine] = {"BM25 words": foreign.BM25(pages, foreign.words)}
    if language in foreign.SNOWBALL:
        engines["BM25 stemmed"] = foreign.BM25(pages, foreign.stemmed(language))
    engines["trigrams"] = Trigrams(pages, [language])
    engines["search"] = Product(site)
    with foreign_kind(pages, site):
        scores = {name: asked(engine, language) for name, engine in engines.items()}
    print(table(f"Integreat-QA, {language}", scores))

"""The figures mean what docs/search-quality.md says."""

import pytest

from cms.search.passages import NAMES, Indexed, Part, Passage
from tests.benchmarks.search.foreign import BM25, words
from tests.benchmarks.search.queries import Key
from tests.benchmarks.search.scoring import Answer, Score, success
from tests.benchmarks.search.trigrams import Trigrams, folded

GROUPS: list[list[Key]] = [[("page", key) for key in range(1, 8)], [("session", 1), ("session", 2)]]
FLAT = [GROUPS[1][1], *GROUPS[0], GROUPS[1][0]]


def test_a_page_shows_five_of_each_group_one_group_after_the_other() -> None:
    assert Answer(FLAT, GROUPS).page == [*GROUPS[0][:5], *GROUPS[1]]


@pytest.mark.parametrize(
    ("right", "flat", "page", "group"),
    [
        (("session", 2), 1, 7, 2),
        (("page", 1), 2, 1, 1),
        (("page", 7), 8, 0, 7),
        (("page", 9), 0, 0, 0),
    ],
)
def test_ranks_are_those_of_the_first_right_answer(right: Key, flat: int, page: int, group: int) -> None:
    score = Score()
    score.add(Answer(FLAT, GROUPS), [right])
    assert (score.flat, score.page, score.group) == ([flat], [page], [group])


def test_success_counts_queries_with_a_right_answer_in_time() -> None:
    assert success([1, 5, 6, 0], 5) == 0.5
    assert success([], 5) == 0


def document(key: int, *passages: tuple[str, str]) -> Indexed:
    return Indexed("page", key, [Passage(text, language, Part.TITLE) for text, language in passages])


def test_trigrams_read_what_the_reader_can_read_and_forgive_a_letter() -> None:
    engine = Trigrams(
        [
            document(1, ("Schwimmkurs", "de"), ("Yüzme kursu", "tr")),
            document(2, ("Tanzkurs", "de")),
            document(3, ("Çınar", NAMES)),
        ],
        ["de", "tr"],
    )
    assert engine("yuzme", "tr").flat == [("page", 1)]
    assert not engine("yuzme", "de").flat
    assert engine("schwimkurs", "tr").flat == [("page", 1), ("page", 2)]
    assert engine("cinar", "de").flat == [("page", 3)]
    assert not engine("?!", "de").flat


def test_folding_leaves_lower_case_letters_without_marks() -> None:
    assert folded("İSTANBUL Größe ĂÂ كتابة") == "istanbul grosse aa کتابه"


def test_bm25_prefers_the_rarer_word_and_the_shorter_text() -> None:
    documents = [
        document(1, ("Hilfe beim Antrag", "de")),
        document(2, ("Hilfe beim Umzug und beim Streichen der Wohnung", "de")),
        document(3, ("Hilfe beim Umzug", "de")),
        document(4, ("Kochen", "de")),
        document(5, ("Singen", "de")),
    ]
    assert [key for _kind, key in BM25(documents, words)("umzug hilfe", "de").flat[:2]] == [3, 2]

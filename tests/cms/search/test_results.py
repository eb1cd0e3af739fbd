"""What is shown of what was found: pieces, cut between words, never more than a few lines."""

import pytest

from cms.search.results import LONGEST, shortened

MANY = "viele Wörter " * 100


def text_of(pieces: list[tuple[str, bool]]) -> str:
    return "".join(text for text, _is_marked in pieces)


def test_a_short_text_stays_as_it_is() -> None:
    pieces = [("Am ", False), ("Samstag", True), (" um zehn", False)]
    assert shortened(pieces) == pieces


@pytest.mark.parametrize("before", ["", "kurz davor ", MANY])
@pytest.mark.parametrize("after", ["", " kurz danach", f" {MANY}"])
def test_a_long_text_is_cut_around_what_was_looked_for(before: str, after: str) -> None:
    pieces = shortened([(before, False), ("Sprachkurs", True), (after, False)])
    assert ("Sprachkurs", True) in pieces
    text = text_of(pieces)
    assert len(text) <= LONGEST + 4
    assert set(text.replace("…", " ").split()) <= {*f"{before} {after}".split(), "Sprachkurs"}
    assert text.startswith("…") is (before == MANY)
    assert text.endswith("…") is (after == f" {MANY}")


def test_a_long_text_without_it_shows_its_beginning() -> None:
    text = text_of(shortened([(MANY, False)]))
    assert text.startswith("viele Wörter")
    assert text.endswith(" …")


def test_one_endless_word_is_cut_all_the_same() -> None:
    assert len(text_of(shortened([("x" * 5000, True)]))) <= LONGEST + 4

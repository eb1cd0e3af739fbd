"""Tables as a spreadsheet reads them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.localization.clean_text import clean
from cms.open_data import tables


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("text", ["=1+1", "+49", "-x", "@SUM(A1)", "|cmd", "%0A", "'=1", "＝1", "＋1", "－1", "＠x"])
def test_a_formula_is_text(text: str) -> None:
    [[cell]] = read(tables.as_csv([text], []))[:1]
    assert cell == text  # a heading is ours
    assert read(tables.as_csv(["a"], [[text]]))[1] == [f"'{text}"]


@pytest.mark.parametrize(
    "text", ["01067", "-7.5", "51.35", "جمعية الجسر", "Größe", "a;b", 'sagt "ja"', "zwei\nZeilen", ""]
)
def test_everything_else_stands_there_as_it_is(text: str) -> None:
    assert read(tables.as_csv(["a", "b"], [[text, "x"]]))[1] == [text, "x"]


@given(rows=st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_no_cell_leaves_its_place_and_none_is_carried_out(rows: list[tuple[str, str]]) -> None:
    found = read(tables.as_csv(["a", "b"], rows))
    assert len(found) == len(rows) + 1
    for cells, row in zip(found[1:], rows, strict=True):
        for cell, text in zip(cells, row, strict=True):
            assert cell in (clean(text), f"'{clean(text)}")
            assert not cell.startswith(("=", "+", "@", "\t", "\r", "|", "%"))

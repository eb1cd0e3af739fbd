"""What the choice of tests for PostgreSQL names is there."""

import re
from pathlib import Path

import pytest

from tests.on_postgres import ENOUGH, NOT_AGAIN, READ_ONLY

TESTS = Path(__file__).parent


@pytest.mark.parametrize("path", READ_ONLY)
def test_what_is_only_looked_at_is_there(path: str) -> None:
    assert (TESTS.parent / path).exists()


@pytest.mark.parametrize("name", [*NOT_AGAIN, *ENOUGH])
def test_a_long_walk_is_there(name: str) -> None:
    sources = (path.read_text() for path in TESTS.rglob("test_*.py"))
    assert any(re.search(rf"^def {name}\(", source, re.MULTILINE) for source in sources)


def test_one_test_asks_for_the_pages_that_others_only_look_at() -> None:
    assert re.search(r"@pytest\.mark\.database.*\ndef test_is_valid\(", (TESTS / "test_html.py").read_text())

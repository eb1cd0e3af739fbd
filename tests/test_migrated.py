"""The kept database is made anew when something that makes it changes."""

import pytest

from tests.migrated import MAKE_IT, ROOT


@pytest.mark.parametrize("pattern", MAKE_IT)
def test_what_makes_the_database_is_there(pattern: str) -> None:
    assert any(ROOT.glob(pattern))

"""A skipped test is one that another run answers."""

import re
from pathlib import Path

import pytest

from tests.skips import ANSWERED, is_answered_elsewhere

TESTS = Path(__file__).parent


def test_each_reason_holds_where_another_run_answers() -> None:
    assert is_answered_elsewhere("copies a database file", vendor="postgresql", in_ci=True)
    assert not is_answered_elsewhere("copies a database file", vendor="sqlite", in_ci=False)
    assert not is_answered_elsewhere("SQLite lets one writer in at a time anyway", vendor="postgresql", in_ci=True)
    assert not is_answered_elsewhere("the machine is slow", vendor="sqlite", in_ci=False)


def test_what_only_ci_has_is_skipped_nowhere_else() -> None:
    [redis] = [reason for reason in ANSWERED if "redis" in reason]
    assert is_answered_elsewhere(redis, vendor="sqlite", in_ci=False)
    assert not is_answered_elsewhere(redis, vendor="sqlite", in_ci=True)


def test_what_is_not_ours_to_pass_on_may_be_missing_anywhere() -> None:
    [foreign] = [reason for reason in ANSWERED if "INTEGREAT_QA" in reason]
    assert is_answered_elsewhere(foreign, vendor="sqlite", in_ci=True)


@pytest.mark.parametrize("reason", ANSWERED)
def test_no_reason_is_listed_that_nobody_gives(reason: str) -> None:
    sources = (path.read_text() for path in TESTS.rglob("test_*.py") if path != Path(__file__))
    assert any(re.search(rf'["]{re.escape(reason)}["]', source) for source in sources)

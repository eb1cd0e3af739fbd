"""Why a test may be skipped, and where its question is answered instead. Any other skip fails."""

import os
from typing import Any

import pytest
from django.db import connection

ON_POSTGRES = "in the run on PostgreSQL (`.ci/run`)"
ON_SQLITE = "in the run on SQLite (`make test`)"
IN_CI = "in CI, which installs what is missing here"
BY_HAND = "by whoever has what is not ours to pass on (docs/search-quality.md)"

ANSWERED = {
    "SQLite lets one writer in at a time anyway": ON_POSTGRES,
    "SQLite has one writer at a time": ON_POSTGRES,
    "SQLite keeps one row": ON_POSTGRES,
    "in memory there is one connection only": ON_POSTGRES,
    "one SQLite database in memory has one connection": ON_POSTGRES,
    "processes on one SQLite file are tried below": ON_POSTGRES,
    "PostgreSQL has no lock for the whole database": ON_SQLITE,
    "PostgreSQL changes tables in place": ON_SQLITE,
    "copies a database file": ON_SQLITE,
    "only SQLite lets a server use the connection of a test": ON_SQLITE,
    "the clocks share a copy of the SQLite file": ON_SQLITE,
    "the workers share a copy of the SQLite file": ON_SQLITE,
    "no redis-server on this machine; without one the closed port above stands for it": IN_CI,
    "INTEGREAT_QA names no folder with the foreign collection": BY_HAND,
}


def is_answered_elsewhere(reason: str, *, vendor: str, in_ci: bool) -> bool:
    """Whether another run than this one, on this kind of database, does what is skipped here."""
    elsewhere = {ON_POSTGRES: vendor != "postgresql", ON_SQLITE: vendor != "sqlite", IN_CI: not in_ci, BY_HAND: True}
    return elsewhere.get(ANSWERED.get(reason, ""), False)


def _check(report: Any) -> Any:
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        if not is_answered_elsewhere(reason, vendor=connection.vendor, in_ci="CI" in os.environ):
            report.outcome = "failed"
            report.longrepr = f"{report.nodeid} is skipped, and no other run answers its question: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Any:
    return _check((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Any:
    return _check((yield))

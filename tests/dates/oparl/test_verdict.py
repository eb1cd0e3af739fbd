"""When a run looks like a loss."""

import datetime as dt

import pytest

from dates.oparl.verdict import Known, in_one_night, objection
from tests.factories import berlin

NOW = berlin(2026, 6, 1, 3, 40)
DAY = dt.timedelta(days=1)


def judged(*, past: int, ahead: int, absent: str = "", deleted: str = "") -> bool:
    """Whether a run is rejected that lacks or deletes these of ``p0 p1 … a0 a1 …``."""
    known = [Known(f"p{n}", NOW - (n + 1) * DAY) for n in range(past)]
    known += [Known(f"a{n}", NOW + (n + 1) * DAY) for n in range(ahead)]
    gone = {*absent.split(), *deleted.split()}
    found = {each.id for each in known} - gone
    return bool(objection(known, found=found, deleted=set(deleted.split()), now=NOW))


@pytest.mark.parametrize(
    ("absent", "rejected"),
    [
        ("", False),
        ("p0", False),
        ("p0 p1 p2", False),
        ("p0 p1 p2 p3", True),
        ("a0", False),
        ("a0 a1", True),
        ("p0 a0", False),
    ],
)
def test_ten_meetings_may_lack_three_and_of_those_ahead_one(absent: str, rejected: bool) -> None:
    assert judged(past=6, ahead=4, absent=absent) == rejected


@pytest.mark.parametrize(
    ("absent", "deleted", "held"),
    [
        ("", "p0 p1 p2 p3 p4 p5", ""),
        ("", "a0", ""),
        ("", "p0 a0", ""),
        ("", "a0 a1", "a0 a1"),
        ("", "p0 a0 a1 a2 a3", "a0 a1 a2 a3"),
        ("a0", "a1", "a1"),
    ],
)
def test_what_the_server_deletes_is_believed_but_not_of_two_meetings_ahead(
    absent: str, deleted: str, held: str
) -> None:
    assert not judged(past=6, ahead=4, absent=absent, deleted=deleted)
    known = [Known(f"p{n}", NOW - (n + 1) * DAY) for n in range(6)] + [
        Known(f"a{n}", NOW + (n + 1) * DAY) for n in range(4)
    ]
    found = {each.id for each in known} - {*absent.split(), *deleted.split()}
    assert in_one_night(known, found=found, deleted=set(deleted.split()), now=NOW) == set(held.split())


def test_who_knows_nothing_loses_nothing() -> None:
    assert not judged(past=0, ahead=0)


def test_a_meeting_without_date_is_not_ahead() -> None:
    known = [Known(str(number), None) for number in range(10)]
    found = {each.id for each in known[2:]}
    assert not objection(known, found=found, deleted=set(), now=NOW)

"""Several clocks do nothing twice, and none waits for one that died."""

import datetime as dt
import threading
import time

import pytest
from django.db.models import F
from django.db.models.functions import Now

from cms.jobs import every_minute, turns
from cms.jobs.processes import SILENCE, Heart, RunningProcess
from cms.jobs.turns import Turn

pytestmark = pytest.mark.django_db


def clock(number: str, *, steady: bool = True) -> Heart:
    heart = Heart("clock", number)
    heart.beat()
    if steady:
        heart.steady_since -= SILENCE.total_seconds() + 1
    return heart


def pass_by(seconds: int = 60) -> None:
    Turn.objects.update(begun_at=F("begun_at") - dt.timedelta(seconds=seconds))


def test_an_act_is_done_once_a_minute_whichever_clock_comes_first() -> None:
    one, two = clock("one"), clock("two")
    assert turns.take("act", one)
    turns.give_back("act", one)
    assert not turns.take("act", two)
    assert not turns.take("act", one)
    pass_by()
    assert turns.take("act", two)


def test_each_act_has_its_own_turn() -> None:
    assert turns.take("act", clock("one"))
    assert turns.take("other act", clock("two"))


def test_an_act_that_takes_longer_than_a_minute_does_not_overlap_with_itself() -> None:
    one, two = clock("one"), clock("two")
    assert turns.take("act", one)
    pass_by(600)
    assert not turns.take("act", two)


def test_a_clock_that_died_is_not_waited_for() -> None:
    one, two = clock("one"), clock("two")
    assert turns.take("act", one)
    pass_by()
    RunningProcess.objects.filter(pk="one").update(seen_at=Now() - 2 * SILENCE)
    assert not turns.take("act", clock("three", steady=False))
    assert turns.take("act", two)


def test_what_could_not_be_given_back_is_not_held_for_ever() -> None:
    one = clock("one")
    assert turns.take("act", one)
    pass_by()
    assert turns.take("act", one)


def test_a_clock_that_was_an_hour_ahead_stops_nobody() -> None:
    one, two = clock("one"), clock("two")
    assert turns.take("act", one)
    turns.give_back("act", one)
    pass_by(-3600)
    assert turns.take("act", two)


def test_an_act_that_takes_long_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ended, done = threading.Event(), []

    def hang() -> None:
        ended.wait(30)

    def quick() -> None:
        done.append("done")

    monkeypatch.setattr(every_minute, "_acts", [hang, quick])
    monkeypatch.setattr(every_minute, "PATIENCE", 0.2)
    monkeypatch.setattr(turns, "take", lambda act, clock: True)  # of the threads, which see nothing of this test
    monkeypatch.setattr(turns, "give_back", lambda act, clock: None)
    begun = time.monotonic()
    every_minute.do_all(clock("one"))
    every_minute.do_all(clock("one"))
    ended.set()
    for thread in every_minute._under_way.values():
        thread.join(5)  # else it would end after what stands in for the database is gone
    assert done == ["done", "done"]
    assert time.monotonic() - begun < 5
    assert caplog.text.count("hang takes long; the others go on") == 1, "and it is not begun a second time"


def test_no_two_acts_have_one_name() -> None:
    names = [every_minute.name_of(act) for act in every_minute._acts]
    assert len(names) == len(set(names))
    assert names[0] == "cms.jobs.publishing_schedule.do_what_is_due", "what people wait for by the minute comes first"

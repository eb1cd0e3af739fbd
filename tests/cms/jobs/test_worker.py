"""Background jobs: done once, tried again, taken up again when their worker died, given up when they kill."""

import datetime as dt
import time
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.models.functions import Now
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.accounts import roles
from cms.jobs import clearing, retrying, taking_up
from cms.jobs.processes import SILENCE, Heart, RunningProcess
from cms.jobs.worker import Worker
from tests import factories
from tests.cms.jobs import example_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_in_database(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    example_jobs.done.clear()


def worker(number: str = "one", *, steady: bool = True) -> Worker:
    """One that does not run by itself, but has been heard of."""
    made = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=number,
        excluded_queue_names=[],
    )
    made.heart = Heart("worker", number)
    made.heart.beat()
    if steady:
        made.heart.steady_since -= SILENCE.total_seconds() + 1
    from cms.jobs.outage import Outage

    made.outage = Outage("the worker")
    return made


def work(by: Worker) -> DBTaskResult:  # type: ignore[type-arg]
    job = by.claim()
    assert job is not None
    by.run_task(job)
    return DBTaskResult.objects.get(pk=job.pk)


def die(by: Worker, seconds: int = 60) -> None:
    """It was killed so many seconds ago, in the middle of its job."""
    ago = Now() - dt.timedelta(seconds=seconds)
    RunningProcess.objects.filter(pk=by.worker_id).update(seen_at=ago)
    DBTaskResult.objects.running().update(started_at=ago)


def later() -> None:
    DBTaskResult.objects.update(run_after=timezone.now() - dt.timedelta(seconds=1))


def test_a_job_is_given_to_one_worker() -> None:
    example_jobs.note.enqueue("a")
    first, second = worker("one"), worker("two")
    job = first.claim()
    assert job is not None
    assert second.claim() is None
    first.run_task(job)
    done = DBTaskResult.objects.get()
    assert (done.status, done.return_value, example_jobs.done) == ("SUCCESSFUL", "a", ["a"])


def test_who_sees_a_job_that_another_has_just_taken_gets_the_next() -> None:
    for word in ("a", "b"):
        example_jobs.note.enqueue(word)
    taken = DBTaskResult.objects.ready().first()
    slow = worker()
    read_before = type(slow).claim

    with connection.execute_wrapper(TakeBetween(taken)):
        job = read_before(slow)
    assert job is not None
    assert job.pk != taken.pk  # type: ignore[union-attr]


class TakeBetween:
    """Another worker is quicker, between this one's reading and its claim."""

    def __init__(self, job: Any) -> None:
        self.job: Any = job

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("UPDATE") and self.job is not None:
            job, self.job = self.job, None
            DBTaskResult.objects.filter(pk=job.pk).update(status="RUNNING", worker_ids=["quicker"])
        return execute(sql, params, many, context)


def test_a_job_that_is_not_said_to_bear_it_is_not_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    example_jobs.fail.enqueue()
    job = work(worker())
    assert (job.status, job.exception_class_path) == ("FAILED", "builtins.RuntimeError")
    assert f"job {job.pk} (tests.cms.jobs.example_jobs.fail) failed for good" in caplog.text


def test_a_job_that_bears_it_is_tried_again_after_growing_pauses() -> None:
    example_jobs.fail_again.enqueue()
    pauses, states = [], []
    for _ in range(6):
        job = work(worker())
        states.append(job.status)
        pauses.append(round((job.run_after - timezone.now()).total_seconds() / 60))
        later()
    assert states == ["READY"] * 5 + ["FAILED"]
    assert pauses[:5] == [1, 5, 15, 60, 240]
    assert worker().claim() is None


def test_a_job_that_lost_the_database_is_tried_again() -> None:
    example_jobs.lose_database.enqueue()
    job = work(worker())
    assert job.status == "READY"
    assert worker().claim() is None, "not before its time"


def test_what_was_deleted_meanwhile_needs_no_indexing() -> None:
    from modelsearch.tasks import insert_or_update_object_task

    insert_or_update_object_task.enqueue("wagtailcore", "Page", "987654")
    assert work(worker()).status == "SUCCESSFUL"


def test_the_end_is_written_down_though_the_database_was_away(monkeypatch: pytest.MonkeyPatch) -> None:
    example_jobs.note.enqueue("a")
    by = worker()
    job = by.claim()
    assert job is not None
    away = [True, True]

    def vanish(execute: Any, sql: str, *others: Any) -> Any:
        if sql.startswith("UPDATE") and away:
            away.pop()
            raise OperationalError("the database system is shutting down")
        return execute(sql, *others)

    # The connection holds the transaction of this test: it is mended instead of closed.
    monkeypatch.setattr("cms.jobs.outage.connections.close_all", lambda: connection.set_rollback(False))
    with connection.execute_wrapper(vanish):
        by.run_task(job)
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert example_jobs.done == ["a"]


# Dead workers


def test_the_job_of_a_dead_worker_is_taken_up_again() -> None:
    example_jobs.note.enqueue("a")
    dead = worker("dead")
    assert dead.claim() is not None
    die(dead)
    alive = worker("alive")
    assert taking_up.take_up(alive.heart) == 1
    assert work(alive).status == "SUCCESSFUL"


def test_the_job_of_a_living_worker_is_left_alone_however_long_it_takes() -> None:
    example_jobs.note.enqueue("a")
    slow = worker("slow")
    assert slow.claim() is not None
    DBTaskResult.objects.update(started_at=timezone.now() - dt.timedelta(hours=3))
    assert taking_up.take_up(worker("other").heart) == 0


def test_after_an_outage_nobody_is_taken_for_dead() -> None:
    """The database was away for long: all look dead, until each had the time to say that it lives."""
    example_jobs.note.enqueue("a")
    other = worker("other")
    assert other.claim() is not None
    die(other)
    just_back = worker("back", steady=False)
    assert taking_up.take_up(just_back.heart) == 0


def test_a_heart_that_had_a_gap_must_beat_for_a_while_before_it_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    heart = worker().heart
    assert heart.may_judge
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 300)
    assert not heart.may_judge
    heart.beat()
    assert not heart.may_judge
    for seconds in (320, 340, 360):
        monkeypatch.setattr(time, "monotonic", lambda seconds=seconds: now + seconds)
        heart.beat()
    assert heart.may_judge


def test_who_was_taken_for_dead_changes_nothing_afterwards() -> None:
    example_jobs.note.enqueue("a")
    slow = worker("slow")
    job = slow.claim()
    assert job is not None
    die(slow)
    stale = DBTaskResult.objects.get()
    job.started_at = stale.started_at
    alive = worker("alive")
    taking_up.take_up(alive.heart)
    assert alive.claim() is not None
    slow.run_task(job)
    assert DBTaskResult.objects.get().status == "RUNNING", "it belongs to the other now"


def test_a_job_that_kills_its_workers_is_given_up_and_told(caplog: pytest.LogCaptureFixture, client: Client) -> None:
    example_jobs.note.enqueue("a")
    for number in range(3):
        killed = worker(f"killed-{number}")
        assert killed.claim() is not None
        die(killed)
        taking_up.take_up(worker("alive").heart)
    job = DBTaskResult.objects.get()
    assert (job.status, job.exception_class_path) == ("FAILED", taking_up.KILLED)
    assert job.task_result.errors[0].exception_class is taking_up.WorkerKilled
    assert f"job {job.pk} (tests.cms.jobs.example_jobs.note) is given up" in caplog.text
    factories.municipality()
    client.force_login(factories.administrator())
    assert "tests.cms.jobs.example_jobs.note" in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("role", "may"), [("administrator", True), ("of_group", True), ("press", False), ("ki", False), ("uk", False)]
)
@pytest.mark.parametrize(("act", "left"), [("again", ["READY"]), ("forget", [])])
def test_only_administrators_see_failed_jobs_and_have_them_tried_again(
    role: str, may: bool, act: str, left: list[str], client: Client
) -> None:
    factories.municipality()
    people = {
        "administrator": factories.administrator,
        "of_group": lambda: factories.person("it@example.org", roles.ADMINISTRATORS),
        "press": factories.press,
        "ki": factories.ki,
        "uk": lambda: factories.translator("uk"),
    }
    client.force_login(people[role]())
    DBTaskResult.objects.all().delete()
    example_jobs.fail.enqueue()
    job = work(worker())
    assert ("example_jobs.fail" in client.get("/admin/").content.decode()) == may
    answer = client.post(f"/admin/what-failed/jobs/{job.pk}/{act}/")
    assert answer.status_code == 302
    assert [each.status for each in DBTaskResult.objects.all()] == (left if may else ["FAILED"])


def test_what_is_tried_again_begins_anew(client: Client) -> None:
    factories.municipality()
    client.force_login(factories.administrator())
    DBTaskResult.objects.all().delete()
    example_jobs.note.enqueue("a")
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now(), worker_ids=["x (died)"] * 3)
    client.post(f"/admin/what-failed/jobs/{DBTaskResult.objects.get().pk}/again/")
    job = work(worker())
    assert (job.status, job.worker_ids) == ("SUCCESSFUL", ["one"])


def test_finished_jobs_are_forgotten_and_failed_ones_kept_longer() -> None:
    for days, status in ((6, "SUCCESSFUL"), (8, "SUCCESSFUL"), (8, "FAILED"), (91, "FAILED"), (91, "READY")):
        example_jobs.note.enqueue(f"{status} {days}")
        made = DBTaskResult.objects.get(args_kwargs={"args": [f"{status} {days}"], "kwargs": {}})
        DBTaskResult.objects.filter(pk=made.pk).update(
            status=status, finished_at=timezone.now() - dt.timedelta(days=days)
        )
    clearing.forget_finished()
    left = {job.args_kwargs["args"][0] for job in DBTaskResult.objects.all()}
    assert left == {"SUCCESSFUL 6", "FAILED 8", "READY 91"}


def test_jobs_of_others_that_are_tried_again_are_still_called_so() -> None:
    from django.utils.module_loading import import_string

    for path in retrying._retries:
        if path.startswith(("wagtail.", "modelsearch.")):
            assert import_string(path).module_path == path

"""Drafts in the background: begun soon, tried again, paused, and taken up again when a worker dies."""

import gc
import os
import signal
import sqlite3
import subprocess
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from django.utils import timezone

from cms.jobs import every_minute
from news.models import NewsPage
from tests import factories
from tests.journeys.product import MANAGE, ROOT, environment
from tests.translations import content
from tests.translations.machine import provider_stub
from tests.translations.machine.provider_stub import Stub
from translations.machine import jobs, working
from translations.machine.models import DraftJob, JobState, Progress, ProviderPause

pytestmark = pytest.mark.django_db


@pytest.fixture
def stub() -> Iterator[Stub]:
    with provider_stub.running() as stub, override_settings(MACHINE_TRANSLATION=stub.settings("deepl")):
        yield stub


def pages(count: int) -> list[NewsPage]:
    """German articles with a title and a lead each."""
    index = factories.news_index(factories.municipality())
    return [factories.article(index, f"Artikel {number} aus Musterstadt") for number in range(count)]


def later(job: DraftJob, **back: float) -> None:
    """As if time had passed."""
    job.refresh_from_db()
    moved = timedelta(**back)
    DraftJob.objects.filter(pk=job.pk).update(
        due_at=job.due_at - moved, lease_until=job.lease_until - moved if job.lease_until else None
    )
    for pause in ProviderPause.objects.exclude(until=None):
        ProviderPause.objects.filter(pk=pause.pk).update(until=pause.until - moved)


# Asking


def test_there_is_one_open_job_for_each_page_and_language(stub: Stub) -> None:
    page = content.article()
    first = jobs.enqueue(page=page, language="uk", user=None)
    assert jobs.enqueue(page=page, language="uk", user=None) == first
    assert jobs.enqueue(page=page, language="ar", user=None) != first
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftJob.objects.create(page=page, language="uk")
    working.work_off()
    assert jobs.enqueue(page=page, language="uk", user=None) != first


def test_asked_for_a_translation_the_german_page_is_drafted(stub: Stub) -> None:
    page = content.article()
    content.save(page, "ar")
    assert jobs.enqueue(page=content.translation(page, "ar"), language="uk", user=None).page_id == page.pk


@pytest.mark.parametrize("language", ["de", "xx"])
def test_there_are_no_jobs_for_other_languages(language: str) -> None:
    page = content.article()
    with pytest.raises(ValueError, match=language):
        jobs.enqueue(page=page, language=language, user=None)
    with pytest.raises(ValueError, match=language):
        jobs.start_run(language=language, user=None)


def test_a_run_drafts_what_is_missing_on_live_pages(stub: Stub) -> None:
    done = content.article()
    unpublished = factories.article(done.get_parent().specific, "Noch nicht")
    for page in (done.get_parent().specific, unpublished):
        content.publish_german(page)
    content.published(done, "uk")
    unpublished.unpublish()
    missing = set(jobs.missing_in("uk").values_list("pk", flat=True))
    assert not missing & {done.pk, unpublished.pk}
    run = jobs.start_run(language="uk", user=content.reviewer())
    assert set(run.jobs.values_list("page_id", flat=True)) == missing
    assert run.progress == Progress(len(missing), 0, 0)
    working.work_off()
    assert run.progress == Progress(len(missing), len(missing), 0)
    assert not jobs.missing_in("uk").exists()


def test_a_job_begins_as_soon_as_it_is_committed(stub: Stub, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    page = content.article()
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue(page=page, language="uk", user=None)
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_the_clock_starts_what_is_due(stub: Stub) -> None:
    jobs.enqueue(page=content.article(), language="uk", user=None)
    every_minute.do_all()
    assert stub.requests == 1


def test_an_act_that_fails_does_not_stop_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(every_minute, "_acts", [lambda: 1 // 0, lambda: done.append("done")])
    every_minute.do_all()
    assert done == ["done"]


# Failures


def test_a_provider_that_fails_on_every_third_call_fails_these_jobs_and_no_others(stub: Stub) -> None:
    stub.faults.extend(["ok", "ok", "400"] * 3)
    made = pages(9)
    run = jobs.start_run(language="uk", user=None, pages=made)
    assert working.work_off() == 9
    assert run.progress == Progress(9, 6, 3)
    failed = run.jobs.filter(state=JobState.FAILED)
    assert {job.page_id for job in failed} == {made[number].pk for number in (2, 5, 8)}
    assert all("DeepL" in job.sentence for job in failed)


def test_what_fails_for_a_moment_is_tried_again_later(stub: Stub) -> None:
    stub.faults.append("503")
    job = jobs.enqueue(page=content.article(), language="uk", user=None)
    assert working.work_off() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.WAITING, 0)  # the page is not to blame
    assert 25 < (job.due_at - timezone.now()).total_seconds() <= 45
    assert "DeepL" in job.sentence
    later(job, seconds=45)
    working.work_off()
    job.refresh_from_db()
    assert (job.state, job.sentence) == (JobState.DONE, "")


def test_a_provider_that_says_when_is_not_asked_before(stub: Stub) -> None:
    stub.faults.append("429-date")
    job = jobs.enqueue(page=content.article(), language="uk", user=None)
    working.work_off()
    job.refresh_from_db()
    assert (job.due_at - timezone.now()).total_seconds() > 80


def test_waiting_times_double_and_differ() -> None:
    for attempts in range(1, 6):
        found = {working.back_off(attempts) for _ in range(20)}
        assert len(found) > 1
        assert all(30 * 2 ** (attempts - 1) <= each <= 45 * 2 ** (attempts - 1) for each in found)


def test_after_six_attempts_a_job_fails_with_the_providers_sentence(stub: Stub) -> None:
    stub.faults.extend(["500"] * 10)
    job = jobs.enqueue(page=content.article(), language="uk", user=None)
    for _ in range(10):
        working.work_off()
        later(job, hours=2)
    job.refresh_from_db()
    assert (job.state, stub.requests) == (JobState.FAILED, 6)
    assert "500" in job.sentence


def test_an_error_of_our_own_fails_the_job_and_is_logged(stub: Stub, caplog: pytest.LogCaptureFixture) -> None:
    [first] = pages(1)
    with override_settings(MACHINE_TRANSLATION={**stub.settings("deepl"), "PREFERRED": "not a table"}):
        job = jobs.enqueue(page=first, language="uk", user=None)
        assert working.work_off() == 1
    job.refresh_from_db()
    assert (job.state, bool(job.sentence)) == (JobState.FAILED, True)
    assert "Traceback" in caplog.text
    assert f"page {first.pk}" in caplog.text


def test_what_one_request_brought_is_kept_when_the_next_one_fails(stub: Stub) -> None:
    stub.faults.extend(["ok", "503"])
    body = [("paragraph", f"<p>Absatz {number} über das Fest.</p>") for number in range(60)]
    page = factories.article(factories.news_index(factories.municipality()), "Ein Fest", body=body)
    job = jobs.enqueue(page=page, language="uk", user=None)
    working.work_off()
    assert sum(not segment.is_missing for segment in content.segments(page, "uk")) == 50
    later(job, minutes=5)
    working.work_off()
    assert not any(segment.is_missing for segment in content.segments(page, "uk"))
    assert max(Counter(stub.texts[:50] + stub.texts[62:]).values()) == 1


# Pausing


def test_a_paused_run_stops_and_resumes(stub: Stub) -> None:
    run = jobs.start_run(language="uk", user=None, pages=pages(4))
    working.work_off(limit=1)
    jobs.pause(run)
    assert working.work_off() == 0
    assert stub.requests == 1
    assert set(run.jobs.values_list("state", flat=True)) == {JobState.DONE, JobState.PAUSED}
    jobs.resume(run)
    working.work_off()
    assert run.progress == Progress(4, 4, 0)


def test_a_page_asked_for_by_itself_leaves_a_paused_run(stub: Stub) -> None:
    first, second = pages(2)
    run = jobs.start_run(language="uk", user=None, pages=[first, second])
    jobs.pause(run)
    job = jobs.enqueue(page=first, language="uk", user=None)
    assert working.work_off() == 1
    job.refresh_from_db()
    assert job.state == JobState.DONE


# Leases


def test_a_job_is_claimed_once(stub: Stub) -> None:
    jobs.enqueue(page=content.article(), language="uk", user=None)
    assert working.claim() is not None
    assert working.claim() is None


def test_the_job_of_a_dead_worker_is_taken_up_after_its_lease(stub: Stub) -> None:
    job = jobs.enqueue(page=content.article(), language="uk", user=None)
    assert working.claim() is not None
    assert working.work_off() == 0
    later(job, seconds=91)
    assert working.work_off() == 1
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_who_lost_the_lease_stores_nothing(stub: Stub) -> None:
    page = content.article()
    job = jobs.enqueue(page=page, language="uk", user=None)
    slow = working.claim()
    assert slow is not None
    later(job, seconds=91)
    assert working.claim() is not None
    working._work(slow)
    assert all(segment.is_missing for segment in content.segments(page, "uk"))
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def test_a_page_deleted_meanwhile_is_no_error(stub: Stub, caplog: pytest.LogCaptureFixture) -> None:
    page = content.article()
    jobs.enqueue(page=page, language="uk", user=None)
    claimed = working.claim()
    assert claimed is not None
    assert claimed.page.pk == page.pk
    DraftJob.objects.all().delete()
    working._work(claimed)
    assert "Traceback" not in caplog.text


def test_a_job_that_kills_every_worker_ends(stub: Stub) -> None:
    job = jobs.enqueue(page=content.article(), language="uk", user=None)
    for _ in range(6):
        assert working.claim() is not None
        later(job, seconds=91)
    working.work_off()
    job.refresh_from_db()
    assert (job.state, stub.requests) == (JobState.FAILED, 0)


# Many


def test_memory_does_not_grow_with_the_number_of_pages(stub: Stub) -> None:
    made = pages(26)
    peak_of(made[:2], stub)  # fills caches
    few, many = peak_of(made[2:5], stub), peak_of(made[5:], stub)
    assert many < 1.3 * few


def peak_of(some: list[NewsPage], stub: Stub) -> int:
    """Bytes at most in use while drafts of these pages are made, without what only a test keeps."""
    jobs.start_run(language="uk", user=None, pages=some)
    gc.freeze()  # what was there before need not be looked through after every page
    tracemalloc.start()
    try:
        for _page in some:
            assert working.work_off(limit=1) == 1
            connection.run_on_commit.clear()  # the transaction of a test never ends
            for kept in (stub.texts, stub.contents, stub.authorizations):
                kept.clear()
            gc.collect()  # when Python tidies up by itself is chance
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.unfreeze()


class Killed:
    """An installation in a folder, whose workers are killed."""

    def __init__(self, data: Path, stub: Stub) -> None:
        self.data = data
        self.environment = {
            **environment(data),
            "DEEPL_URL": stub.url,
            "DEEPL_KEY": provider_stub.KEY,
            "TRANSLATION_TIMEOUT": "1.5",
            "TRANSLATION_BUDGET_DEEPL": "",
        }

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        with (self.data / "worker.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603
                [*MANAGE, *arguments], env=self.environment, cwd=ROOT, stdout=log, stderr=log
            )

    @contextmanager
    def worker(self) -> Iterator["subprocess.Popen[bytes]"]:
        process = self.start("db_worker", "--interval", "0.1", "--no-startup-delay", "--no-reload")
        try:
            yield process
        finally:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()

    def minute(self) -> None:
        """What the clock does once a minute."""
        assert self.start("shell", "-c", "from cms.jobs import every_minute; every_minute.do_all()").wait(60) == 0

    def ask(self, question: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.data / "db.sqlite3", timeout=20)) as database:
            return database.execute(question).fetchall()

    def open_jobs(self) -> int:
        [(count,)] = self.ask("SELECT count(*) FROM translations_draftjob WHERE state != 'done'")
        assert isinstance(count, int)
        return count


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the workers share a copy of the SQLite file")
def test_fifty_jobs_with_killed_workers_are_all_done_once(tmp_path: Path) -> None:
    count = 50
    jobs.start_run(language="uk", user=None, pages=pages(count))
    (tmp_path / "db.sqlite3").write_bytes(connection.connection.serialize())  # with what this test has not committed
    with provider_stub.running(pause=0.2) as stub:
        there = Killed(tmp_path, stub)
        there.minute()
        with there.worker():
            until(lambda: stub.requests >= 12)
        killed_with = there.open_jobs()
        assert count > killed_with > 0
        with there.worker(), there.worker():
            deadline = time.monotonic() + 240  # a busy machine needs ten seconds to start Django
            while there.open_jobs() and time.monotonic() < deadline:
                there.minute()
    assert there.ask("SELECT state, count(*) FROM translations_draftjob GROUP BY state") == [("done", count)]
    drafts = "SELECT count(*), count(DISTINCT object_id) FROM translations_translatedrevision JOIN wagtailcore_revision"
    assert there.ask(f"{drafts} AS r ON r.id = revision_id") == [(count, count)]
    assert there.ask("SELECT count(*) FROM wagtail_localize_stringtranslation") == [(2 * count,)]
    sent = Counter(stub.texts)
    assert len(sent) == 2 * count
    assert stub.requests - count <= 1, "only the request under way when the worker was killed is asked again"


def until(happened: Callable[[], bool], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)

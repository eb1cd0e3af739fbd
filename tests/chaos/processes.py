"""Killed processes: web server, worker, clock; and two clocks."""

import os
import signal
import time

from tests.chaos.load import loaded
from tests.chaos.machine import MANAGE, Installation, children, installed, part, require, wait_for

JOBS = "django_tasks_database_dbtaskresult"
PUBLISHED = "wagtailcore_pagelogentry WHERE action = 'wagtail.publish.scheduled'"
WAITING = "wagtailcore_revision WHERE approved_go_live_at IS NOT NULL"
DUE = 20
LONGEST_GAP = 10.0
"""Seconds without an answer, beside those that the platform needs to start on this machine."""


def killed_server(base: Installation) -> str:
    """A child of the web server, then the web server itself: nothing that was confirmed is lost, no answer is wrong."""
    with installed(base, "server") as here:
        begun = time.monotonic()
        platform = here.serve()
        start = time.monotonic() - begun
        with loaded(here, readers=6, writers=2) as load:
            time.sleep(3)
            server = part(platform, "granian")
            os.kill(children(server, "^(?!.*resource_tracker)")[0], signal.SIGKILL)
            time.sleep(start + 3)
            os.kill(server, signal.SIGKILL)
            wait_for(lambda: part_or_none(here, platform, server), "the server is started again")
            wait_for(lambda: here.status("/de/") == 200, "the server answers again")
            time.sleep(3)
        require(not load.wrong, f"wrong answers: {load}")
        require(load.longest_gap < LONGEST_GAP + start, f"nobody answered for long: {load}")
        stored = {path for (path,) in here.ask("SELECT old_path FROM wagtailredirects_redirect")}
        lost = set(load.confirmed) - stored
        require(load.confirmed, f"nothing could be written: {dict(load.written)}")
        require(not lost, f"{len(lost)} of {len(load.confirmed)} confirmed writes are lost")
        return f"{load}; {len(load.confirmed)} writes, none lost"


def part_or_none(here: Installation, platform: "object", before: int) -> bool:
    found = children(platform.pid, "granian")  # type: ignore[attr-defined]
    return bool(found) and found != [before]


def killed_worker_and_clock(base: Installation) -> str:
    """Under two clocks: a worker in a job, and a clock; the job is done again, what is due is published once."""
    with installed(base, "jobs") as here:
        lines = here.data / "lines"
        here.make_due(DUE)
        platform = here.serve()
        here.start(*MANAGE, "clock")
        here.enqueue(f"write_line({str(lines)!r}, 4.0)")
        wait_for(lambda: lines.exists(), "the job has begun")
        os.kill(part(platform, r"manage\.py worker"), signal.SIGKILL)
        wait_for(lambda: here.count(PUBLISHED) > 0, "what is due is being published")
        os.kill(part(platform, r"manage\.py clock"), signal.SIGKILL)
        took = wait_for(lambda: here.count(WAITING) == 0, "everything due is published")
        again = wait_for(lambda: here.count(f"{JOBS} WHERE status = 'RUNNING'") == 0, "the job is taken up", 120)
        wait_for(lambda: lines.read_text().split()[-1] == "ended", "the job has ended")
        job = f"{JOBS} WHERE task_path = 'tests.cms.jobs.example_jobs.write_line' AND status = 'SUCCESSFUL'"
        wait_for(lambda: here.count(job) == 1, "the job is done")
        require(lines.read_text().split() == ["begun", "begun", "ended"], f"the job: {lines.read_text().split()}")
        published = here.count(PUBLISHED)
        require(published == DUE, f"{published} entries in the log for {DUE} articles")
        return f"{DUE} articles once each, {took:.0f} s after the clock was killed; job done again after {again:.0f} s"


def two_clocks(base: Installation) -> str:
    """Both from cron at the same second, several times."""
    with installed(base, "clocks") as here:
        here.make_due(DUE)
        clocks = [here.start(*MANAGE, "clock", "--once") for _ in range(2)]
        require([clock.wait(90) for clock in clocks] == [0, 0], f"a clock failed:\n{here.log}")
        published, waiting = here.count(PUBLISHED), here.count(WAITING)
        require((published, waiting) == (DUE, 0), f"{published} entries in the log for {DUE} articles, {waiting} wait")
        require(here.count("cms_turn WHERE holder != ''") == 0, "a turn is still held")
        return f"{DUE} articles, {published} entries in the log"

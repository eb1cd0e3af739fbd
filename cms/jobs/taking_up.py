"""Jobs of workers that died: taken up again, and given up when they have killed too many."""

import logging
from typing import Any

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from cms.jobs.processes import SILENCE, Heart, RunningProcess

MOST_DEATHS = 3
"""A job under which so many workers died is not given to a fourth."""
DIED = " (died)"
"""Marks in the job's list of workers the one that did not come back."""

Job = DBTaskResult[..., Any]

logger = logging.getLogger(__name__)


class WorkerKilled(Exception):
    """What stands in the record of a job that was given up."""


KILLED = f"{WorkerKilled.__module__}.{WorkerKilled.__qualname__}"


def deaths(job: Job) -> int:
    return sum(worker.endswith(DIED) for worker in job.worker_ids)


def failures(job: Job) -> int:
    """How often it was begun and did not lose its worker."""
    return len(job.worker_ids) - deaths(job)


def abandoned() -> list[Job]:
    """Running jobs of workers that are not known to be alive."""
    alive = RunningProcess.objects.alive().workers().values_list("pk", flat=True)
    begun = DBTaskResult.objects.running().filter(started_at__lt=Now() - SILENCE)
    living = set(alive)
    return [job for job in begun if not job.worker_ids or job.worker_ids[-1] not in living]


def take_up(by: Heart) -> int:
    """Makes the jobs of dead workers ready again, each once, however many look at them; returns how many."""
    if not by.may_judge:
        return 0
    return sum(lose_worker(job) for job in abandoned())


def lose_worker(job: Job) -> bool:
    """Ready for the next worker, or failed for good; False when somebody else has seen to it."""
    workers = [*job.worker_ids]
    if workers:
        workers[-1] += DIED
    job.worker_ids = workers
    if deaths(job) >= MOST_DEATHS:
        logger.error("job %s (%s) is given up: %s workers died of it", job.pk, job.task_path, deaths(job))
        values = {
            "status": TaskResultStatus.FAILED,
            "finished_at": timezone.now(),
            "exception_class_path": KILLED,
            "traceback": f"{deaths(job)} workers were killed while they did this job.",
        }
    else:
        logger.warning("job %s (%s) lost its worker and is taken up again", job.pk, job.task_path)
        values = {"status": TaskResultStatus.READY, "run_after": get_date_max()}
    # The moment at which it was claimed tells this claim from every other.
    still = Q(pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at)
    return bool(DBTaskResult.objects.filter(still).update(worker_ids=workers, **values))

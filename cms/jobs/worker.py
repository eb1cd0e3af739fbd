"""The worker for background jobs: django-tasks-db's, which outlives its database and says that it is alive.

A job is done at least once: by exactly one worker as long as none dies, and again when its worker died or the database
went away before the end could be written down.
"""

import logging
import random
import time
import traceback
from typing import Any

from django.db import Error, InterfaceError, OperationalError, close_old_connections
from django.utils import timezone
from django_tasks import TaskContext
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished, task_started
from django_tasks.utils import normalize_json
from django_tasks_db.management.commands.db_worker import Worker as BaseWorker
from django_tasks_db.models import DBTaskResult, get_date_max

from cms.jobs import retrying, taking_up
from cms.jobs.outage import Outage, in_one_line
from cms.jobs.processes import Heart, beating
from cms.jobs.taking_up import Job

LOOKS_FOR_ABANDONED_EVERY = 15.0

logger = logging.getLogger(__name__)


class Worker(BaseWorker):
    heart: Heart
    looked_at = 0.0

    def run(self) -> None:
        """Works until it is told to stop (``batch``: until nothing is left; ``max_tasks``: after so many)."""
        self.outage = Outage("the worker")
        if self.startup_delay and self.interval:
            time.sleep(random.random())  # noqa: S311 (several workers shall not ask at the same moment)
        with beating("worker", self.worker_id) as self.heart:
            while self.running and (self.max_tasks is None or self._run_tasks < self.max_tasks):
                try:
                    close_old_connections()
                    self.look_for_abandoned()
                    job = self.claim()
                except Error as error:
                    self.running_task = False
                    time.sleep(self.outage.met(error))
                    continue
                self.outage.is_over()
                if job is not None:
                    self.run_task(job)
                elif self.batch:
                    return
                elif self.running:
                    time.sleep(self.interval)

    def look_for_abandoned(self) -> None:
        if time.monotonic() - self.looked_at > LOOKS_FOR_ABANDONED_EVERY:
            self.looked_at = time.monotonic()
            taking_up.take_up(self.heart)

    def claim(self) -> Job | None:
        """The next job. Looking takes no lock; of several workers that want it, the one whose UPDATE comes first."""
        jobs = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        if not self.process_all_queues:
            jobs = jobs.filter(queue_name__in=self.queue_names)
        if self.excluded_queue_names:
            jobs = jobs.exclude(queue_name__in=self.excluded_queue_names)
        while (job := jobs.first()) is not None:
            job.status, job.started_at = TaskResultStatus.RUNNING, timezone.now()
            job.worker_ids = [*job.worker_ids, self.worker_id]
            self.running_task = True  # a signal to stop waits from here on
            free = DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.READY)
            if free.update(status=job.status, started_at=job.started_at, worker_ids=job.worker_ids):
                return job
            self.running_task = False
        return None

    def run_task(self, db_task_result: Job) -> None:
        """Does one job and writes down how it ended, even when the database is away for a while."""
        self.running_task = True
        job = db_task_result
        try:
            value = self._call(job)
        except (OperationalError, InterfaceError) as error:
            self._fail(job, error, retries=True)
        except Exception as error:  # noqa: BLE001 (written down and logged below)
            if retrying.has_nothing_to_do(job.task_path, error):
                self._end(job, status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now())
            else:
                self._fail(job, error)
        except BaseException:
            self._end(job, status=TaskResultStatus.READY, run_after=get_date_max())  # told to stop at once
            raise
        else:
            self._end(job, status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now(), return_value=value)
        finally:
            self.running_task = False
            self._run_tasks += 1

    def _call(self, job: Job) -> Any:
        task, result = job.task, job.task_result
        task_started.send(sender=task.get_backend(), task_result=result)
        context: list[Any] = [TaskContext(task_result=result)] if task.takes_context else []  # type: ignore[arg-type]
        return normalize_json(task.call(*context, *result.args, **result.kwargs))

    def _fail(self, job: Job, error: Exception, *, retries: bool = False) -> None:
        """``retries``: it lost the database, so it is tried again whatever it says of itself."""
        failures = taking_up.failures(job)
        pause = retrying.pause_before_next(job.task_path, failures)
        if pause is None and retries and failures <= len(retrying.PAUSES):
            pause = retrying.PAUSES[failures - 1]
        wrong = {
            "exception_class_path": f"{type(error).__module__}.{type(error).__qualname__}",
            "traceback": "".join(traceback.format_exception(error)),
        }
        if pause is not None:
            said = (job.pk, job.task_path, failures, pause, in_one_line(error))
            logger.warning("job %s (%s) failed for the %s. time, again in %s: %s", *said)
            self._end(job, status=TaskResultStatus.READY, run_after=timezone.now() + pause, **wrong)
        else:
            logger.error("job %s (%s) failed for good", job.pk, job.task_path, exc_info=error)
            self._end(job, status=TaskResultStatus.FAILED, finished_at=timezone.now(), **wrong)

    def _end(self, job: Job, **values: Any) -> None:
        """Writes down how it ended, unless it was taken from this worker meanwhile."""
        values = {"exception_class_path": "", "traceback": "", "return_value": None, **values}
        mine = DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at)
        while True:
            try:
                mine.update(**values)
                break
            except Error as error:
                pause = self.outage.met(error)
                if not self.running:
                    return  # another worker takes it up
                time.sleep(pause)
        self.outage.is_over()
        if values["status"] != TaskResultStatus.READY:
            for name, value in values.items():
                setattr(job, name, value)
            try:
                task_finished.send(sender=type(job.task.get_backend()), task_result=job.task_result)
            except Exception:
                logger.exception("job %s has ended, and something that listens failed", job.pk)

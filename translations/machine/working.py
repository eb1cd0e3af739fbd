"""Working off the drafts by machine that ``jobs`` keeps.

A job is claimed by one conditional UPDATE and held by a lease, renewed with every part that is stored. Who has lost it
stores nothing more. A worker may be killed at any moment: the rest is taken up again after the lease. No worker waits.
"""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import DatabaseError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cms.localization import languages
from translations import publishing
from translations.machine import budget, drafting, pauses
from translations.machine.german import Changed, German, OffLine
from translations.machine.models import DraftJob, DraftRun, JobState
from translations.machine.pauses import back_off, setting
from translations.machine.provider import ProviderError

logger = logging.getLogger(__name__)

LEASE = 90.0
"""Seconds without a sign of life after which a job is taken up again; longer than any request lasts."""
MOST_ATTEMPTS = 6


class LeaseLost(Exception):
    """Another worker has this job, or its page is gone."""


def due(run: DraftRun | None = None) -> QuerySet[DraftJob]:
    """Jobs that wait for a worker, and running ones whose worker has died; of ``run`` or of all.

    None in languages whose provider is not to be asked now.
    """
    now = timezone.now()
    found = DraftJob.objects.filter(
        Q(state=JobState.WAITING, due_at__lte=now) | Q(state=JobState.RUNNING, lease_until__lt=now),
        Q(run=None) | Q(run__paused=False),
    ).exclude(language__in=pauses.paused_languages())
    return found.filter(run=run) if run else found


def work_off(limit: int | None = None, *, run: DraftRun | None = None) -> int:
    """Does jobs that are due, one after the other, at most ``limit``; returns how many. Raises nothing."""
    count = 0
    try:
        # What happened is told in the language of the editors, whoever started the worker.
        with translation.override(languages.SOURCE):
            while (limit is None or count < limit) and (job := claim(run)) is not None:
                _work(job)
                count += 1
    except DatabaseError:
        logger.exception("drafts by machine stop: the database does not answer; they are taken up again")
    return count


def claim(run: DraftRun | None = None) -> DraftJob | None:
    """The next job that is due, now ours until its lease ends; None when there is none."""
    while (job := due(run).order_by("due_at", "pk").first()) is not None:
        claim = uuid4().hex
        # Only what stands in the row itself: so a second UPDATE waits for the first and then finds nothing.
        seen = DraftJob.objects.filter(pk=job.pk, state=job.state, claim=job.claim, lease_until=job.lease_until)
        if seen.update(
            state=JobState.RUNNING, claim=claim, lease_until=_lease(), attempts=F("attempts") + 1, sentence=""
        ):
            return DraftJob.objects.select_related("page", "run").filter(pk=job.pk, claim=claim).first()
    return None


def _lease() -> datetime:
    return timezone.now() + timedelta(seconds=setting("LEASE", LEASE))


def _change(job: DraftJob, **values: Any) -> None:
    """Writes into a job that is ours; raises ``LeaseLost`` when it is not (any more)."""
    if not DraftJob.objects.filter(pk=job.pk, claim=job.claim, state=JobState.RUNNING).update(**values):
        raise LeaseLost


def _work(job: DraftJob) -> None:
    try:
        _draft(job)
    except LeaseLost:
        logger.info("draft %s was taken over by another worker", job.pk)
    except Exception:
        logger.exception("draft %s of page %s in %s failed", job.pk, job.page_id, job.language)
        _end(job, JobState.FAILED, _("An unexpected error. Whoever runs this site finds it in the log."))


def _draft(job: DraftJob) -> None:
    if job.attempts > MOST_ATTEMPTS:
        _end(job, JobState.FAILED, _("The draft broke off again and again. Please translate by hand."))
        return
    try:
        if not _stored_all(job):
            return
    except (drafting.CannotDraft, publishing.Locked, budget.TooLong, OffLine) as error:
        _end(job, JobState.FAILED, getattr(error, "sentence", str(error)))
    except (budget.UsedUp, pauses.Paused, Changed) as error:
        _wait(job, error.sentence, error.until or timezone.now())
    except ProviderError as error:
        if error.reason in pauses.WHOLE_SERVICE:  # the page is not to blame
            _wait(job, error.sentence, pauses.until(job.language))
        else:
            _try_again(job, error.sentence, possible=error.retryable, wait=error.retry_after)
    except DatabaseError:
        logger.warning("draft %s of page %s met a busy database", job.pk, job.page_id, exc_info=True)
        _try_again(job, _("The database was busy. The draft will be tried again."))
    else:
        _end(job, JobState.DONE, "")


def _stored_all(job: DraftJob) -> bool:
    """Part by part, each with its lease in one transaction; False when the run was paused in between.

    Raises ``OffLine`` and ``Changed`` as soon as the German page is not what it was at the beginning.
    """
    page = job.page.specific
    german = German.of(job)
    skip = {(each["context_id"], each["string_id"]) for each in job.left}
    for part in drafting.parts(page, job.language, skip=skip):
        with transaction.atomic():
            _change(job, lease_until=_lease(), attempts=1)
            german.require_public()
            drafting.require_free(page, job.language)
            left = drafting.store(page, job.language, part)
            if left:
                job.left = [*job.left, *(each.as_json() for each in left)]
                _change(job, left=job.left)
        job.attempts = 1
        german.require_same()
        if _is_paused(job):
            _change(job, state=JobState.PAUSED, lease_until=None, attempts=0)
            return False
    with transaction.atomic():
        _change(job, lease_until=_lease())
        german.require_same()
        if german.is_public(lock=True):
            drafting.publish_where_allowed(page, job.language)
    return True


def _is_paused(job: DraftJob) -> bool:
    return job.run_id is not None and DraftRun.objects.filter(pk=job.run_id, paused=True).exists()


def _end(job: DraftJob, state: JobState, sentence: str) -> None:
    DraftJob.objects.filter(pk=job.pk, claim=job.claim, state=JobState.RUNNING).update(
        state=state, sentence=sentence, lease_until=None
    )


def _wait(job: DraftJob, sentence: str, until: datetime, *, attempts: int = 0) -> None:
    """Is due later; a run that was paused meanwhile keeps it."""
    state = JobState.PAUSED if _is_paused(job) else JobState.WAITING
    _change(job, state=state, sentence=sentence, due_at=until, lease_until=None, attempts=attempts)


def _try_again(job: DraftJob, sentence: str, *, possible: bool = True, wait: float | None = None) -> None:
    if not possible or job.attempts >= MOST_ATTEMPTS:
        return _end(job, JobState.FAILED, sentence)
    until = timezone.now() + timedelta(seconds=max(back_off(job.attempts), wait or 0.0))
    _wait(job, sentence, until, attempts=job.attempts)

"""Drafts by machine are asked for here, one job for each page and language; ``working`` does them."""

import logging
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from translations import status
from translations.machine import tasks
from translations.machine.models import OPEN, DraftJob, DraftRun, JobState
from translations.models import TranslationStatus
from translations.segments import TARGETS

logger = logging.getLogger(__name__)


def enqueue(*, page: Page, language: str, user: Any, run: DraftRun | None = None) -> DraftJob:
    """A draft of ``page`` in ``language``, begun as soon as this transaction is committed.

    There is one open job for each page and language: asked for again, it is due at once. Raises ValueError.
    """
    source = status.source_page_of(page)
    if source is None or language not in TARGETS:
        raise ValueError(f"Page {page.pk} has no German page, or {language} is no language of translations.")
    job = _open_job(source, language, user, run)
    _start_soon()
    return job


def start_run(*, language: str, user: Any, pages: Iterable[Page] | None = None) -> DraftRun:
    """Drafts everything that is missing in ``language``, on all live pages or on ``pages``.

    A page that is being drafted already stays with the run that it belongs to.
    """
    if language not in TARGETS:
        raise ValueError(f"{language} is no language of translations.")
    with transaction.atomic():
        run = DraftRun.objects.create(language=language, started_by=user)
        for page in missing_in(language).iterator(chunk_size=200) if pages is None else pages:
            _open_job(page, language, user, run)
        _start_soon()
    return run


def missing_in(language: str) -> QuerySet[Page]:
    """Live source pages with sentences that are not translated, from the entrance on."""
    rows = TranslationStatus.objects.of_live_pages().filter(language=language, segments_missing__gt=0)
    found: QuerySet[Page] = Page.objects.filter(pk__in=rows.values("page_id")).order_by("path")
    return found


def _open_job(page: Page, language: str, user: Any, run: DraftRun | None) -> DraftJob:
    found = DraftJob.objects.filter(page_id=page.pk, language=language, state__in=OPEN)
    if not found.exists():
        try:
            with transaction.atomic():
                return DraftJob.objects.create(page_id=page.pk, language=language, asked_by=user, run=run)
        except IntegrityError:
            logger.info("draft of page %s in %s was asked for twice", page.pk, language)
    found.filter(state=JobState.PAUSED).update(state=JobState.WAITING, run=run)
    found.filter(state=JobState.WAITING).update(due_at=timezone.now())
    job: DraftJob = DraftJob.objects.filter(page_id=page.pk, language=language).latest("pk")
    return job


def _start_soon() -> None:
    transaction.on_commit(tasks.start)


def pause(run: DraftRun) -> None:
    """Nothing more is asked of providers for ``run``; a part under way is still kept."""
    with transaction.atomic():
        DraftRun.objects.filter(pk=run.pk).update(paused=True)
        run.jobs.filter(state=JobState.WAITING).update(state=JobState.PAUSED)
    run.paused = True


def resume(run: DraftRun) -> None:
    with transaction.atomic():
        DraftRun.objects.filter(pk=run.pk).update(paused=False)
        run.jobs.filter(state=JobState.PAUSED).update(state=JobState.WAITING, due_at=timezone.now())
        _start_soon()
    run.paused = False

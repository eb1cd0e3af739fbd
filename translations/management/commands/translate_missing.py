"""Drafts by machine what is missing in a language, in the foreground, where one can watch."""

import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from wagtail.models import Page

from translations.machine import budget, drafting, jobs, pauses, providers, working
from translations.machine.models import OPEN, DraftRun, JobState
from translations.management.commands.translation_status import progress
from translations.segments import TARGETS

PATIENCE = timedelta(minutes=30)
"""Jobs that wait for longer are left to the worker and the clock."""
LOOK_AGAIN = 0.5  # seconds


class Command(BaseCommand):
    help = "Drafts by machine what is not translated into a language yet; nothing is published without review."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", required=True, choices=TARGETS)
        parser.add_argument("--page", type=int, help="Number of one German page; otherwise all published ones.")
        parser.add_argument("--dry-run", action="store_true", help="Only says how much there is to do.")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"]
        pages = jobs.missing_in(language)
        if options["page"]:
            pages = pages.filter(pk=options["page"])
            if not pages.exists():
                raise CommandError(f"Page {options['page']} is not a published German page with missing sentences.")
        self.tell_extent(pages, language)
        if options["dry_run"]:
            return
        if reason := drafting.why_not(language):
            raise CommandError(reason)
        run = jobs.start_run(language=language, user=None, pages=pages)
        self.work_off(run)
        self.tell_end(run)

    def tell_extent(self, pages: Any, language: str) -> None:
        count = sentences = characters = 0
        for page in pages.iterator(chunk_size=100):
            more_sentences, more_characters = drafting.estimate(page, language)
            count, sentences, characters = count + 1, sentences + more_sentences, characters + more_characters
        self.stdout.write(f"{count} pages, {sentences} sentences, about {characters} characters to send.")
        provider = providers.for_language(language)
        if provider is None:
            self.stdout.write(drafting.why_not(language))
            return
        left = budget.remaining(provider)
        allowed = "any number of" if left is None else str(left)
        self.stdout.write(f"{provider.label} may be sent {allowed} characters more in this month.")

    def work_off(self, run: DraftRun) -> None:
        """Until nothing of ``run`` is open, or what is open waits for long. A worker may help meanwhile."""
        while (open_jobs := run.jobs.filter(state__in=OPEN)).exists():
            worked = working.work_off(limit=1, run=run)
            counted = run.progress
            self.stderr.write(f"\r{progress(counted.done + counted.failed, counted.of)}", ending="")
            soon = timezone.now() + PATIENCE
            pause = pauses.of_language(run.language)
            if pause is not None and (pause.until is None or pause.until > soon):
                break
            if not worked and not open_jobs.exclude(state=JobState.WAITING, due_at__gt=soon).exists():
                break
            if not worked:
                time.sleep(LOOK_AGAIN)
        self.stderr.write("")

    def tell_end(self, run: DraftRun) -> None:
        counted = run.progress
        self.stdout.write(f"{counted.done} of {counted.of} pages are drafted.")
        paused = pauses.why(run.language)
        waiting = run.jobs.filter(state__in=OPEN).select_related("page")
        for job in waiting:
            self.stdout.write(f"waits: {named(job.page)}: {paused or job.sentence}")
        for job in run.jobs.exclude(left=[]).select_related("page"):
            self.stdout.write(f"{len(job.left)} sentences need a person: {named(job.page)}")
        if paused and waiting:
            lines = (f"{named(job.page)}: {paused}" for job in waiting)
            raise CommandError("\n".join(["Not drafted yet:", *lines]), returncode=1)
        failed = list(run.jobs.filter(state=JobState.FAILED).select_related("page"))
        if failed:
            lines = (f"{named(job.page)}: {job.sentence}" for job in failed)
            raise CommandError("\n".join(["Not drafted:", *lines]), returncode=1)


def named(page: Page) -> str:
    return f"{page.title} (page {page.pk})"

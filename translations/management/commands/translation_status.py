"""What is translated: shows it, or counts everything anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count, Sum
from wagtail.models import Page

from cms.bin.tree import OUTSIDE
from cms.localization import languages, locales
from translations import status
from translations.models import TranslationStatus


class Command(BaseCommand):
    help = "Shows how much is translated into each language; with --rebuild counts everything anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="Reads every page again; safe to repeat.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            self.rebuild(quiet=options["verbosity"] == 0)
        for row in (
            TranslationStatus.objects.of_live_pages()
            .values("language", "state")
            .annotate(pages=Count("pk"), words=Sum("words_missing"))
            .order_by("language", "state")
        ):
            self.say("{language:10} {state:10} {pages:5} pages {words:7} words missing".format(**row), options)

    def say(self, line: str, options: dict[str, Any]) -> None:
        if options["verbosity"]:
            self.stdout.write(line)

    def rebuild(self, *, quiet: bool) -> None:
        """One page after the other, each committed by itself: an interruption loses nothing."""
        sources = Page.objects.filter(OUTSIDE, locale_id=locales.id_of(languages.SOURCE), depth__gt=1).order_by("path")
        pages = [page for page in sources.select_related("content_type") if status.is_translatable(page)]
        for number, page in enumerate(pages, start=1):
            status.rebuild(page)
            if not quiet:
                self.stderr.write(f"\r{progress(number, len(pages))}", ending="")
        if pages and not quiet:
            self.stderr.write("")


def progress(done: int, of: int, width: int = 40) -> str:
    """``[####------] 4/10`` in one line."""
    filled = width * done // of
    return f"[{'#' * filled}{'-' * (width - filled)}] {done}/{of}"

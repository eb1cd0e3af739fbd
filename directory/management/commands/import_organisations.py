"""Reads a list of organisations in from the command line, as the admin does."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms import languages
from directory.index import DirectoryPage
from directory.spreadsheet import importing, reading
from directory.spreadsheet.models import Outcome, SpreadsheetImport
from directory.spreadsheet.plan import RowPlan


class Command(BaseCommand):
    help = "Reads a CSV or XLSX file of organisations in. Exit status 1 when a row was refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--site", default="", help="host name of the site (default: the default site)")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--publish", action="store_true", help="publish at once; else new organisations are drafts")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(languages.SOURCE):
            try:
                rows = reading.read(options["file"].read_bytes())
            except (OSError, reading.BadSpreadsheet) as error:
                raise CommandError(str(error)) from error
            directory = self._directory(options["site"])
            of = importing.prepare(directory=directory, file_name=options["file"].name, rows=rows, user=None)
            if options["dry_run"]:
                refused = self._tell_plans(importing.dry_run(of, publish=options["publish"]))
                of.delete()
            else:
                importing.start(of=of, choices={}, publish=options["publish"])
                importing.work_off(SpreadsheetImport.objects.get(pk=of.pk))
                refused = self._tell_rows(of)
        if refused:
            raise SystemExit(1)

    def _directory(self, host: str) -> DirectoryPage:
        sites = Site.objects.filter(hostname=host) if host else Site.objects.filter(is_default_site=True)
        site = sites.select_related("root_page").first()
        found = DirectoryPage.objects.sources().descendant_of(site.root_page).first() if site else None
        if found is None:
            raise CommandError(_("There is no site of that name with a directory."))
        return found

    def _tell_plans(self, plans: list[RowPlan]) -> int:
        for plan in plans:
            notes = [note.as_json() for note in (*plan.faults, *plan.kept)]
            self._tell(plan.number, plan.name, str(plan.outcome.label), notes)
        return sum(bool(plan.faults) for plan in plans)

    def _tell_rows(self, of: SpreadsheetImport) -> int:
        rows = list(of.rows.all())
        for row in rows:
            self._tell(row.number, row.name, str(Outcome(row.outcome).label), row.notes)
        return sum(row.outcome == Outcome.REFUSED for row in rows)

    def _tell(self, number: int, name: str, outcome: str, notes: list[dict[str, str]]) -> None:
        self.stdout.write(f"{number}: {name}: {outcome}")
        for note in notes:
            self.stdout.write(
                f"    {note['column']}: {note['sentence']}" if note["column"] else f"    {note['sentence']}"
            )

"""Reads a list of organisations in from the command line, as the admin does; where that asks, it refuses."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.localization import languages
from directory.profiles.directory_page import DirectoryPage
from directory.spreadsheet import importing, reading
from directory.spreadsheet.limits import BadSpreadsheet
from directory.spreadsheet.models import RowOutcome, SpreadsheetImport
from directory.spreadsheet.plan import RowPlan
from directory.spreadsheet.reading import Reading


class Command(BaseCommand):
    help = "Reads a CSV, XLSX or ODS file of organisations in. Exit status 1 when a row was refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--site", default="", help="host name of the site (default: the default site)")
        parser.add_argument(
            "--reading", default="", help="encoding or sheet, where the file may be read in several ways"
        )
        parser.add_argument("--ignore-unknown-columns", action="store_true", help="leave out columns that mean nothing")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--publish", action="store_true", help="publish at once; else new organisations are drafts")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(languages.SOURCE):
            try:
                found = reading.readings(options["file"].read_bytes())
            except (OSError, BadSpreadsheet) as error:
                raise CommandError(str(error)) from error
            rows = self._chosen(found, options["reading"]).rows
            directory = self._directory(options["site"])
            of = importing.prepare(directory=directory, file_name=options["file"].name, rows=rows, user=None)
            if (of.unknown_headings or (not of.headings and len(rows[0].cells) > 1)) and not options[
                "ignore_unknown_columns"
            ]:
                unknown = of.unknown_headings or rows[0].cells
                of.delete()
                raise CommandError(
                    _("These headings are not known: %(headings)s. Please rename or remove those columns.")
                    % {"headings": ", ".join(f"“{heading}”" for heading in unknown if heading)}
                    + " (--ignore-unknown-columns)"
                )
            if options["dry_run"]:
                refused = self._tell_plans(importing.dry_run(of, publish=options["publish"]))
                of.delete()
            else:
                importing.start(of=of, choices={}, publish=options["publish"])
                importing.work_off(SpreadsheetImport.objects.get(pk=of.pk))
                refused = self._tell_rows(of)
        if refused:
            raise SystemExit(1)

    def _chosen(self, found: list[Reading], name: str) -> Reading:
        """The reading of that name, or the only one. Raises CommandError, which shows the readings side by side."""
        chosen = [each for each in found if each.name == name] if name else found
        if len(chosen) == 1:
            return chosen[0]
        telling = [row.number for row, other in zip(found[0].rows, found[-1].rows, strict=False) if row != other]
        examples = [
            f"    --reading '{each.name}': " + "; ".join(filter(None, row.cells))
            for each in found
            for row in each.rows
            if row.number in telling[:2]
        ]
        raise CommandError(
            "\n".join([_("The file may be read in several ways. Please say which one is right:"), *examples])
        )

    def _directory(self, host: str) -> DirectoryPage:
        sites = Site.objects.filter(hostname=host) if host else Site.objects.filter(is_default_site=True)
        site = sites.select_related("root_page").first()
        found = DirectoryPage.objects.sources().descendant_of(site.root_page).first() if site else None
        if found is None:
            raise CommandError(_("There is no site of that name with a directory."))
        return found

    def _tell_plans(self, plans: list[RowPlan]) -> int:
        for plan in plans:
            questions = [plan.question] if plan.is_open else []
            notes = [note.as_json() for note in (*plan.faults, *questions, *plan.kept)]
            self._tell(plan.number, plan.name, str(plan.outcome.label), notes)
        return sum(plan.outcome == RowOutcome.REFUSED for plan in plans)

    def _tell_rows(self, of: SpreadsheetImport) -> int:
        rows = list(of.rows.all())
        for row in rows:
            self._tell(row.number, row.name, str(RowOutcome(row.outcome).label), row.notes)
        return sum(row.outcome == RowOutcome.REFUSED for row in rows)

    def _tell(self, number: int, name: str, outcome: str, notes: list[dict[str, str]]) -> None:
        self.stdout.write(f"{number}: {name}: {outcome}")
        for note in notes:
            self.stdout.write(
                f"    {note['column']}: {note['sentence']}" if note["column"] else f"    {note['sentence']}"
            )

"""Imports council dates in the foreground, or tells what an OParl server has to offer."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dates.oparl import discovery, runs
from dates.oparl.models import ImportRun, OParlSource
from dates.oparl.server import WalkFailed


class Command(BaseCommand):
    help = "Imports council dates by OParl. Ends with status 1 when a run was rejected or failed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--discover", metavar="URL", help="Lists bodies and organisations of a server; saves nothing."
        )
        parser.add_argument("--source", type=int, metavar="ID", help="Only this source, also when it is not active.")
        parser.add_argument("--json", action="store_true", help="Writes the report as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["discover"]:
            self.discover(options["discover"], as_json=options["json"])
            return
        sources = OParlSource.objects.select_related("council").order_by("pk")
        sources = sources.filter(pk=options["source"]) if options["source"] else sources.filter(is_active=True)
        if options["source"] and not sources:
            raise CommandError(f"There is no source {options['source']}.")
        done = [runs.run(source) for source in sources]
        if options["json"]:
            self.stdout.write(json.dumps([run.as_json() for run in done], ensure_ascii=False, indent=2))
        else:
            for run in done:
                self.tell(run)
            if not done:
                self.stdout.write("No source is active.")
        if not all(run.is_complete for run in done):
            raise CommandError("At least one run was rejected or failed.", returncode=1)

    def tell(self, run: ImportRun) -> None:
        counts = ", ".join(f"{count} {name}" for name, count in run.counts.items())
        self.stdout.write(f"{run.source}: {run.get_outcome_display()}. {counts}")
        for sentence in filter(None, [run.sentence, *run.report.get("remarks", []), *run.report.get("changes", [])]):
            self.stdout.write(f"  {sentence}")

    def discover(self, endpoint: str, *, as_json: bool) -> None:
        try:
            found = [
                {
                    "body": body.name,
                    "url": body.url,
                    "organisations": [asdict(each) for each in discovery.organisations(endpoint, body.url)],
                }
                for body in discovery.bodies(endpoint)
            ]
        except WalkFailed as error:
            raise CommandError(error.sentence, returncode=1) from None
        if as_json:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        for each in found:
            self.stdout.write(f"{each['body']}  {each['url']}")
            for organisation in each["organisations"]:
                self.stdout.write(f"  {organisation['name']}  {organisation['url']}")

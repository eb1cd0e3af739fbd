"""Prints the steps of every act in their order; see docs/acts.md."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.pages import steps


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        for act, found in steps.in_order().items():
            self.stdout.write(f"{act}: " + ", ".join(f"{step.place} {step.name}" for step in found))

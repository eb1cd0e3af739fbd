"""Takes the examples of the demo content away."""

from typing import Any

from django.core.management.base import BaseCommand

from home.demo import examples


class Command(BaseCommand):
    help = "Deletes everything that is marked as an example, and the demo accounts; real content stays."

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, count in examples.remove().items():
            self.stdout.write(f"{count} {kind} removed")

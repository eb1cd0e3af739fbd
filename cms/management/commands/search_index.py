"""Compares the search with what it would be if it were made anew, repairs it, and says what differed."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.search import following
from cms.search.kinds import in_order
from cms.search.models import SearchDocument

MOST = 20
"""Documents that are named of each kind of difference."""


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        changed = following.compare()
        for kind in in_order():
            self.stdout.write(f"{kind.name}: {SearchDocument.objects.filter(kind=kind.name).count()} documents")
        for name, found in (
            ("missing", changed.missing),
            ("wrong", changed.wrong),
            ("superfluous", changed.superfluous),
        ):
            if found:
                more = ", …" if len(found) > MOST else ""
                self.stdout.write(f"{len(found)} were {name}, now repaired: {', '.join(found[:MOST])}{more}")
        if not changed:
            self.stdout.write("Nothing differed.")

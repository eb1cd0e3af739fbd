"""Does what is due at certain times, on machines without cron."""

import signal
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, connection

from cms.jobs import every_minute
from cms.jobs.outage import Outage
from cms.jobs.processes import Heart, beating


class Command(BaseCommand):
    help = (
        "At the beginning of every minute publishes and expires scheduled pages, starts background jobs that are due "
        "and tidies up, until it is told to stop. Several may run: nothing is done twice."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do it once and end: for cron, every minute")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_signal: sys.exit(0))  # ends without a traceback
        outage = Outage("the clock")
        with beating("clock") as heart:
            while True:
                if not once:
                    time.sleep(60 - time.time() % 60)
                do_when_possible(heart, outage)
                if once:
                    return


def do_when_possible(heart: Heart, outage: Outage) -> None:
    """What is due, as soon as the database answers: late is better than a minute later, or never."""
    while True:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except Error as error:
            time.sleep(outage.met(error))
            continue
        outage.is_over()
        connection.close()
        every_minute.do_all(heart)
        return

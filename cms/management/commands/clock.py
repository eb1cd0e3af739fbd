"""Does what is due at certain times, on machines without cron."""

import signal
import time
from typing import Any, NoReturn

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from cms import every_minute


class Command(BaseCommand):
    help = (
        "At the beginning of every minute publishes and expires scheduled pages and starts background jobs that are "
        "due, until it is told to stop."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> NoReturn:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # ends without a traceback
        while True:
            time.sleep(60 - time.time() % 60)
            call_command("publish_scheduled")
            every_minute.do_all()
            close_old_connections()

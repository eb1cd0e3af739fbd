"""Runs the platform for somebody who changes it: `make dev`.

The server and the worker watch the code themselves; the clock is started anew, and catalogues are compiled, from here.
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from cms.management.commands import serve
from cms.management.commands.compile_catalogues import catalogue_paths

EVERY = 1.0  # seconds between two looks at the files
CLOCK_WAITS = 10.0  # seconds in which the server starts first: the clock has nothing to do before the next minute


def sources() -> Iterator[Path]:
    """The modules of our own apps."""
    for config in apps.get_app_configs():
        if Path(config.path).is_relative_to(settings.BASE_DIR) and ".venv" not in config.path:
            yield from Path(config.path).rglob("*.py")


def newest(paths: Iterator[Path]) -> float:
    """When the last of these files was changed; one that an editor is just replacing does not count."""
    return max((path.stat().st_mtime for path in paths if path.exists()), default=0.0)


class Command(serve.Command):
    help = "Runs the platform with auto-reload, the debug toolbar, and mails at /dev/mails/, until it is told to stop."
    looked_at = 0.0

    def parts(self, host: str, port: int) -> list[serve.ServePart]:
        manage = str(Path(settings.BASE_DIR, "manage.py"))
        _server, worker, clock = serve.parts(host, port)
        address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self.code, self.words, self.clock = newest(sources()), newest(catalogue_paths()), clock
        return [
            serve.ServePart("The server", [sys.executable, manage, "runserver", "--nostatic", address]),
            worker,
            clock,
        ]

    def look_around(self) -> None:
        """Takes up what has changed since the last look."""
        if time.monotonic() - self.looked_at < EVERY:
            return
        self.looked_at = time.monotonic()
        code, words = newest(sources()), newest(catalogue_paths())
        if words != self.words:
            self.compile()
        if code != self.code and self.clock.process:
            self.clock.process.terminate()
            self.clock.process, self.clock.start = None, time.monotonic() + CLOCK_WAITS
        self.code, self.words = code, words

    def compile(self) -> None:
        try:
            call_command("compile_catalogues", verbosity=2, stdout=self.stdout)
        except CommandError as error:
            self.stderr.write(str(error))

    def say_where_to_look(self, port: int) -> None:
        super().say_where_to_look(port)
        self.stdout.write(f"Mails: http://localhost:{port}/dev/mails/\n")
        self.stdout.flush()

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Only for developers: with cms.settings.debug.")
        super().handle(*args, **options)

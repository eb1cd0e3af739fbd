"""Runs the whole platform on one machine: application server, background jobs and the clock.

On several machines a process manager starts ``cms.wsgi:application``, ``manage.py worker`` and ``manage.py clock``.
"""

import contextlib
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

LONGEST_PAUSE = 30  # seconds between two starts of a part that keeps failing
STABLE_AFTER = 60  # seconds of running after which a failure counts as the first again
TIME_TO_FINISH = 20  # seconds for requests and jobs that are under way


def end_with_parent() -> None:
    """Has Linux end this process when the one that started it is killed; other systems cannot."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Ends what a process left behind: workers of a killed server would keep the port and answer from it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


@dataclass
class ServePart:
    """One child process, started again whenever it ends.

    In a process group of its own: Ctrl+C would otherwise reach it twice, and a second signal breaks off its work.
    """

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    start: float = 0
    pause: int = 0

    def watch(self, now: float) -> str:
        """Starts the process when it is due; returns a sentence for the operator when it has ended."""
        if self.process is None:
            if now >= self.start:
                self.start = now
                self.process = subprocess.Popen(self.command, process_group=0, preexec_fn=end_with_parent)  # noqa: S603
            return ""
        code = self.process.poll()
        if code is None:
            return ""
        end_group(self.process)
        self.pause = 1 if now - self.start > STABLE_AFTER else min(self.pause * 2 or 1, LONGEST_PAUSE)
        self.process, self.start = None, now + self.pause
        return f"{self.name} ended with code {code}; it starts again in {self.pause} s."


def parts(host: str, port: int) -> list[ServePart]:
    """The three processes of the platform, the application server first."""
    server = ["-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--log-level", "warning"]
    server += ["--workers", os.environ.get("WEB_CONCURRENCY", "2"), "--blocking-threads", "4"]
    server += ["--respawn-failed-workers", "--workers-kill-timeout", str(TIME_TO_FINISH - 5), "cms.wsgi:application"]
    manage = str(Path(settings.BASE_DIR, "manage.py"))
    return [
        ServePart("The application server", [sys.executable, *server]),
        ServePart("The worker for background jobs", [sys.executable, manage, "worker"]),
        ServePart("The clock", [sys.executable, manage, "clock"]),
    ]


def require_free_port(host: str, port: int) -> None:
    """Raises CommandError with what to do when the address cannot be used."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except (OSError, OverflowError) as error:
        raise CommandError(
            f"Port {port} on {host} cannot be used ({getattr(error, 'strerror', None) or error}). "
            f"Stop the program that uses it or choose another port: make run PORT={port + 1}"
        ) from error


def is_healthy(host: str, port: int) -> bool:
    """True when the platform answers, with its database reachable and migrated."""
    # Who listens everywhere does not answer under that address on every system.
    connection = http.client.HTTPConnection({"::": "::1", "0.0.0.0": "127.0.0.1"}.get(host, host), port, timeout=2)  # noqa: S104
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/healthz", headers={"Host": settings.ALLOWED_HOSTS[0].lstrip(".")})
        return connection.getresponse().status == http.HTTPStatus.OK
    return False


def stop(running: list[ServePart]) -> None:
    """Ends every part, giving it time to finish what it does."""
    deadline = time.monotonic() + TIME_TO_FINISH
    processes = [part.process for part in running if part.process]
    for process in processes:
        process.terminate()
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0, deadline - time.monotonic()))
        end_group(process)


def end(number: int, _frame: object) -> NoReturn:
    """A signal to stop leaves by way of ``finally``; a second one finds the end already under way."""
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(0)


class Command(BaseCommand):
    help = "Runs the application server, the worker for background jobs and the clock until it is told to stop."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"))

    def handle(self, *args: Any, **options: Any) -> None:
        require_free_port(options["host"], options["port"])
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, end)
        os.environ["PORT"] = str(options["port"])  # mails of the children name it
        running = self.parts(options["host"], options["port"])
        try:
            self.supervise(running, options["host"], options["port"])
        finally:
            stop(running)

    def parts(self, host: str, port: int) -> list[ServePart]:
        return parts(host, port)

    def look_around(self) -> None:
        """Asked again and again while the parts run."""

    def supervise(self, running: list[ServePart], host: str, port: int) -> NoReturn:
        """Keeps the parts running: first the application server, the others once it answers."""
        due = running[:1]
        while True:
            for sentence in filter(None, [part.watch(time.monotonic()) for part in due]):
                self.stderr.write(sentence)
            if due != running and is_healthy(host, port):
                due = running
                self.say_where_to_look(port)
            self.look_around()
            time.sleep(0.5)

    def say_where_to_look(self, port: int) -> None:
        """Addresses, and the accounts of the demo content where it is installed."""
        logins = Path(settings.DATA_DIR, "demo-logins.txt")
        site = f"http://localhost:{port}/"
        self.stdout.write(f"\nMiteinander is ready: {site}\nEditing: {site}admin/\nCtrl+C stops it.\n")
        self.stdout.write(logins.read_text(encoding="utf-8") if logins.exists() else "")
        self.stdout.flush()

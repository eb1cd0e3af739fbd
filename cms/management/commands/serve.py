"""Runs the whole platform on one machine: application server, background jobs and the clock.

On several machines a process manager starts the three parts on their own: the application server with
``cms.wsgi:application``, ``manage.py db_worker`` and ``manage.py serve --clock``.
"""

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
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

LONGEST_PAUSE = 30  # seconds between two starts of a part that keeps failing
STABLE_AFTER = 60  # seconds of running after which a failure counts as the first again
TIME_TO_FINISH = 20  # seconds for requests and jobs that are under way


@dataclass
class Part:
    """One child process, started again whenever it ends."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    start: float = 0
    pause: int = 0

    def watch(self, now: float) -> str:
        """Starts the process when it is due; returns a sentence for the operator when it has ended."""
        if self.process is None:
            if now >= self.start:
                self.process, self.start = subprocess.Popen(self.command), now  # noqa: S603 (fixed commands)
            return ""
        code = self.process.poll()
        if code is None:
            return ""
        self.pause = 1 if now - self.start > STABLE_AFTER else min(self.pause * 2 or 1, LONGEST_PAUSE)
        self.process, self.start = None, now + self.pause
        return f"{self.name} ended with code {code}; it starts again in {self.pause} s."


def parts(host: str, port: int) -> list[Part]:
    """The three processes of the platform, the application server first."""
    server = ["-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--log-level", "warning"]
    server += ["--workers", os.environ.get("WEB_CONCURRENCY", "2"), "--blocking-threads", "4"]
    server += ["--respawn-failed-workers", "--workers-kill-timeout", str(TIME_TO_FINISH - 5), "cms.wsgi:application"]
    manage = str(Path(settings.BASE_DIR, "manage.py"))
    return [
        Part("The application server", [sys.executable, *server]),
        Part("The worker for background jobs", [sys.executable, manage, "db_worker"]),
        Part("The clock", [sys.executable, manage, "serve", "--clock"]),
    ]


def require_free_port(host: str, port: int) -> None:
    """Raises CommandError with what to do when the address cannot be used."""
    try:
        socket.create_server((host, port)).close()
    except (OSError, OverflowError) as error:
        raise CommandError(
            f"Port {port} on {host} cannot be used ({getattr(error, 'strerror', None) or error}). "
            f"Stop the program that uses it or choose another port: make run PORT={port + 1}"
        ) from error


def is_healthy(host: str, port: int) -> bool:
    """True when the platform answers, with its database reachable and migrated."""
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": settings.ALLOWED_HOSTS[0].lstrip(".")})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def run_clock() -> NoReturn:
    """Publishes and expires scheduled pages at the beginning of every minute."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    while True:
        time.sleep(60 - time.time() % 60)
        call_command("publish_scheduled")
        close_old_connections()


def stop(running: list[Part], *, already_told: bool) -> None:
    """Ends every part, giving it time to finish what it does.

    Ctrl+C in a terminal reaches the parts too (``already_told``); a second signal would break off their work.
    """
    deadline = time.monotonic() + TIME_TO_FINISH
    processes = [part.process for part in running if part.process]
    for process in () if already_told else processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()


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
        parser.add_argument(
            "--clock", action="store_true", help="only the clock, for installations of several machines"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["clock"]:
            run_clock()
        require_free_port(options["host"], options["port"])
        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGHUP, end)
        running, already_told = parts(options["host"], options["port"]), False
        try:
            self.supervise(running, options["host"], options["port"])
        except KeyboardInterrupt:
            already_told = os.isatty(0)
        finally:
            stop(running, already_told=already_told)

    def supervise(self, running: list[Part], host: str, port: int) -> NoReturn:
        """Keeps the parts running: first the application server, the others once it answers."""
        due = running[:1]
        while True:
            for sentence in filter(None, [part.watch(time.monotonic()) for part in due]):
                self.stderr.write(sentence)
            if due != running and is_healthy(host, port):
                due = running
                self.say_where_to_look(port)
            time.sleep(0.2)

    def say_where_to_look(self, port: int) -> None:
        """Addresses, and the accounts of the demo content where it is installed."""
        logins = Path(settings.DATA_DIR, "demo-logins.txt")
        site = f"http://localhost:{port}/"
        self.stdout.write(f"\nMiteinander is ready: {site}\nEditing: {site}admin/\nCtrl+C stops it.\n")
        self.stdout.write(logins.read_text(encoding="utf-8") if logins.exists() else "")
        self.stdout.flush()

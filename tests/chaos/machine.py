"""Installations, their processes, and the servers they need; everything ends with the block in which it began."""

import os
import pwd
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from tests.journeys.product import MANAGE, ROOT, environment, free_port

PATIENCE = 90.0
READ_BY_ALL = 0o755


class Failed(Exception):
    """What did not hold."""


class Skipped(Exception):
    """What this machine lacks."""


def require(condition: object, sentence: str) -> None:
    if not condition:
        raise Failed(sentence)


def wait_for(condition: Callable[[], object], what: str, seconds: float = PATIENCE) -> float:
    """Waits until it is so and returns how many seconds that took."""
    begun = time.monotonic()
    while not condition():
        require(time.monotonic() - begun < seconds, f"{what}: not within {seconds:.0f} s")
        time.sleep(0.1)
    return time.monotonic() - begun


class _Stay(urllib.request.HTTPRedirectHandler):
    """Who is sent elsewhere was not answered."""

    def redirect_request(self, *_anything: object) -> None:
        return None


opener = urllib.request.build_opener(_Stay)


class Installation:
    """One data folder (and database) with what runs on it."""

    def __init__(self, data: Path, **variables: str) -> None:
        self.data = data
        self.port = free_port()
        self.database = variables.get("DATABASE_URL", "")
        self.environment = {**environment(data), "WEB_CONCURRENCY": "2", "LOG_LEVEL": "WARNING", **variables}
        self.session = ""
        self.started: list[subprocess.Popen[bytes]] = []

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> str:
        path = self.data.parent / f"{self.data.name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def start(self, *command: str) -> "subprocess.Popen[bytes]":
        with (self.data.parent / f"{self.data.name}.log").open("ab") as log:
            process = subprocess.Popen(  # noqa: S603
                command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        self.started.append(process)
        return process

    def manage(self, *arguments: str) -> None:
        require(
            self.start(*MANAGE, *arguments).wait(PATIENCE * 2) == 0, f"manage.py {arguments[0]} failed:\n{self.log}"
        )

    def serve(self) -> "subprocess.Popen[bytes]":
        """The platform as a person starts it, ready to be asked."""
        process = self.start(*MANAGE, "serve", "--host", "127.0.0.1", "--port", str(self.port))
        wait_for(lambda: self.status("/healthz") == 200, "the platform answers")
        wait_for(lambda: len(children(process.pid)) == 3, "worker and clock run")
        return process

    def stop(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.terminate()
        for process in self.started:
            with suppress(subprocess.TimeoutExpired):
                process.wait(25)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    def status(self, path: str, timeout: float = 20) -> int:
        """The answer's status; 0 when there is none."""
        request = urllib.request.Request(f"{self.url}{path}", headers={"Cookie": f"sessionid={self.session}"})  # noqa: S310
        try:
            with opener.open(request, timeout=timeout) as response:
                response.read()
                return int(response.status)
        except urllib.error.HTTPError as error:
            return int(error.code)
        except OSError:
            return 0

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Read past all of our code."""
        if self.database:
            with psycopg.connect(self.database) as database:
                return database.execute(question).fetchall()  # type: ignore[arg-type]
        with closing(sqlite3.connect(self.data / "db.sqlite3", timeout=30)) as opened:
            return opened.execute(question).fetchall()

    def count(self, where: str) -> int:
        return int(self.ask(f"SELECT count(*) FROM {where}")[0][0])  # noqa: S608

    def enqueue(self, call: str) -> None:
        """``call``: a job of ``tests/cms/jobs/example_jobs.py`` with what it is given."""
        name, _, arguments = call.partition("(")
        code = f"from tests.cms.jobs import example_jobs; example_jobs.{name}.enqueue({arguments}"
        self.manage("shell", "--no-imports", "-c", code)

    def make_site(self) -> None:
        self.session = self._make("site").split()[-1]

    def make_due(self, count: int, *, seconds: int = 0) -> None:
        """So many articles whose time comes in so many seconds."""
        self._make("due", str(count), str(seconds))

    def _make(self, *what: str) -> str:
        command = [sys.executable, "-m", "tests.chaos.content", *what]
        made = subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
        require(made.returncode == 0, made.stderr)
        return made.stdout


@contextmanager
def installed(base: Installation, name: str, *, at: Path | None = None, **variables: str) -> Iterator[Installation]:
    """A copy of ``base`` to be damaged."""
    data = at or base.data.parent / name
    data.mkdir(exist_ok=True)
    if not variables.get("DATABASE_URL"):
        shutil.copy(base.data / "db.sqlite3", data / "db.sqlite3")
        shutil.copy(base.data / "secret-key", data / "secret-key")  # sessions are valid for this key only
    (data / "static").symlink_to(base.data / "static")
    copy = Installation(data, **variables)
    copy.session = base.session
    try:
        yield copy
    finally:
        copy.stop()


# Processes


def processes() -> list[tuple[int, int, str]]:
    """Number, number of the parent, command line."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout  # noqa: S607
    rows = (line.split(None, 2) for line in listed.splitlines())
    return [(int(row[0]), int(row[1]), row[2]) for row in rows if len(row) == 3 and "<defunct>" not in row[2]]


def children(pid: int, pattern: str = "") -> list[int]:
    return [number for number, parent, command in processes() if parent == pid and re.search(pattern, command)]


def part(platform: "subprocess.Popen[bytes]", pattern: str) -> int:
    """The only child of ``manage.py serve`` that is called so."""
    found = children(platform.pid, pattern)
    require(len(found) == 1, f"{len(found)} processes are called {pattern}")
    return found[0]


# Servers


class Postgres:
    """A cluster of our own, as `.ci/run` makes one."""

    def __init__(self, folder: Path) -> None:
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        installed_elsewhere = shutil.which("initdb")
        if not found and not installed_elsewhere:
            raise Skipped("no PostgreSQL is installed")
        self.programs = found[-1].parent if found else Path(str(installed_elsewhere)).parent
        self.folder = folder
        self.port = free_port()
        folder.mkdir()
        if os.getuid() == 0:
            folder.parent.chmod(READ_BY_ALL)
            shutil.chown(folder, "postgres")
        options = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        self.run("initdb", "-D", str(folder / "data"), "-U", "miteinander", *options)

    @property
    def url(self) -> str:
        return f"postgres://miteinander@127.0.0.1:{self.port}/postgres"

    def run(self, program: str, *arguments: str) -> None:
        account = pwd.getpwnam("postgres").pw_uid if os.getuid() == 0 else None
        command = [str(self.programs / program), *arguments]
        done = subprocess.run(  # noqa: S603
            command, user=account, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
        require(done.returncode == 0, f"{program} failed: {done.stderr.decode()}")

    def start(self) -> None:
        listens = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        data, log = str(self.folder / "data"), str(self.folder / "log")
        self.run("pg_ctl", "-D", data, "-l", log, "-w", "start", "-o", f"{listens} -c fsync=off")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")


@contextmanager
def redis() -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Address and process of a Redis (or Valkey) that keeps nothing."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        raise Skipped("no Redis is installed")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        yield f"redis://127.0.0.1:{port}/0", process
    finally:
        process.kill()
        process.wait()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system in memory that is soon full."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:  # noqa: S603
        raise Skipped("this machine lets us mount nothing")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)  # noqa: S603, S607

"""Jobs of the tests' own."""

import os
import signal
import time
from pathlib import Path

from django.db import OperationalError
from django_tasks import task

from cms.jobs.retrying import job

done: list[str] = []


@task()
def note(word: str) -> str:
    done.append(word)
    return word


@task()
def fail() -> None:
    raise RuntimeError("once is enough")


@job()
def fail_again() -> None:
    raise RuntimeError("again")


@task()
def lose_database() -> None:
    raise OperationalError("server closed the connection unexpectedly")


@task()
def write_line(path: str, seconds: float) -> None:
    """Says that it began, takes its time, says that it ended."""
    with Path(path).open("a") as file:
        file.write("begun\n")
    time.sleep(seconds)
    with Path(path).open("a") as file:
        file.write("ended\n")


@task()
def kill_worker() -> None:
    os.kill(os.getpid(), signal.SIGKILL)

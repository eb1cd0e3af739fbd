"""Nobody else on the machine reads the database, its log, its copies, the key or the log-ins."""

import stat
import subprocess
from pathlib import Path
from typing import Any

from tests.journeys.product import MANAGE, ROOT, environment


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def start(data: Path) -> set[str]:
    """A command that writes, as a process of its own under a careless umask; returns the files seen meanwhile."""
    script = (
        "import os; from django.conf import settings; from django.db import connection; c = connection.cursor(); "
        "d = settings.DATA_DIR; "
        "c.execute('CREATE TABLE IF NOT EXISTS one (id)'); c.execute('INSERT INTO one VALUES (1)'); "
        "print([(n, oct(os.stat(d / n).st_mode & 0o777)) for n in sorted(os.listdir(d))])"
    )
    command = [*MANAGE, "shell", "-v0", "-c", script]
    given = {name: value for name, value in environment(data).items() if name != "DATABASE_URL"}
    done = subprocess.run(  # noqa: S603
        command, env=given, cwd=ROOT, capture_output=True, text=True, check=True, umask=0o022
    )
    return set(eval(done.stdout.strip().splitlines()[-1]))  # noqa: S307 (our own list)


def test_a_new_installation_is_closed_to_others(tmp_path: Path) -> None:
    seen = start(tmp_path / "data")
    assert {name for name, _mode in seen} >= {"db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm", "secret-key"}
    assert {mode for _name, mode in seen} == {"0o600"}
    start(tmp_path / "data")
    assert mode(tmp_path / "data") == 0o700


def test_an_existing_installation_is_closed_at_its_next_start(tmp_path: Path) -> None:
    start(tmp_path / "data")
    for name in ("db.sqlite3", "backup.sqlite3", "demo-logins.txt", "secret-key"):
        (tmp_path / "data" / name).touch()
        (tmp_path / "data" / name).chmod(0o644)
    (tmp_path / "data").chmod(0o755)
    start(tmp_path / "data")
    assert {path.name: oct(mode(path)) for path in (tmp_path / "data").iterdir() if mode(path) & 0o077} == {}
    assert mode(tmp_path / "data") == 0o700


def test_a_folder_of_everybody_stays_open(tmp_path: Path, settings: Any) -> None:
    from cms.database import private_files

    tmp_path.chmod(0o1777)
    (tmp_path / "secret-key").touch(0o644)
    settings.DATA_DIR = tmp_path
    private_files.close_to_others()
    assert mode(tmp_path) == 0o1777
    assert mode(tmp_path / "secret-key") == 0o600

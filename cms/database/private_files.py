"""What lies in the data folder is for the account that runs the platform, and for nobody else on the machine."""

import logging
import os
import stat
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)

FOLDER, FILE = 0o700, 0o600
SECRETS = ("secret-key", "demo-logins.txt")
DATABASES = "*.sqlite3*"
"""With what SQLite keeps beside them, which gets the mode of the database, and copies that were made for safety."""


def close_to_others() -> None:
    """At every start, so that installations are mended which were made when the umask decided."""
    folder = Path(settings.DATA_DIR)
    files = [path for path in (*(folder / name for name in SECRETS), *folder.glob(DATABASES)) if path.is_file()]
    for path in files:
        restrict(path, FILE)
    if files and not folder.stat().st_mode & stat.S_ISVTX:  # a folder like /tmp belongs to everybody
        restrict(folder, FOLDER)


def restrict(path: Path, most: int) -> None:
    """Takes away what ``most`` does not allow; a file of another account is only told of."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & ~most:
            path.chmod(mode & most)
    except FileNotFoundError:
        return  # the last reader of a database takes its log away
    except OSError as error:
        logger.warning("%s can be read by others, and that cannot be changed: %s", path, error)


def make(path: Path) -> None:
    """An empty file that nobody else can read, unless there is one already."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, FILE))

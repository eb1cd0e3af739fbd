"""Files of an installation that kept them in a folder which a web server may have been told to serve."""

import logging
import os
from pathlib import Path
from typing import Any

from django.conf import settings

FORMER_FOLDER = "media"

logger = logging.getLogger(__name__)


def move_there(**_signal: Any) -> None:
    """After ``migrate``: whatever lies in ``DATA_DIR/media`` goes into the private folder, under its own name.

    Nothing is overwritten and nothing is lost when it breaks off: the next ``migrate`` goes on.
    """
    former, private = Path(settings.DATA_DIR, FORMER_FOLDER), Path(settings.MEDIA_ROOT)
    if former == private or not former.is_dir():
        return
    private.mkdir(mode=0o700, parents=True, exist_ok=True)
    private.chmod(0o700)
    moved = left = 0
    for folder, _folders, names in os.walk(former, topdown=False):
        there = private / Path(folder).relative_to(former)
        if names:
            there.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in names:
            done = _move(Path(folder, name), there / name)
            moved, left = moved + done, left + (not done)
        if not any(Path(folder).iterdir()):
            Path(folder).rmdir()
    logger.info("%d files moved from %s to %s", moved, former, private)
    if left:
        logger.warning("%d files in %s exist there under the same name: compare and delete them", left, former)


def _move(old: Path, new: Path) -> bool:
    """By a second name, which fails where there is a file and leaves both whole when it breaks off between."""
    if new.exists() and not new.samefile(old):
        return False
    if not new.exists():
        os.link(old, new)
    new.chmod(0o600)
    old.unlink()
    return True

"""Files of older installations leave the folder that a web server may have been told to serve."""

from pathlib import Path
from typing import Any

import pytest

from cms.media.private_folder import move_there


@pytest.fixture
def former(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "private"
    folder = tmp_path / "media"
    for name in ("documents/protokoll.pdf", "images/a.webp", "original_images/a.png"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return folder


def files(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_every_file_moves_under_its_own_name_where_only_the_platform_reads(former: Path, tmp_path: Path) -> None:
    before = files(former)
    move_there()
    assert files(tmp_path / "private") == before
    assert not former.exists()
    for path in [tmp_path / "private", *(tmp_path / "private").rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path


def test_it_may_be_repeated_and_goes_on_where_it_broke_off(former: Path, tmp_path: Path) -> None:
    before = files(former)
    there = tmp_path / "private" / "documents"
    there.mkdir(parents=True)
    (there / "protokoll.pdf").hardlink_to(former / "documents" / "protokoll.pdf")  # killed between two steps
    for _ in range(3):
        move_there()
    assert files(tmp_path / "private") == before
    assert not former.exists()


def test_nothing_is_overwritten(former: Path, tmp_path: Path) -> None:
    there = tmp_path / "private" / "documents"
    there.mkdir(parents=True)
    (there / "protokoll.pdf").write_text("another one")
    move_there()
    assert (there / "protokoll.pdf").read_text() == "another one"
    assert files(former) == {"documents/protokoll.pdf": "documents/protokoll.pdf"}


def test_a_new_installation_has_nothing_to_move(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "private"
    move_there()
    assert list(tmp_path.iterdir()) == []

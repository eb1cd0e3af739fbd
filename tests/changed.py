"""The tests that are near to what has changed, for `make test-fast`: `python -m tests.changed` prints their files.

Changed is what differs from the branch ``main``, or on it from the last commit, with what is not committed. Near are
changed tests, the tests of the same room (of what lies in none: of the same name), and those that import a changed
module; what everything imports (models, factories) is left to `make test`. The house rules and the catalogues are
always checked.
"""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
ALWAYS = ("tests/test_architecture.py", "tests/test_catalogues.py")
EVERYWHERE = 12
"""A module that more files of tests than this import says nothing about which of them are near."""


def changed_files() -> set[str]:
    base = _git("merge-base", "HEAD", "main") or ["HEAD"]
    found = {*_git("diff", "--name-only", *base), *_git("ls-files", "--others", "--exclude-standard")}
    return found or set(_git("diff", "--name-only", "HEAD~1"))


def _git(*arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603, S607
    return done.stdout.split("\n")[:-1] if done.returncode == 0 else []


def near_to(changed: Iterable[str]) -> list[str]:
    """Files of tests without browser, in their order, for paths relative to the root."""
    there = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "tests").rglob("test_*.py")}
    imported = {name: _imported(path.read_text()) for name, path in there.items()}
    near = {name for path in changed for name in _near(Path(path), imported)}
    left_out = ("tests/journeys/", "tests/benchmarks/")
    return sorted({*ALWAYS, *(name for name in near if name in there and not name.startswith(left_out))})


def _near(path: Path, imported: dict[str, set[str]]) -> set[str]:
    if path.suffix not in (".py", ".html", ".txt"):
        return set()
    near = {path.as_posix()} if path.name.startswith("test_") else set()
    if path.suffix == ".py":
        module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        importing = {name for name, modules in imported.items() if module in modules}
        near |= importing if len(importing) <= EVERYWHERE else set()
    if path.parts[0] == "tests":
        return near
    room = {name for name in imported if Path(name).parent == _room(path)}
    called_alike = {name for name in room if Path(name).stem.startswith(f"test_{path.stem}")}
    lies_flat = len(_room(path).parts) == 2
    return near | (called_alike or room if lies_flat else room)


def _room(path: Path) -> Path:
    """`dates/oparl/walk.py` and `dates/templates/dates/oparl/source.html` are tried in `tests/dates/oparl`."""
    parts = [part for part in path.parent.parts if part not in ("templates", "templatetags")]
    parts = parts[:1] + [part for part in parts[1:] if part != parts[0]] if parts else []
    folder = Path("tests", *parts)
    while len(folder.parts) > 2 and not (ROOT / folder).is_dir():
        folder = folder.parent
    return folder


def _imported(source: str) -> set[str]:
    """Modules that a file imports; of `from dates import places` both `dates` and `dates.places`."""
    found: set[str] = set(re.findall(r"^\s*import ([\w.]+)", source, re.MULTILINE))
    for module, names in re.findall(r"^\s*from ([\w.]+) import (\([^)]*\)|.*)", source, re.MULTILINE):
        found |= {module, *(f"{module}.{name}" for name in re.findall(r"\w+", names))}
    return found


if __name__ == "__main__":
    print(*near_to(changed_files()))

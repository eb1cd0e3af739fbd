"""The documents say what is there: every file, module, name and number that they mention exists."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(
    path for pattern in ("*.md", "docs/**/*.md", ".github/**/*.md") for path in ROOT.glob(pattern) if path.is_file()
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
NAMED_FILE = re.compile(r"`((?:\.?[\w-]+/)+[\w.-]*)`")
MADE_LATER = ("data/", "locale/<", ".venv/")
STOP = re.compile(r"^\| `([\w/]+\.py)` \| `(\w+)` \|", re.MULTILINE)
WAYS = 5


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def headings(text: str) -> set[str]:
    """The anchors that a forge gives to the headings of a document."""
    found = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_what_a_document_links_to_is_there(path: Path) -> None:
    for link in LINK.findall(path.read_text()):
        address, _, anchor = link.partition("#")
        if "://" in address or address.startswith("mailto:"):
            continue
        target = (path.parent / address).resolve() if address else path
        assert target.exists(), f"{name(path)} links to {link}"
        assert not anchor or anchor in headings(target.read_text()), f"{name(path)} links to {link}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_what_a_document_names_is_there(path: Path) -> None:
    for mentioned in NAMED_FILE.findall(path.read_text()):
        if not mentioned.startswith(MADE_LATER) and (ROOT / mentioned.split("/")[0]).is_dir():
            assert (ROOT / mentioned).exists(), f"{name(path)} names {mentioned}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_what_a_document_tells_to_make_can_be_made(path: Path) -> None:
    told = re.findall(r"(?:^ *|`)make ([a-z-]+(?: [a-z-]+)*)(?=`|  | [A-Z]|$)", path.read_text(), re.MULTILINE)
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {target for words in told for target in words.split()} <= set(targets)


def test_a_link_into_nothing_would_be_found() -> None:
    assert LINK.findall("see [this](docs/none.md) and ![that](a.webp)") == ["docs/none.md", "a.webp"]
    assert NAMED_FILE.findall("`cms/none.py`, `cms/`, `manage.py`, `.ci/run`") == ["cms/none.py", "cms/", ".ci/run"]


# The map of docs/architecture.md

APPS = ("cms", "translations", "directory", "dates", "news", "home")
NO_ROOMS = {"management", "migrations", "settings", "templatetags"}


def test_every_room_is_on_the_map() -> None:
    drawn = re.findall(r'\["(\w+/\w+)"\]', (ROOT / "docs/architecture.md").read_text())
    folders = {path.parent for app in APPS for path in (ROOT / app).glob("*/__init__.py")}
    assert set(drawn) == {name(folder) for folder in folders if folder.name not in NO_ROOMS}


# The five ways of docs/architecture.md


def ways() -> dict[str, list[tuple[str, str]]]:
    text = (ROOT / "docs/architecture.md").read_text()
    chapters = text.partition("## Five ways")[2].partition("\n## ")[0].split("\n### ")[1:]
    return {chapter.partition("\n")[0]: STOP.findall(chapter) for chapter in chapters}


def test_a_way_has_at_most_eight_stops_in_five_rooms() -> None:
    assert len(ways()) == WAYS
    for way, stops in ways().items():
        assert 1 < len(stops) <= 8, way
        assert len({module.rpartition("/")[0] for module, _ in stops}) <= 5, way


@pytest.mark.parametrize(("module", "stop"), sorted({stop for stops in ways().values() for stop in stops}))
def test_every_stop_of_a_way_is_in_the_code(module: str, stop: str) -> None:
    tree = ast.parse((ROOT / module).read_text())
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    names |= {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    assert stop in names


# The version


def test_the_newest_entry_of_the_changelog_is_the_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    entries = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}$", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert entries[0] == version
    assert entries == sorted(entries, key=lambda entry: [int(number) for number in entry.split(".")], reverse=True)


def test_every_file_is_under_a_licence_that_is_there() -> None:
    """`reuse lint` in .ci/run looks at each file; here: that its table names the project's licence."""
    table = tomllib.loads((ROOT / "REUSE.toml").read_text())["annotations"]
    named = {entry["SPDX-License-Identifier"] for entry in table}
    assert named == {path.stem for path in (ROOT / "LICENSES").iterdir()}
    assert (
        tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["license"]
        == table[0]["SPDX-License-Identifier"]
    )
    assert (ROOT / "LICENSE").read_text() == (ROOT / "LICENSES" / "EUPL-1.2.txt").read_text()

"""Reads the demo content: German pages and facts in TOML, their translations in PO catalogues.

``content/*.toml`` holds one German page each and ``facts.toml`` what is stored once; ``words/<language>.po`` maps each
German segment (as wagtail-localize cuts them) to its translation.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages import pofile

HERE = Path(__file__).parent
CONTENT, WORDS, PICTURES = HERE / "content", HERE / "words", HERE / "pictures"

MENU_ORDER = {"aktuelles": 1, "organisationen": 2, "integrationsrat": 3, "termine": 4, "projekte": 5}

FULLY_TRANSLATED = ("en", "ar", "uk", "tr")
PARTLY_TRANSLATED = ("ru", "fa", "bg", "ro", "de-simple")


@cache
def facts() -> dict[str, Any]:
    """What is stored once: site, topics, districts, places, contacts, the council and its sessions."""
    return tomllib.loads((CONTENT / "facts.toml").read_text())


@cache
def pages() -> dict[str, dict[str, Any]]:
    """German pages by file name relative to ``content/``: home first, index pages (in menu order) before others."""
    files = [path for path in CONTENT.rglob("*.toml") if path.name != "facts.toml"]
    files.sort(
        key=lambda path: (
            path.name != "home.toml",
            path.name != "index.toml",
            MENU_ORDER.get(path.parent.name, 9),
            path,
        )
    )
    return {path.relative_to(CONTENT).as_posix(): tomllib.loads(path.read_text()) for path in files}


@cache
def words(language: str) -> dict[str, str]:
    """German segment → translation for ``language``; what is not translated is absent."""
    path = WORDS / f"{language}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = pofile.read_po(file)
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id and entry.string and not entry.fuzzy}

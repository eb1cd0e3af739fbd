"""Reads the demo content: German pages and facts in TOML, their translations in PO catalogues.

``content/*.toml`` holds one German page each and ``facts.toml`` what is stored once; ``words/<language>.po`` maps each
German segment (as wagtail-localize cuts them) to its translation.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages import pofile
from wagtail_localize.strings import StringValue, extract_strings

HERE = Path(__file__).parent
CONTENT, WORDS, PICTURES = HERE / "content", HERE / "words", HERE / "pictures"

PAGE_WORDS = (
    "title seo_title search_description teaser welcome plain_language_text sign_language_text intro lead "
    "picture_alt picture_caption short_description about for_whom"
).split()
BLOCK_WORDS = "text html alt caption name role heading label title note value".split()
HTML = ("html", "about")
PROPER_NAMES = {"OrganisationPage": ("title", "seo_title")}
"""Words of a page type that are the same in every language."""

MENU_ORDER = {"aktuelles": 1, "organisationen": 2, "integrationsrat": 3, "termine": 4, "projekte": 5}

FULLY_TRANSLATED = ("en", "ar", "uk", "tr")
PARTLY_TRANSLATED = ("ru", "fa", "bg", "ro", "de-simple")
PARTLY_TRANSLATED_PAGES = (
    "home.toml",
    "aktuelles/index.toml",
    "aktuelles/netzwerktreffen-im-rathaus.toml",
    "organisationen/index.toml",
    "integrationsrat/index.toml",
    "termine/index.toml",
    "projekte/index.toml",
    "beratung.toml",
)


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


def segments_of_page(page: dict[str, Any]) -> Iterator[str]:
    """The German segments of one page, in reading order."""
    same_everywhere = PROPER_NAMES.get(page["type"], ())
    for key in PAGE_WORDS:
        if page.get(key) and key not in same_everywhere:
            yield from _segments(key, page[key])
    for offer in page.get("offers", []):
        for key in ("what", "for_whom", "place"):
            yield from _segments(key, offer.get(key, ""))
    yield from _segments_of_blocks(page.get("body", []))


def _segments_of_blocks(blocks: list[dict[str, Any]]) -> Iterator[str]:
    for block in blocks:
        for key in BLOCK_WORDS:
            yield from _segments(key, block.get(key, ""))
        yield from _segments_of_blocks(block.get("items", []))
        yield from _segments_of_blocks(block.get("links", []))


def _segments(key: str, text: str) -> Iterator[str]:
    if key in HTML:
        yield from (string.data for string, _attributes in extract_strings(text)[1])
    elif text:
        yield StringValue.from_plaintext(text).data


def segments_of_facts() -> Iterator[str]:
    """German words that belong to facts: names of topics and offices, the claim."""
    known = facts()
    yield known["site"]["claim"]
    for topic in known["topics"]:
        yield topic["name"]
    for contact in known["contacts"]:
        for key in ("office", "role", "note"):
            if contact.get(key):
                yield contact[key]
    yield known["body"]["name"]
    for name in known["body"]["legal_names"]:
        yield name["name"]
    for named in (*known["places"], *known["series"]):
        yield named["name"]


def segments_for(language: str) -> list[tuple[str, str]]:
    """Every ``(file name, segment)`` that ``language`` is to have, each segment once."""
    files = PARTLY_TRANSLATED_PAGES if language in PARTLY_TRANSLATED else tuple(pages())
    found: dict[str, str] = {}
    for segment in segments_of_facts():
        found.setdefault(segment, "facts.toml")
    for name in files:
        for segment in segments_of_page(pages()[name]):
            found.setdefault(segment, name)
    return [(name, segment) for segment, name in found.items()]

"""Which German segments of the demo content are to be translated, as wagtail-localize cuts them."""

from collections.abc import Iterator
from typing import Any

from wagtail_localize.strings import StringValue, extract_strings

from home.demo.content_files import PARTLY_TRANSLATED, facts, pages

PAGE_WORDS = (
    "title seo_title search_description teaser welcome plain_language_text sign_language_text intro lead "
    "picture_alt picture_caption short_description about for_whom price"
).split()
BLOCK_WORDS = "text html alt caption name role heading label title note value".split()
HTML = ("html", "about")
PROPER_NAMES = {"OrganisationPage": ("title", "seo_title")}
"""Words of a page type that are the same in every language."""

PARTLY_TRANSLATED_PAGES = (
    "home.toml",
    "aktuelles/index.toml",
    "aktuelles/netzwerktreffen-im-rathaus.toml",
    "organisationen/index.toml",
    "integrationsrat/index.toml",
    "termine/index.toml",
    "projekte/index.toml",
    "beratung.toml",
    "erste-schritte.toml",
    "gruenden.toml",
    "mitreden.toml",
    "organisationen/anatolische-senioren.toml",
    "organisationen/frauencafe-granatapfel.toml",
    "organisationen/jobmotor-volme.toml",
    "organisationen/kupferbruecke.toml",
    "organisationen/martenitsa.toml",
    "organisationen/matrjoschka-familienclub.toml",
    "organisationen/mioritza.toml",
    "organisationen/schwimmfrauen-lennewelle.toml",
    "organisationen/sonyashnyk.toml",
    "organisationen/tamil-pongal.toml",
    "organisationen/wohnlotsen-schluesselbund.toml",
    "termine/beispiel-bewerbungstraining.toml",
    "termine/beispiel-fruehstueck.toml",
    "termine/beispiel-horo-abend.toml",
    "termine/beispiel-mietrecht.toml",
    "termine/beispiel-naehwerkstatt.toml",
    "termine/beispiel-schachturnier.toml",
    "termine/beispiel-sprechstunde.toml",
    "termine/beispiel-tanz-und-trommeln.toml",
)


def segments_of_page(page: dict[str, Any]) -> Iterator[str]:
    """The German segments of one page, in reading order."""
    same_everywhere = PROPER_NAMES.get(page["type"], ())
    for key in PAGE_WORDS:
        if page.get(key) and key not in same_everywhere:
            yield from _segments(key, page[key])
    for offer in page.get("offers", []):
        for key in ("what", "for_whom", "place"):
            yield from _segments(key, offer.get(key, ""))
    for step in page.get("steps", []):
        for key in ("title", "html", "bring", "price"):
            yield from _segments(key, step.get(key, ""))
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
    """German words that belong to facts: names of offices and places, the claim."""
    known = facts()
    yield known["site"]["claim"]
    for contact in known["contacts"]:
        for key in ("office", "role", "note"):
            if contact.get(key):
                yield contact[key]
    for entry in known["emergency_numbers"]:
        yield entry["purpose"]
    yield known["body"]["name"]
    for name in known["body"]["legal_names"]:
        yield name["name"]
    for named in (*known["places"], *known["series"]):
        yield named["name"]


def segments_for(language: str) -> set[str]:
    """Every German segment that ``language`` is to have."""
    files = PARTLY_TRANSLATED_PAGES if language in PARTLY_TRANSLATED else tuple(pages())
    return set(segments_of_facts()).union(*(segments_of_page(pages()[name]) for name in files))

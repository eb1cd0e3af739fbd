"""The part of an address that is made of a title, the same in the browser while one types and on the server.

Letters become Latin ones as Germans write them (ä → ae, ß → ss), those of other scripts as anyascii does. The rules are
a list of patterns and replacements, which Wagtail's field for slugs runs in the browser (its ``formatters``).
"""

import re
import unicodedata
from collections import defaultdict
from functools import cache

from anyascii import anyascii
from wagtail.admin.widgets.slug import SlugInput
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "ss", "&": " "}
ALEF = {"ا": "a", "آ": "a"}
"""Which anyascii leaves out."""
SCRIPTS = ((0xA0, 0x24F), (0x370, 0x58F), (0x5D0, 0x6FF), (0x750, 0x77F), (0x10A0, 0x10FF), (0x1E00, 0x1EFF))
"""Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic with the letters of Persian and Kurdish, Georgian, Vietnamese."""
SILENT = r"['’‘ʼʹʺ\u0640\u200c\u0300-\u036f\u064b-\u065f\u0670]"
"""Apostrophes, strokes that only widen, and marks that stand by themselves."""
ABBREVIATION = r"(?<=\b[A-Za-z])\.\s?(?=[A-Za-z]\b)"
"""The full stop inside of „e. V.“ and „z.B.“."""
LONGEST = 200
WITHOUT_LETTERS = "seite"
"""For titles of which nothing can be written in Latin letters."""

Rule = tuple[str, str]


@cache
def rules() -> tuple[Rule, ...]:
    apart = [(f"{letter}\u0308", letters) for letter, letters in zip("aouAOU", GERMAN.values(), strict=False)]
    letters: dict[str, list[str]] = defaultdict(list)
    for first, last in SCRIPTS:
        for character in map(chr, range(first, last + 1)):
            is_ours = character in GERMAN or character in ALEF or re.fullmatch(SILENT, character)
            if is_ours or unicodedata.category(character)[0] not in "LN":
                continue
            letters[re.sub("[^A-Za-z0-9 ]", "", anyascii(character).replace("/", " "))].append(character)
    return (
        *apart,
        *GERMAN.items(),
        *ALEF.items(),
        (SILENT, ""),
        *((f"[{''.join(sources)}]", target) for target, sources in sorted(letters.items())),
        (ABBREVIATION, ""),
        ("[^A-Za-z0-9_]+", " "),
        ("^ | $", ""),
    )


def of(title: str) -> str:
    """``title`` as a slug; empty when no letter or digit of it can be written in Latin ones."""
    for pattern, replacement in rules():
        title = re.sub(pattern, replacement, title)
    return title.lower().replace(" ", "-")[:LONGEST].strip("-")


def free(parent: Page, title: str, *, otherwise: str = WITHOUT_LETTERS, page: Page | None = None) -> str:
    """The slug of ``title``, with a number if another page below ``parent`` has it already."""
    return str(find_available_slug(parent, of(title) or otherwise, ignore_page_id=page.pk if page else None))


def widget() -> SlugInput:
    """The field whose content follows the title while one types."""
    return SlugInput(formatters=[*rules(), (f"(?<=^.{{{LONGEST}}}).+$", "")])

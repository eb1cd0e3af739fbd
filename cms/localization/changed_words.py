"""What has changed between two texts, word by word."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

Piece = tuple[str, str]
"""``span`` (as before), ``del`` (gone) or ``ins`` (new), and the words."""
_PART = re.compile(r"\w+|\s+|[^\w\s]")


def pieces(before: str, after: str) -> list[Piece]:
    old, new = _PART.findall(before), _PART.findall(after)
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("span", "".join(new[c:d])))
            continue
        if a != b:
            found.append(("del", "".join(old[a:b])))
        if c != d:
            found.append(("ins", "".join(new[c:d])))
    return found


def as_html(found: Iterable[Piece]) -> SafeString:
    return format_html_join("", "<{0}>{1}</{0}>", found)

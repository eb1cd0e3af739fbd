"""Fragments as they are read, and letters and digits without what tells two spellings of one word apart."""

import html
import re
import unicodedata
from functools import lru_cache

TAG = re.compile(r"""<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*)>""")
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`\u200c-][^\W\d_]+)*")

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("يى", "ی"),
        "ك": "ک",
        "ة": "ه",
        "ۀ": "ه",
        "ـ": None,
        "ё": "е",
        "ş": "ș",
        "ţ": "ț",
        "ı": "i",
        "ß": "ss",
        **dict.fromkeys("’ʼ`´", "'"),
    }
)


def plain(fragment: str) -> str:
    """The text of a fragment, with a line feed for a line break and without soft hyphens and direction marks."""
    found = TAG.sub(lambda tag: "\n" if tag["name"].lower() == "br" else "", fragment)
    return "".join(each for each in html.unescape(found) if each == "\u200c" or unicodedata.category(each) != "Cf")


@lru_cache(maxsize=8)
def european(written: str) -> str:
    """``written`` with European digits, as long as before."""
    return "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in written)


@lru_cache(maxsize=64)
def folded(written: str) -> str:
    """Lower case, European digits, no vowel signs and other marks, one letter for those that are written either way."""
    lowered = unicodedata.normalize("NFD", european(written).replace("İ", "i").lower().translate(_ALIKE))
    bare = "".join(each for each in lowered if each != "\u200c" and unicodedata.category(each) != "Mn")
    return bare.translate(_ALIKE)


def passage(written: str, start: int, end: int) -> str:
    """What stands in ``written`` at a place of its folded form: that is made letter by letter."""
    found, place = [], 0
    for letter in written:
        length = len(folded(letter))
        if place < end and (place + length > start if length else place > start):
            found.append(letter)
        place += length
    return "".join(found).strip()


def shown(words: str, longest: int = 80) -> str:
    """A passage on one line, short enough for a sentence."""
    line = " ".join(words.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"

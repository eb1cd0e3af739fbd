"""What text may hold. One rule for all that comes in, whoever or whatever sends it.

Lines end with a line feed; signs that nobody sees, that turn the order of others or that do not exist are left out; the
rest is in Unicode's composed form (NFC), so that two spellings of "ü" are one word. ZWNJ and ZWJ stay, without which
Persian words and many emoji fall apart, and so do LRM, RLM and ALM, which order a number or a bracket beside them and
nothing else. Soft hyphens go: the browser hyphenates, and no search finds a word that has one. A text of which nothing
at all is seen is empty, whatever it is made of.
"""

import json
import re
import unicodedata
from typing import Any

BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""Line breaks of other systems and of word processors."""

LAST_TWO = "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
"""The noncharacters at the end of each plane."""

UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters other than tab and line breaks
    "\u00ad\u200b\u2060-\u2064\ufeff"  # soft hyphen, and what is as wide as nothing
    "\u202a-\u202e\u2066-\u206f"  # embeddings, overrides, isolates, and what Unicode has given up
    "\ufff9-\ufffb\U000e0000-\U000e007f"  # annotations and tags, which programs read and people do not
    f"\ud800-\udfff\ufdd0-\ufdef{LAST_TWO}]"  # halves of characters, and noncharacters
)
ESCAPE = "\\"

BLANK = re.compile(
    r"(?=\s*\S)["  # something, of which nothing is seen
    r"\s\u200c-\u200f\u061c"  # joiners and marks, which stay between letters
    r"\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # fillers, and braille without a dot
    r"\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]+"  # selectors of a variant of the sign before them
)


def clean(text: str) -> str:
    """``text`` as it is stored and shown: the same again for what is clean, a plain ``str`` of a ``LocalizedText``."""
    shown = BREAKS.sub("\n", UNWANTED.sub("", text))
    if BLANK.fullmatch(shown):
        return ""
    return shown if unicodedata.is_normalized("NFC", shown) else unicodedata.normalize("NFC", shown)


def one_line(text: str) -> str:
    """``clean(text)`` where there are no lines: in titles, subjects and names."""
    return " ".join(clean(text).split())


def clean_value(value: Any) -> Any:
    """``value``, as JSON can hold it, with every text in it clean, also in JSON that is kept as text in there."""
    if isinstance(value, str):
        return _clean_json(value) if ESCAPE in value and value.lstrip()[:1] in ("{", "[") else clean(value)
    if isinstance(value, list | tuple):
        return [clean_value(each) for each in value]
    if isinstance(value, dict):
        return {clean_value(key): clean_value(each) for key, each in value.items()}
    return value


def _clean_json(text: str) -> str:
    """JSON writes what it likes as ``\\u202e``, so what is in it shows only when it is read."""
    try:
        value = json.loads(text)
        cleaned = clean_value(value)
    except (ValueError, RecursionError):
        return clean(text)
    return clean(text) if cleaned == value else json.dumps(cleaned)

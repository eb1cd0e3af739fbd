"""What in a foreign calendar is not meant for the public: never taken over, not even into review.

RFC 5545 (3.8.1.3) has CLASS, and asks that a value one does not know be taken for PRIVATE. Programs add names of their
own for the same, and write the words as they like; when in doubt it is private.
"""

import re
import unicodedata

from dates.calendar_import.source_lines import name_of, value_of

OF_THEIR_OWN = re.compile(r"X-(?:[A-Z0-9-]+-)?(?:CLASS|CLASSIFICATION|SENSITIVITY|ACCESS|PRIVACY|VISIBILITY)")
"""For example ``X-CALENDARSERVER-ACCESS`` and ``X-MICROSOFT-CDO-SENSITIVITY``."""
SWITCH = re.compile(r"X-(?:[A-Z0-9-]+-)?(?:PRIVATE|CONFIDENTIAL)")
BEGIN = re.compile(r"[^\w-]*([\w-]+)")
"""The name of a property, whatever stands around it."""
PRIVATE = ("PRIVATE", "PRIVAT", "CONFIDENTIAL", "VERTRAULICH", "RESTRICTED", "PERSONAL", "PERSÖNLICH", "PERSONLICH")
OUTLOOK_NUMBERS = {"1", "2", "3"}
"""Outlook's sensitivity: personal, private, confidential."""
YES = {"TRUE", "YES", "1"}
BLOCKS = frozenset(
    "busy free tentative away unavailable occupied private confidential beschäftigt gebucht belegt frei besetzt "
    "abwesend vertraulich privat meşgul занят занято зайнято заето مشغول ocupat occupé".split()
) | {
    "busy (tentative)",
    "out of office",
    "out of the office",
    "working elsewhere",
    "private appointment",
    "private event",
    "privater termin",
    "privates ereignis",
    "mit vorbehalt",
    "nicht verfügbar",
    "an anderem ort tätig",
    "frei/gebucht",
    "free/busy",
}
"""What calendars that only say when somebody is busy write in place of a title."""


def is_private(lines: list[str]) -> bool:
    """Of the lines of an event."""
    return any(map(_says_private, lines)) or any(map(_is_block, lines))


def _says_private(line: str) -> bool:
    begin = BEGIN.match(line)
    if begin is None:
        return False
    name, value = begin[1].upper(), _letters(value_of(line) or line[begin.end() :])
    if name == "CLASS":
        return value != "PUBLIC"
    if OF_THEIR_OWN.fullmatch(name):
        return value in OUTLOOK_NUMBERS or any(word in value for word in PRIVATE)
    return bool(SWITCH.fullmatch(name)) and value in YES


def _is_block(line: str) -> bool:
    if name_of(line) != "SUMMARY":
        return False
    title = unicodedata.normalize("NFKC", value_of(line)).casefold()
    return " ".join(re.sub(r"[\\\[\]()\"„“”«».:!]", " ", title).split()) in BLOCKS or title.strip(" .:!") in BLOCKS


def _letters(value: str) -> str:
    """Without spaces, quotation marks and signs that nobody sees."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", value)).upper()

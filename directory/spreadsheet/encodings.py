"""In which encoding a list was saved: programs of offices do not say, so its letters have to.

A file is read in every encoding that is met, and each reading is scored by its letters: those that the ten languages
write in this encoding speak for it; letters of two scripts in one word, capitals after small letters and signs inside
words speak against it. A reading that is clearly better than all others is the one; else a person is asked.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from directory.spreadsheet.limits import UNREADABLE

GERMAN = "äöüß"
EXPECTED = {
    "cp1252": GERMAN + "é",
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ",
    "cp1254": GERMAN + "çğıişâîû",
    "cp1256": GERMAN + "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگکی",
    "cp1250": GERMAN + "ăâîşţ",
    "mac_roman": GERMAN + "é",
    "cp850": GERMAN + "é",
}
"""Small letters of the languages of the site in the encodings that Windows, Macs and old databases use for them."""
UNICODE = frozenset("".join(EXPECTED.values()) + "șțõñóáíúćčšžđłńśźżąęřěů")
AT_WORD_ENDS = "ةى"
EXPECTED_SIGNS = frozenset("„“”‚‘’'–—…«»‹›§€°·•№©®´`،؛؟ـ\u00a0\u200c\u200d\u200e\u200f")
MARKS = "\u200c\u200d\u200e\u200f"
NEEDED, NEEDED_PART = 3.0, 0.25
"""How much better than the next a reading has to be: points, and points for each letter in which both differ."""
SHOWN_AT_MOST = 3


@dataclass(frozen=True)
class Decoded:
    """A text with the encodings that give it, and how much its letters look like words."""

    encoding: str
    text: str
    score: float


def decode(content: bytes) -> list[Decoded]:
    """The readings of ``content``, the likeliest first: one where there is no doubt, none where it is no text."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _only("utf-16", content)
    if wide := _without_mark(content):
        return _only(wide, content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _likeliest(content)
    if UNREADABLE.search(text):
        return []
    return _twice_encoded(text)


def _only(encoding: str, content: bytes) -> list[Decoded]:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return []
    return [] if UNREADABLE.search(text) else [Decoded(encoding, text, 0)]


def _without_mark(content: bytes) -> str:
    """UTF-16 that does not say so: every second byte of its Latin letters and digits is nothing."""
    high, low = content[::2].count(0), content[1::2].count(0)
    most = len(content) // 2 * 0.2
    if min(high, low) or max(high, low) <= most or len(content) % 2:
        return ""
    return "utf-16-be" if high else "utf-16-le"


def _twice_encoded(text: str) -> list[Decoded]:
    """UTF-8 that a program took for Windows-1252 and encoded again: "BrÃ¼cke". It is asked, never mended unasked."""
    whole = Decoded("utf-8", text, 0)
    mended = re.sub("[^\x00-\x7f]{2,}", _decoded_again, text)
    return [whole] if mended == text else [Decoded("utf-8 (2×)", mended, 1), whole]


def _decoded_again(run: re.Match[str]) -> str:
    raw = b"".join(_byte(letter) for letter in run[0])
    try:
        again = raw.decode("utf-8")
    except UnicodeDecodeError:
        return run[0]
    return again if all(letter.lower() in UNICODE or letter in EXPECTED_SIGNS for letter in again) else run[0]


def _byte(letter: str) -> bytes:
    """As Windows-1252 has it; what that lacks, as programs write it all the same; what neither has, as no UTF-8 has."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1", errors="replace") if letter < "\u0100" else b"\xff"


def _likeliest(content: bytes) -> list[Decoded]:
    found: dict[str, Decoded] = {}
    for encoding, text, letters in _readings(content):
        if text not in found and not UNREADABLE.search(text):
            found[text] = Decoded(encoding, text, _score(text, letters))
    best_first = sorted(found.values(), key=lambda each: -each.score)
    if not best_first:
        return []
    best = best_first[0]
    close = [each for each in best_first if best.score - each.score < _needed(best.text, each.text)]
    if len(close) == 1 and best.score > 0 and not best.encoding.startswith("utf-8"):
        return [best]
    # UTF-8 with broken bytes is never certain: what a broken byte was, nobody can know.
    return best_first[: max(2, min(len(close), SHOWN_AT_MOST))]


def _needed(one: str, other: str) -> float:
    return max(NEEDED, NEEDED_PART * sum(a != b for a, b in zip(one, other, strict=False)))


def _readings(content: bytes) -> Iterator[tuple[str, str, frozenset[str]]]:
    for encoding, letters in EXPECTED.items():
        try:
            yield encoding, content.decode(encoding), frozenset(letters)
        except UnicodeDecodeError:
            continue
    if _is_mostly_utf_8(content):
        for encoding in ("cp1252", "cp1251", "cp1254"):
            yield f"utf-8 + {encoding}", _mended(content, encoding), UNICODE


def _is_mostly_utf_8(content: bytes) -> bool:
    """Whether more letters are whole in UTF-8 than broken."""
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return sum(letter > "\x7f" for letter in text) - broken >= broken


def _mended(content: bytes, encoding: str) -> str:
    """UTF-8, with each byte that does not fit read in ``encoding``."""
    text = content.decode("utf-8-sig", errors="surrogateescape")
    return re.sub(
        "[\udc80-\udcff]", lambda byte: bytes([ord(byte[0]) - 0xDC00]).decode(encoding, errors="replace"), text
    )


WORD = re.compile(r"[^\s;,\t\"|/()\[\]:.!?=+*<>@&%#0-9_-]+")


def _score(text: str, letters: frozenset[str]) -> float:
    """A point for each expected letter, several off for what no word has. ASCII says nothing."""
    return sum(_score_of(word, letters) for word in WORD.findall(text) if not word.isascii())


def _score_of(word: str, letters: frozenset[str]) -> float:
    word = unicodedata.normalize("NFC", word).strip("'")
    points = 0.0
    scripts = {_script(letter) for letter in word if letter.isalpha()}
    if len(scripts) > 1:
        points -= 4
    for before, letter in zip(" " + word, word, strict=False):
        if letter.isascii() and before.isascii():
            continue
        if letter.isupper() and before.islower():
            points -= 3
        if letter in MARKS and _script(word[0]) != "ARABIC":
            points -= 3
        if letter.isascii() or letter in EXPECTED_SIGNS:
            continue
        if letter.lower().rstrip("\u0307") in letters or (letter == "İ" and "ı" in letters):
            points += 1
        elif letter.isalpha() and _script(letter) == "LATIN" and letter.lower() in "áíóúñåøãõšžćčłìòùÿèêëàâçîïôûæœ":
            points -= 0.5  # met in names of people and places
        else:
            points -= 2
        if _script(letter) == "LATIN" and before.isalpha() and not before.isascii():
            points -= 1  # letters with accents seldom stand side by side
    inside = word.strip("".join(EXPECTED_SIGNS))
    points -= 2 * sum(not (letter.isalpha() or letter in "'’\u200c\u200d") for letter in inside if not letter.isascii())
    points -= 2 * sum(letter in AT_WORD_ENDS for letter in inside[:-1])
    return points


def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]

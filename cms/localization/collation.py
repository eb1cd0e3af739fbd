"""Alphabetical order as readers of each language know it, for registers from A to Z.

Names come in Latin, Cyrillic and Arabic script; the reader's own script comes first, as CLDR orders it.
The alphabets below say which letters stand for themselves. Any other letter sorts with the one it is made
from (Ä with A, Ё with Е, أ with ا) and only decides between otherwise equal names. Spaces and hyphens come
before letters, so that "Haus Süd" stands before "Hausaufgabenhilfe"; all other punctuation is ignored.

No library: those with CLDR's rules need ICU in the system; those without know only one order for everyone.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from cms.localization.languages import Language

SortKey = tuple[tuple[int, ...], tuple[str, ...], str]

LATIN = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC = "абвгґдђеєжзиіїйјклљмнњопрстћуўфхцчџшщъыьэюя"
ARABIC = "ءابپتثجچحخدذرزژسشصضطظعغفقكگلمنهوي"
PERSIAN = "ءابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"

SCRIPTS: dict[str, tuple[str, ...]] = {
    "tr": ("abcçdefgğhıijklmnoöpqrsştuüvwxyz", CYRILLIC, ARABIC),
    "ro": ("aăâbcdefghiîjklmnopqrsștțuvwxyz", CYRILLIC, ARABIC),
    "bg": (CYRILLIC, LATIN, ARABIC),
    "ru": (CYRILLIC, LATIN, ARABIC),
    "uk": (CYRILLIC, LATIN, ARABIC),
    "ar": (ARABIC, LATIN, CYRILLIC),
    "fa": (PERSIAN, LATIN, CYRILLIC),
}
"""Alphabets in the reader's order, where it differs from Latin, Cyrillic, Arabic."""

SPELLINGS = {
    **{"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ə": "e"},
    **{"ة": "ت", "ٱ": "ا", "ە": "ه", "ي": "ی"},
}
"""Letters that Unicode does not decompose, and what they sort as (ة as in CLDR's Arabic order)."""

KEYBOARDS = {
    "ro": str.maketrans("şţکیى", "șțكيي"),
    "fa": str.maketrans("كيى", "کیی"),
}
OTHER_KEYBOARDS = str.maketrans("کیى", "كيي")
"""The same letter from another keyboard: Arabic or Persian kaf and yeh, Romanian cedilla or comma below."""

WORD_BREAK, FIRST_DIGIT, FIRST_LETTER, FOREIGN_SCRIPT = 0, 1, 1_000, 10_000

OTHER = "#"
"""Heading of names that begin with a digit or have no letter at all."""


@lru_cache(maxsize=4096)
def sort_key(text: str, language: Language) -> SortKey:
    """Key for ``sorted``: letters first, then their accents, then the text as written."""
    letters = list(_letters(text, language))
    return tuple(weight for weight, _, _ in letters), tuple(original for _, _, original in letters), text


@lru_cache(maxsize=4096)
def initial(text: str, language: Language) -> str:
    """Heading under which a reader looks for ``text``: a capital letter of their alphabet or ``OTHER``."""
    for weight, letter, _ in _letters(text, language):
        return _upper(letter, language) if weight >= FIRST_LETTER else OTHER
    return OTHER


def _letters(text: str, language: Language) -> Iterator[tuple[int, str, str]]:
    """What counts in ``text``: weight, letter of the alphabet, and the original if that is another one."""
    order = _order(language)
    at_break = True
    for character in _lower(text, language):
        if character.isspace() or unicodedata.category(character) == "Pd":
            if not at_break:
                yield WORD_BREAK, "", ""
            at_break = True
        elif character.isdecimal():
            yield FIRST_DIGIT + unicodedata.decimal(character), character, ""
            at_break = False
        elif unicodedata.category(character) in {"Ll", "Lo", "Lu", "Lt"}:
            for letter in _standing_for(character, order):
                yield order.get(letter, FOREIGN_SCRIPT + ord(letter)), letter, "" if letter == character else character
            at_break = False


def _standing_for(character: str, order: dict[str, int]) -> str:
    """Letters of the alphabet that ``character`` is one of, is made from or is spelled with."""
    if character in order:
        return character
    base = unicodedata.normalize("NFD", character)[0]
    return SPELLINGS.get(base, base)


@cache
def _order(language: Language) -> dict[str, int]:
    scripts = SCRIPTS.get(language.cldr_locale.language, (LATIN, CYRILLIC, ARABIC))
    return {letter: FIRST_LETTER + place for place, letter in enumerate("".join(scripts))}


def _lower(text: str, language: Language) -> str:
    """Lower case in the reader's language, in composed characters of the ordinary width and form."""
    plain = unicodedata.normalize("NFKC", text)
    spoken = language.cldr_locale.language
    if spoken == "tr":
        plain = plain.replace("I", "ı").replace("İ", "i")
    lowered = unicodedata.normalize("NFC", plain.lower())
    return lowered.translate(KEYBOARDS.get(spoken, OTHER_KEYBOARDS))


def _upper(letter: str, language: Language) -> str:
    return "İ" if letter == "i" and language.cldr_locale.language == "tr" else letter.upper()

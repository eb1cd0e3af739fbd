"""Words as they are compared, however they were typed: case, accents, keyboard and spelling of ä are gone.

The same for what is looked for and for what is looked in; what comes out is for no reader. Letters that only look like
marked ones stay: й is no и, ї no і.
"""

import re
import unicodedata

LETTERS = str.maketrans(
    {
        **{
            "İ": "i",
            "I": "i",
            "ı": "i",
            "ß": "ss",
            "ẞ": "ss",
            "æ": "ae",
            "œ": "oe",
            "ø": "o",
            "ł": "l",
            "đ": "d",
            "ə": "e",
        },
        **{"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ی", "ئ": "ی", "ي": "ی", "ك": "ک", "ؤ": "و", "ۆ": "و"},
        **{"ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ڕ": "ر"},
        **{"ґ": "г", "ё": "е", "ѝ": "и"},
        # Not seen or not heard: apostrophes, soft hyphen, joiners, tatweel, hamza alone.
        **dict.fromkeys("'’ʼ‘`´\u00ad\u200b\u200c\u200d\u2060\ufeffـء"),
    }
)
KEPT = {"й": "\ue000", "ї": "\ue001"}
"""Letters of an alphabet that Unicode takes for marked ones, and what stands for them while marks are taken off."""
UMLAUT_SPELT_OUT = re.compile(r"(?<![qae])([aou])e")
"""Not in "Quelle", "Frauen" and "neue"."""


def folded(text: str) -> str:
    """
    >>> folded("Frühstück für Ältere") == folded("fruehstueck FUR altere")
    True
    """
    text = unicodedata.normalize("NFKC", text).translate(LETTERS).lower().translate(LETTERS)
    for letter, sign in KEPT.items():
        text = text.replace(letter, sign)
    bare = "".join(map(_without_marks, unicodedata.normalize("NFD", text)))
    for letter, sign in KEPT.items():
        bare = bare.replace(sign, letter)
    return UMLAUT_SPELT_OUT.sub(r"\1", " ".join(bare.split()))


def words_of(query: str) -> list[str]:
    """What is looked for, word by word."""
    return folded(query).split()


def _without_marks(character: str) -> str:
    if character.isalpha() or character in KEPT.values():
        return character
    if unicodedata.category(character) == "Mn":
        return ""
    digit = unicodedata.decimal(character, None)
    return " " if digit is None else str(digit)

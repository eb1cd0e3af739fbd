"""How a name sounds: in Latin letters as any transliteration would write them, and its consonants alone."""

import re

from anyascii import anyascii

from cms.search.words import plain

SHORTEST = 3
ARABIC_ARTICLE = "ال"
SOUNDS = (
    ("sch", "s"),
    ("ck", "k"),
    ("sh", "s"),
    ("ch", "h"),
    ("kh", "h"),
    ("zh", "s"),
    ("ts", "s"),
    ("tz", "s"),
    ("gh", "g"),
    ("ph", "f"),
)
SAME_SOUND = str.maketrans("qczjwxp", "kssyvkb")
"""Arabic has no p, and Russian g stands for the h of German names."""
SAME_LETTER = str.maketrans("gyv", "hiw")
SILENT = re.compile(r"[aeiouy]|(?<=.)v")
VOWEL_AT_THE_END = "ه"
"""Of Arabic script, after a consonant."""


def skeleton(word: str) -> str:
    """Empty for words with too few consonants to tell. Likeness is a reason to propose, and never to decide.

    >>> skeleton("Українці") == skeleton("Ukraintsi")
    True
    """
    spelt = plain(word)
    if spelt.startswith(ARABIC_ARTICLE) and len(spelt) > 4:
        spelt = spelt[len(ARABIC_ARTICLE) :]
    bones = _once(SILENT.sub("", _sounds(spelt.removesuffix(VOWEL_AT_THE_END) if len(spelt) > 4 else spelt)))
    return bones if len(bones) >= SHORTEST else ""


def romanised(word: str) -> str:
    """With its vowels, where its script writes them.

    >>> romanised("Хаспе") == romanised("Haspe")
    True
    """
    return _once(_sounds(plain(word)).translate(SAME_LETTER))


def _sounds(spelt: str) -> str:
    """Letters of other scripts one by one: two of them are never one sound, as "kh" and "sch" are."""
    pieces = [spelt] if spelt.isascii() else [anyascii(letter) for letter in spelt]
    return "".join(map(_sound, pieces))


def _sound(written: str) -> str:
    letters = "".join(letter for letter in written.lower() if letter.isalpha())
    for letters_of_it, sound in SOUNDS:
        letters = letters.replace(letters_of_it, sound)
    return letters.translate(SAME_SOUND)


def _once(letters: str) -> str:
    return re.sub(r"(.)\1+", r"\1", letters)

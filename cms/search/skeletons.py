"""How a name sounds: its consonants as any transliteration would write them."""

import re

from anyascii import anyascii

from cms.search.words import plain

SHORTEST = 3
ARABIC_ARTICLE = "ال"
SOUNDS = (
    ("sch", "s"),
    ("sh", "s"),
    ("ch", "h"),
    ("kh", "h"),
    ("zh", "s"),
    ("ts", "s"),
    ("tz", "s"),
    ("gh", "g"),
    ("ph", "f"),
)
SAME_SOUND = str.maketrans("qczjwx", "kssyvk")
SILENT = re.compile(r"[aeiouy]|(?<=.)v")


def skeleton(word: str) -> str:
    """Empty for words with too few consonants to tell. Likeness is a reason to propose, and never to decide.

    >>> skeleton("Українці") == skeleton("Ukraintsi")
    True
    """
    spelt = plain(word)
    if spelt.startswith(ARABIC_ARTICLE) and len(spelt) > 4:
        spelt = spelt[len(ARABIC_ARTICLE) :]
    letters = "".join(letter for letter in anyascii(spelt).lower() if letter.isalpha())
    for written, sound in SOUNDS:
        letters = letters.replace(written, sound)
    bones = SILENT.sub("", letters.translate(SAME_SOUND))
    bones = re.sub(r"(.)\1+", r"\1", bones)
    return bones if len(bones) >= SHORTEST else ""

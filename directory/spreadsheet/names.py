"""When two names mean the same organisation, however they are written."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

from anyascii import anyascii

LEGAL_FORM = re.compile(r"\be\.\s*v\b\.?|\be\s*v\b\.?(?=\W*$)|\b(?:eingetragener|eingetr\.?)\s+verein\b")
AND = {"und", "and", "u"}
SPELLINGS = (("ae", "a"), ("oe", "o"), ("ue", "u"))
"""ä, ae and a bare a are one letter: all three are met in lists."""
SOUNDS = (("sch", "s"), ("kh", "h"), ("ts", "c"), ("tz", "c"), ("ph", "f"))
SAME_SOUND = str.maketrans("qkz", "ccs", "aeiouyjhvw")
SHORTEST = 6
"""Consonants below which names are alike by chance."""
CLOSE = 0.8
"""Part of the consonants that two scripts must share: Arabic writes articles and endings otherwise."""


def plain(text: str) -> str:
    """Letters and digits of any script, folded, with single spaces: what is compared of words."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(letter if letter.isalnum() else " " for letter in folded).split())


def _words(name: str) -> list[str]:
    """In Latin letters, without the legal form, in the order in which they stand."""
    folded = LEGAL_FORM.sub(" ", unicodedata.normalize("NFKC", name).casefold())
    latin = "".join(letter for letter in anyascii(plain(folded)).lower() if letter.isalnum() or letter == " ")
    return [word for word in latin.split() if word not in AND] or plain(name).split()


def key(name: str) -> str:
    """The same for all ways to write a name: legal form, case, punctuation, umlauts and the order of words are gone.

    >>> key("Türkischer Kulturverein e. V.") == key("Kulturverein, Tuerkischer")
    True
    """
    words = []
    for word in _words(name):
        for spelt, letter in SPELLINGS:
            word = word.replace(spelt, letter)
        words.append(word)
    return " ".join(sorted(words))


def skeleton(name: str) -> str:
    """The consonants as any transliteration would write them; empty for names too short to tell."""
    letters = "".join(_words(name))
    for spelt, consonant in SOUNDS:
        letters = letters.replace(spelt, consonant)
    bones = re.sub(r"(.)\1+", r"\1", letters.translate(SAME_SOUND))
    return bones if len(bones) >= SHORTEST else ""


def is_latin(name: str) -> bool:
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in name if letter.isalpha())


def numbers(name: str) -> tuple[int, ...]:
    """The numbers in a name: "Verein Nr. 1" and "Verein Nr. 11" are alike in every letter and never the same."""
    return tuple(int(digits) for digits in re.findall(r"\d+", unicodedata.normalize("NFKC", name)) if len(digits) < 20)


@dataclass(frozen=True)
class Sound:
    """How a name sounds, whoever wrote it in whatever script. Likeness is a reason to ask, and never more."""

    bones: str
    letters: str
    numbers: tuple[int, ...]
    latin: bool

    def is_like(self, other: "Sound") -> bool:
        if self.numbers != other.numbers or not self.bones or not other.bones:
            return False
        if self.latin != other.latin:
            return sound_alike(self.bones, other.bones)
        return self.bones == other.bones and _near(self.letters, other.letters)


def sound(name: str) -> Sound:
    return Sound(skeleton(name), "".join(key(name).split()), numbers(name), is_latin(name))


def sound_alike(one: str, another: str) -> bool:
    """Whether skeletons of names in two scripts may be one name: "Українці в Хагені", "Ukraintsi v Hageni"."""
    return _near(one, another)


def _near(one: str, another: str) -> bool:
    matcher = SequenceMatcher(None, one, another, autojunk=False)
    return matcher.real_quick_ratio() >= CLOSE and matcher.quick_ratio() >= CLOSE and matcher.ratio() >= CLOSE

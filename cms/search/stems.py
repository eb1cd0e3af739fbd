"""Stems: what the inflected forms of a word have in common.

Snowball's where it has the language and its stemmer is not worse than a list of endings; see docs/decisions.md.
"""

import threading
from functools import lru_cache

import Stemmer

from cms.localization import languages
from cms.search.passages import FACTS, NAMES
from cms.search.words import plain

SNOWBALL = {
    "de": "german",
    "de-simple": "german",
    "en": "english",
    "tr": "turkish",
    "ru": "russian",
    "ro": "romanian",
}
ENDINGS: dict[str, tuple[int, str]] = {
    "uk": (
        4,
        "ська ський ське ські ського ському ських ським ськими ською ській ську "
        "ннями ннях нням нню ння ень ість ості істю остей остям остями остях "
        "ого ому ими ій ий их им ої ою ею єю ею ами ями ові еві єві ів їв ам ям ах ях ей "
        "увати ювати ування ювання ати яти ити іти уть ють ать ять ає ує ює ти ть ла ло ли ть ся сь "
        "а я о е є и і ї у ю ь й в",
    ),
    "bg": (
        4,
        "ията иите ията ския ският ската ското ските ски ско ска ията ието ията иен ове еве овете евете "
        "ите ата ята ото ето ъта ът ят та то те ия ие ии ост остта ости а я о е и у ю ъ й",
    ),
    "fa": (3, "هایشان هایمان هایتان هایی هایم های ها یم ان ات یی م ت ش ی ه"),
    "ar": (2, "ها ان ات ون ین یه هم هن کم نا ه ی ا"),
}
"""By language: letters that stay at least, and endings."""
TWICE = {"uk", "bg"}
ARTICLES = ("وال", "بال", "کال", "فال", "ولل", "ال", "لل")
"""Of Arabic, with what is written together with them."""

PREPOSITIONS = frozenset("بلکف")
"""Of Arabic, one letter each, written together with the word; many words begin so by themselves: both are stems."""

_stemmers = threading.local()
"""Stemmers keep state while they work."""


def _snowball(language: str, word: str) -> str:
    name = SNOWBALL[language]
    if not hasattr(_stemmers, name):
        setattr(_stemmers, name, Stemmer.Stemmer(name))
    return str(getattr(_stemmers, name).stemWord(word))


def _longest_first(endings: str) -> tuple[str, ...]:
    return tuple(sorted({plain(ending) for ending in endings.split()}, key=lambda ending: (-len(ending), ending)))


_ENDINGS = {language: (least, _longest_first(endings)) for language, (least, endings) in ENDINGS.items()}


def _without_ending(language: str, word: str) -> str:
    least, endings = _ENDINGS[language]
    if language == "ar":
        word = _without_article(word)
    for _time in range(2 if language in TWICE else 1):
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= least:
                word = word[: -len(ending)]
                break
    return word


def _without_article(word: str) -> str:
    for article in ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 2:
            return word[len(article) :]
    return word[1:] if word.startswith("و") and len(word) > 3 else word


def _lowered(word: str, language: str) -> str:
    if language == "tr":
        word = word.replace("I", "ı").replace("İ", "i")
    return word.lower()


@lru_cache(maxsize=50_000)
def stems_of(word: str, language: str) -> tuple[str, ...]:
    """Stems of a word as it is written and as those type it who leave marks out; folded.

    Of names and facts in the languages of their script: who looks for them may have any.
    """
    found: dict[str, None] = {}
    for each in _languages(word, language):
        if each in SNOWBALL:
            for spelt in (_lowered(word, each), plain(word)):
                found[plain(_snowball(each, spelt))] = None
        elif each in ENDINGS:
            spelt = plain(word)
            found[_without_ending(each, spelt)] = None
            if each == "ar" and spelt[:1] in PREPOSITIONS and len(spelt) > 4:
                found[_without_ending(each, spelt[1:])] = None
    return tuple(stem for stem in found if stem) or (plain(word),)


def _languages(word: str, language: str) -> tuple[str, ...]:
    if language not in (NAMES, FACTS):
        return (language,)
    script = _script(word)
    return tuple(each for each in languages.BY_CODE if each != "de-simple" and SCRIPTS.get(each, "latin") == script)


SCRIPTS = {"ar": "arabic", "fa": "arabic", "uk": "cyrillic", "ru": "cyrillic", "bg": "cyrillic"}


def _script(word: str) -> str:
    letter = word[0]
    if "\u0400" <= letter <= "\u052f":
        return "cyrillic"
    if "\u0600" <= letter <= "\u06ff":
        return "arabic"
    return "latin"

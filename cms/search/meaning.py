"""What a query may mean: for each of its words the forms of the index that answer it, and how well, in percent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from cms.localization import languages
from cms.search import same_meaning
from cms.search.forms import SKELETON, STEM, written_words
from cms.search.passages import FACTS, NAMES
from cms.search.same_meaning import Group
from cms.search.skeletons import romanised, skeleton
from cms.search.stems import stems_of
from cms.search.vocabulary import Forms, Vocabulary
from cms.search.words import LONGEST, parts_of, plain

EXACT, STEMMED, JOINED, SYNONYM, SOUND = 100, 90, 90, 65, 55
PREFIX, PER_LETTER, MOST_LETTERS = 65, 4, 10
INSIDE, PART, DERIVED = 45, 60, 45
TYPO = {1: 50, 2: 35}
FARTHEST = 15
"""Too far for a result, near enough to be asked about."""
GERMAN = 85
"""For readers of other languages."""
SHORTEST_STEM = 4
"""Letters that tell a stem of a name or a fact from those of other languages."""
LONGEST_COMPOUND = 32
"""Letters in which its parts are looked for."""
SHORTEST_END = 5
"""Letters of a part that makes a longer word likely to mean something near."""
TELLING = 4
"""Consonants of a skeleton: those of three belong to anything."""
MOST_FORMS = 20
"""Of each kind of likeness, for each language."""

Key = tuple[str, str]
"""Language and form."""


@dataclass
class Wanted:
    """One word of a query."""

    written: str
    own: dict[Key, int] = field(default_factory=dict)
    """The word itself, inflected or not."""
    like: dict[Key, int] = field(default_factory=dict)
    """Others that may do for it."""
    parts: list[dict[Key, int]] = field(default_factory=list)
    """What it is made of: all of them together do for it."""

    @property
    def is_number(self) -> bool:
        return plain(self.written).isdecimal()

    def add_like(self, keys: Iterable[Key], percent: int) -> None:
        for key in keys:
            if key not in self.own:
                self.like[key] = max(percent, self.like.get(key, 0))

    def forms(self) -> set[Key]:
        return set(self.own) | set(self.like) | {key for part in self.parts for key in part}


def languages_read(language: str) -> list[str]:
    """Readers of any language read German, names and facts."""
    return list(dict.fromkeys((language, languages.SOURCE, NAMES, FACTS)))


def meant(words: list[str], language: str, vocabulary: Vocabulary, synonyms: tuple[Group, ...] = ()) -> list[Wanted]:
    found = [_word(word, language, vocabulary) for word in words]
    for first, second in pairwise(found):
        joined = _own(first.written + second.written, language) | _own(second.written + first.written, language)
        for wanted in (first, second):
            wanted.add_like(joined, JOINED)
    for start, end, synonym in same_meaning.others_of(words, language, synonyms):
        forms = [set(_own(word, language)) for word in written_words(synonym)]
        for wanted in found[start:end]:
            if len(forms) == 1:
                wanted.add_like(forms[0], SYNONYM)
            elif forms and not wanted.parts:
                wanted.parts = [dict.fromkeys(each, SYNONYM // len(forms) + 10) for each in forms]
    return found


def add_mistaken(wanted: Wanted, language: str, vocabulary: Vocabulary) -> dict[Key, int]:
    """For a word that was met nowhere: forms with a letter or two typed wrongly, and names and facts that sound so.

    Returned are more distant ones, which may be asked about."""
    spelt = plain(wanted.written)
    if any(map(str.isdigit, spelt)):
        return {}  # another number is another thing
    bones = skeleton(wanted.written)
    wanted.add_like([(FACTS, SKELETON + bones)] if len(bones) >= TELLING else (), SOUND)
    farther: dict[Key, int] = {}
    if len(spelt) < 4:
        return farther
    changes = 1 if len(spelt) < 8 else 2
    sound = romanised(wanted.written)
    for each in (NAMES, FACTS) if len(sound) > 3 else ():
        for form, distance in vocabulary.of(each).sounding(sound, min(changes, len(sound) // 4)):
            if form.isascii() != spelt.isascii():
                wanted.add_like([(each, form)], TYPO.get(distance, SOUND))
    for each in languages_read(language):
        forms = vocabulary.of(each)
        for form in dict.fromkeys([spelt, *(STEM + stem for stem in stems_of(wanted.written, each))]):
            changes = 1 if len(form) < 9 else 2
            for near, distance in forms.near(form, changes + 1, MOST_FORMS):
                if near[0] == SKELETON or (near[0] == STEM) != (form[0] == STEM):
                    continue
                if distance <= changes:
                    wanted.add_like([(each, near)], TYPO[max(1, distance)])
                elif len(spelt) > 5 and near[0] == form[0]:
                    farther[each, near] = FARTHEST
            if len(spelt) > 7 and form[0] == STEM:
                for near, distance in forms.beginning_nearly(form, changes, MOST_FORMS):
                    wanted.add_like([(each, near)], TYPO[max(1, distance)] * INSIDE // PREFIX)
                shorter = [form[:-cut] for cut in range(1, 4)]
                wanted.add_like(((each, near) for near in shorter if near in forms.known and len(near) > 4), DERIVED)
        wanted.add_like(((each, STEM + stem) for stem in _known_ends(wanted.written, each, forms)), DERIVED)
    return farther


def _own(word: str, language: str) -> dict[Key, int]:
    keys: dict[Key, int] = {}
    for each in languages_read(language):
        share = GERMAN if each == languages.SOURCE != language else 100
        for piece in parts_of(word):
            for stem in stems_of(piece, each):
                if each in (NAMES, FACTS) and len(stem) < SHORTEST_STEM:
                    continue  # stems of all languages of a script stand there side by side
                keys[each, (STEM + stem)[:LONGEST]] = STEMMED * share // 100
        if spelt := plain(word):
            keys[each, spelt] = EXACT * share // 100
    return keys


def _word(word: str, language: str, vocabulary: Vocabulary) -> Wanted:
    wanted = Wanted(word, own=_own(word, language))
    spelt = plain(word)
    if len(bones := skeleton(word)) >= TELLING:
        wanted.add_like([(NAMES, SKELETON + bones)], SOUND)
    for each in languages_read(language):
        share = GERMAN if each == languages.SOURCE != language else 100
        forms = vocabulary.of(each)
        starts = [s for s in stems_of(word, each) if len(s) >= (SHORTEST_STEM if each in (NAMES, FACTS) else 3)]
        for start in dict.fromkeys([*(STEM + stem for stem in starts), *([spelt] if len(spelt) > 2 else ())]):
            for longer in _shortest(forms.beginning(start, len(start) + MOST_LETTERS)):
                extra = len(longer) - len(start)
                wanted.add_like([(each, longer)], (PREFIX - PER_LETTER * extra) * share // 100)
        if each in (languages.SOURCE, NAMES, FACTS):
            for stem in starts:
                if len(stem) > 3:
                    inside = (form for form in forms.containing(stem, 400) if form[0] == STEM)
                    wanted.add_like([(each, form) for form in _shortest(inside)], INSIDE * share // 100)
    german = [vocabulary.of(each) for each in (languages.SOURCE, FACTS)]
    for part in _parts(stems_of(word, languages.SOURCE)[0], german):
        wanted.parts.append({(each, STEM + part): PART for each in languages_read(language)})
    return wanted


def _shortest(forms: Iterator[str]) -> list[str]:
    return sorted(set(forms), key=lambda form: (len(form), form))[:MOST_FORMS]


def _parts(stem: str, known: list[Forms]) -> tuple[str, ...]:
    """The two German words of a compound, where both are known; that with the longer shorter part."""
    best: tuple[str, ...] = ()
    for place in range(4, len(stem) - 3):
        second = stem[place:]
        if not any(STEM + second in forms.known for forms in known):
            continue
        for first in _without_joint(stem[:place]):
            longer = min(place, len(second)) > min(map(len, best), default=0)
            if longer and any(STEM + first in forms.known for forms in known):
                best = (first, second)
    return best


def _known_ends(word: str, language: str, known: Forms) -> set[str]:
    """The longest known stem that a longer word begins with, and the longest that it ends with: of a compound of which
    nobody knows the other part ("Tandempartner"), of a derived word."""
    spelt = plain(word)[:LONGEST_COMPOUND]
    least = max(SHORTEST_END, len(spelt) * 2 // 5)
    beginnings = (stems_of(spelt[:end], language) for end in range(len(spelt) - 1, least - 1, -1))
    endings = (stems_of(spelt[start:], language) for start in range(2, len(spelt) - SHORTEST_END + 1))
    found: set[str] = set()
    for stems in (beginnings, endings):
        there = ([s for s in some if len(s) >= SHORTEST_STEM and STEM + s in known.known] for some in stems)
        found.update(next(filter(None, there), ()))
    return found


def _without_joint(part: str) -> Iterator[str]:
    yield part
    for joint in ("s", "n", "e", "en", "es"):
        if part.endswith(joint) and len(part) - len(joint) > 2:
            yield part[: -len(joint)]

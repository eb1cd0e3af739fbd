"""What a query may mean: for each of its words the forms of the index that answer it, and how well, in percent."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from cms.localization import languages
from cms.search import stop_words
from cms.search.forms import SKELETON, STEM, written_words
from cms.search.passages import FACTS, NAMES
from cms.search.skeletons import romanised, skeleton
from cms.search.stems import stems_of
from cms.search.vocabulary import Forms, Vocabulary
from cms.search.words import LONGEST, parts_of, plain, words_in

LONGEST_QUERY, MOST_WORDS = 500, 10
"""Letters and words that count."""
EXACT, STEMMED, JOINED, SYNONYM, SOUND = 100, 90, 90, 65, 55
PREFIX, PER_LETTER, MOST_LETTERS = 65, 6, 6
INSIDE, PART, DERIVED = 45, 60, 45
TYPO = {1: 50, 2: 35}
FARTHEST = 15
"""Too far for a result, near enough to be asked about."""
GERMAN = 85
"""For readers of other languages."""
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

    def add_like(self, keys: Iterable[Key], percent: int) -> None:
        for key in keys:
            if key not in self.own:
                self.like[key] = max(percent, self.like.get(key, 0))

    def forms(self) -> set[Key]:
        return set(self.own) | set(self.like) | {key for part in self.parts for key in part}


def languages_read(language: str) -> list[str]:
    """Readers of any language read German, names and facts."""
    return list(dict.fromkeys((language, languages.SOURCE, NAMES, FACTS)))


def words_of(query: str, language: str) -> list[str]:
    """As typed, each once, without those that say nothing; all if there are no others."""
    words: dict[str, str] = {}
    for word in (found[0] for found in words_in(query[:LONGEST_QUERY])):
        if spelt := plain(word):
            words.setdefault(spelt, word)
    silent = max(
        (stop_words.of(each) for each in (language, languages.SOURCE)), key=lambda some: len(some & set(words))
    )
    kept = [word for spelt, word in words.items() if spelt not in silent and spelt not in stop_words.of(language)]
    return (kept or list(words.values()))[:MOST_WORDS]


def meant(
    words: list[str], language: str, vocabulary: Vocabulary, synonyms: Collection[Collection[str]] = ()
) -> list[Wanted]:
    found = [_word(word, language, vocabulary) for word in words]
    for first, second in pairwise(found):
        joined = _own(first.written + second.written, language) | _own(second.written + first.written, language)
        for wanted in (first, second):
            wanted.add_like(joined, JOINED)
    for wanted in found:
        for synonym in _synonyms(wanted, language, synonyms):
            forms = [set(_own(word, language)) for word in written_words(synonym)]
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
    return farther


def _own(word: str, language: str) -> dict[Key, int]:
    keys: dict[Key, int] = {}
    for each in languages_read(language):
        share = GERMAN if each == languages.SOURCE != language else 100
        for piece in parts_of(word):
            for stem in stems_of(piece, each):
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
        starts = [stem for stem in stems_of(word, each) if len(stem) > 2]
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


def _without_joint(part: str) -> Iterator[str]:
    yield part
    for joint in ("s", "n", "e", "en", "es"):
        if part.endswith(joint) and len(part) - len(joint) > 2:
            yield part[: -len(joint)]


def _synonyms(wanted: Wanted, language: str, groups: Collection[Collection[str]]) -> Iterator[str]:
    """The other words of the groups that have this one, in any inflection."""
    for group in groups:
        spelt = {plain(each) for each in group}
        stems = {stem for each in group if len(each.split()) == 1 for stem in stems_of(each, language)}
        if plain(wanted.written) in spelt or stems.intersection(stems_of(wanted.written, language)):
            yield from (each for each in group if plain(each) != plain(wanted.written))

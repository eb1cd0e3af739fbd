"""What came back from translators against what is stored now: which words can be taken over, and why others cannot.

Nothing is decided silently: every entry of the file is in the report with its words in full, its verdict and a
sentence for the person who uploaded it.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from html.parser import HTMLParser

from django.utils.translation import gettext, ngettext_lazy

from cms import languages
from translations.exchange.document import INVALID, MACHINE, TRANSLATED, VOID, BadFile, Document, Segment

PERSON = "person"
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,400}>")
CONTROL = re.compile(rf"[{INVALID}\x7f-\x9f\ud800-\udfff\ufffd]")
REFERENCE = re.compile(r"&#(\d{1,7}|[xX][0-9a-fA-F]{1,6})")


class Verdict(StrEnum):
    """What is to happen with the words of an entry; only ``ACCEPTED`` and ``CONFIRMED`` change what is stored."""

    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    UNKNOWN = "unknown"
    STALE = "stale"
    CONFLICT = "conflict"
    DAMAGED = "damaged"
    DOUBLED = "doubled"


COUNTS = {
    Verdict.ACCEPTED: ngettext_lazy(
        "%(count)d translation is new or changed.", "%(count)d translations are new or changed.", "count"
    ),
    Verdict.CONFIRMED: ngettext_lazy(
        "%(count)d machine translation was checked and left as it is.",
        "%(count)d machine translations were checked and left as they are.",
        "count",
    ),
    Verdict.UNCHANGED: ngettext_lazy("%(count)d translation is as before.", "%(count)d are as before.", "count"),
    Verdict.EMPTY: ngettext_lazy(
        "%(count)d text is not translated yet.", "%(count)d texts are not translated yet.", "count"
    ),
    Verdict.UNKNOWN: ngettext_lazy(
        "%(count)d text is not on this website.", "%(count)d texts are not on this website.", "count"
    ),
    Verdict.STALE: ngettext_lazy(
        "%(count)d translation belongs to German that has changed.",
        "%(count)d translations belong to German that has changed.",
        "count",
    ),
    Verdict.CONFLICT: ngettext_lazy(
        "%(count)d text was meanwhile translated by somebody else.",
        "%(count)d texts were meanwhile translated by somebody else.",
        "count",
    ),
    Verdict.DAMAGED: ngettext_lazy("%(count)d translation is damaged.", "%(count)d translations are damaged.", "count"),
    Verdict.DOUBLED: ngettext_lazy(
        "%(count)d entry contradicts another one.", "%(count)d entries contradict each other.", "count"
    ),
}


@dataclass(frozen=True, slots=True)
class CurrentSegment:
    """What is stored now. ``made_by`` is ``person``, ``machine`` or empty, ``changed_at`` when the target was."""

    page: str
    context: str
    source: str
    target: str = ""
    made_by: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One entry of the file; ``current`` is what is stored in its place, as far as that can be told."""

    segment: Segment
    verdict: Verdict
    sentence: str
    current: CurrentSegment | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A finding an entry, in the order of the file."""

    language: str
    findings: tuple[Finding, ...]

    @property
    def accepted(self) -> tuple[Finding, ...]:
        """What is to be stored, also words of a machine that a person has confirmed; equal doubles once."""
        taken = {f.segment.identity: f for f in self.findings if f.verdict in {Verdict.ACCEPTED, Verdict.CONFIRMED}}
        return tuple(taken.values())

    @property
    def counts(self) -> Counter[Verdict]:
        return Counter(finding.verdict for finding in self.findings)

    @property
    def summary(self) -> tuple[str, ...]:
        """A sentence for each verdict that occurs."""
        counts = self.counts
        return tuple(str(COUNTS[verdict] % {"count": counts[verdict]}) for verdict in Verdict if counts[verdict])


def compare(document: Document, current: Sequence[CurrentSegment], *, language: str, overwrite: bool = False) -> Report:
    """Judges every entry of ``document`` for the translation into ``language``. Raises ``BadFile`` for another one.

    What a person wrote since the file was taken away is kept, unless ``overwrite``; for a file that does not say when
    that was, whatever a person wrote.
    """
    if document.language != language:
        raise _wrong_language(document.language, language)
    stored = {(segment.page, segment.context, segment.source): segment for segment in current}
    places: dict[tuple[str, str], list[CurrentSegment]] = defaultdict(list)
    for segment in current:
        places[segment.page, segment.context].append(segment)
    pages = {segment.page for segment in current}
    words: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for entry in document.segments:
        words[entry.identity].update({entry.target} if entry.target.strip() else ())

    @cache
    def replacement(page: str, context: str) -> CurrentSegment | None:
        """The one German text of that place which the file does not have: what another one has become."""
        changed = [segment for segment in places[page, context] if (page, context, segment.source) not in words]
        return changed[0] if len(changed) == 1 else None

    def judged(entry: Segment) -> Finding:
        place = places.get((entry.page, entry.context), [])
        now = stored.get(entry.identity)
        if not entry.target.strip():
            return Finding(entry, Verdict.EMPTY, gettext("There is no translation yet."), now)
        if entry.page not in pages:
            return Finding(entry, Verdict.UNKNOWN, gettext("This page is not there, or not to be translated."))
        if not place:
            return Finding(entry, Verdict.UNKNOWN, gettext("The page does not have this text any more."))
        if now is None:
            return _stale(entry, replacement(entry.page, entry.context))
        if len(words[entry.identity]) > 1:
            return Finding(entry, Verdict.DOUBLED, gettext("The file has several translations for this text."), now)
        return _against(entry, now, document.made_at, overwrite=overwrite)

    return Report(language, tuple(judged(entry) for entry in document.segments))


def _against(entry: Segment, now: CurrentSegment, made_at: datetime | None, *, overwrite: bool) -> Finding:
    """The finding for words whose German is there as it was."""
    is_same = entry.target == now.target
    confirms = is_same and now.made_by == MACHINE and entry.state == TRANSLATED
    if is_same and not confirms:
        return Finding(entry, Verdict.UNCHANGED, gettext("The translation is as before."), now)
    if fault := damage(entry.source, entry.target):
        return Finding(entry, Verdict.DAMAGED, fault, now)
    if confirms:
        return Finding(entry, Verdict.CONFIRMED, gettext("The machine translation was checked."), now)
    is_older = made_at is not None and now.changed_at is not None and now.changed_at <= made_at
    if now.target and now.made_by == PERSON and not is_older and not overwrite:
        sentence = gettext(
            "Somebody has translated this meanwhile: “%(words)s”. Choose whether to overwrite it with the file."
        )
        return Finding(entry, Verdict.CONFLICT, sentence % {"words": now.target}, now)
    return Finding(entry, Verdict.ACCEPTED, gettext("The translation is taken over."), now)


def _stale(entry: Segment, now: CurrentSegment | None) -> Finding:
    if now is None:
        sentence = gettext("The German text has changed or is gone. Copy the words by hand if they still fit.")
        return Finding(entry, Verdict.STALE, sentence)
    sentence = gettext("The German text has changed to “%(words)s”. Copy the translation by hand if it still fits.")
    return Finding(entry, Verdict.STALE, sentence % {"words": now.source}, now)


def _wrong_language(found: str, wanted: str) -> BadFile:
    name = languages.get(wanted).native_name
    if not found:
        sentence = gettext("The file does not say into which language it translates. It should be %(wanted)s.")
        return BadFile(sentence % {"wanted": name})
    other = languages.BY_CODE[found].native_name if found in languages.BY_CODE else found[:40]
    sentence = gettext("The file translates into %(found)s, not into %(wanted)s.")
    return BadFile(sentence % {"found": other, "wanted": name})


class _Tags(HTMLParser):
    """The tags of a fragment with their attributes, and whether each is closed where it should be."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.found: Counter[tuple[str, tuple[tuple[str, str | None], ...]]] = Counter()
        self.unclosed: list[str] = []
        self.is_nested = "<" not in TAG.sub("", fragment)
        for tag in TAG.findall(fragment):
            self.feed(tag)
        self.is_nested = self.is_nested and not self.unclosed and not self.rawdata

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag, tuple(attrs)] += 1
        if tag not in VOID:
            self.unclosed.append(tag)

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        if not self.unclosed or self.unclosed.pop() != tag:
            self.is_nested = False


def damage(source: str, target: str) -> str:
    """What is wrong with the tags or characters of a translation, as a sentence; empty when nothing is.

    The same tags with the same attributes, of which segments only have ``id``, in any order, well nested; no control
    or replacement characters that the German does not have, neither as they are nor as ``&#…;``.
    """
    wanted, found = _Tags(source), _Tags(target)
    spelt_out = (int(f"0{number.lower()}", 0 if number[0] in "xX" else 10) for number in REFERENCE.findall(target))
    characters = target + "".join(chr(number) for number in spelt_out if number <= sys.maxunicode)
    foreign = set(CONTROL.findall(characters)) - set(CONTROL.findall(source))
    if foreign:
        codes = ", ".join(sorted(f"U+{ord(character):04X}" for character in foreign))
        return gettext("There are control characters, or traces of a wrong encoding: %(codes)s.") % {"codes": codes}
    lost, added = (_shown(tags) for tags in (wanted.found - found.found, found.found - wanted.found))
    if lost and added:
        sentence = gettext("Tags of the German text were changed: %(lost)s is missing, %(added)s is too much.")
        return sentence % {"lost": lost, "added": added}
    if lost:
        return gettext("Tags of the German text are missing: %(lost)s.") % {"lost": lost}
    if added:
        return gettext("There are tags that the German text does not have: %(added)s.") % {"added": added}
    is_right = found.is_nested or not wanted.is_nested
    return "" if is_right else gettext("The tags are not closed in the order in which they were opened.")


def _shown(tags: Counter[tuple[str, tuple[tuple[str, str | None], ...]]]) -> str:
    shown = (" ".join([name, *(f'{key}="{value}"' for key, value in attributes)]) for name, attributes in tags)
    return ", ".join(f"<{tag}>" for tag in shown)[:300]

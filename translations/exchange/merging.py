"""What came back from translators against what is stored now: which words can be taken over, and why others cannot.

Nothing is decided silently: every entry of the file is in the report with its words in full, its verdict and a
sentence for the person who uploaded it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

from django.utils.translation import gettext, ngettext_lazy

from cms.localization import languages
from translations import checks
from translations.exchange.document import MACHINE, OUTDATED, TRANSLATED, BadFile, Document, Segment

PERSON = "person"
UNCHECKED = {MACHINE, OUTDATED}
"""States of words that the file itself calls doubtful ("fuzzy"): they are stored as a machine's."""

Identity = tuple[str, str, str]
Inspect = Callable[[Segment], Sequence[checks.Finding]]


class Verdict(StrEnum):
    """What is to happen with the words of an entry; only ``ACCEPTED`` and ``CONFIRMED`` change what is stored.

    The person who brought the file may decide about ``CONFLICT`` and ``ASKED`` when they have seen them.
    """

    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    UNKNOWN = "unknown"
    STALE = "stale"
    CONFLICT = "conflict"
    ASKED = "asked"
    KEPT = "kept"
    REFUSED = "refused"
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
    Verdict.ASKED: ngettext_lazy(
        "%(count)d translation was not stored: please look at it first.",
        "%(count)d translations were not stored: please look at them first.",
        "count",
    ),
    Verdict.KEPT: ngettext_lazy(
        "%(count)d unchecked translation was not stored: a person has translated the text.",
        "%(count)d unchecked translations were not stored: a person has translated the texts.",
        "count",
    ),
    Verdict.REFUSED: ngettext_lazy(
        "%(count)d translation could not be stored.", "%(count)d translations could not be stored.", "count"
    ),
    Verdict.DAMAGED: ngettext_lazy(
        "%(count)d translation has errors and was not stored.",
        "%(count)d translations have errors and were not stored.",
        "count",
    ),
    Verdict.DOUBLED: ngettext_lazy(
        "%(count)d entry contradicts another one.", "%(count)d entries contradict each other.", "count"
    ),
}


@dataclass(frozen=True, slots=True)
class CurrentSegment:
    """What is stored now. ``made_by`` is ``person``, ``machine`` or empty, ``changed_at`` when the target was;
    ``own_file``: whoever brings this file has brought these words by a file, too."""

    page: str
    context: str
    source: str
    target: str = ""
    made_by: str = ""
    changed_at: datetime | None = None
    own_file: bool = False


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


def compare(
    document: Document,
    current: Sequence[CurrentSegment],
    *,
    language: str,
    inspect: Inspect | None = None,
    seen: Mapping[Identity, str] | None = None,
) -> Report:
    """Judges every entry of ``document`` for the translation into ``language``. Raises ``BadFile`` for another one.

    What a person wrote since the file was taken away is kept; for a file that does not say when that was, whatever a
    person wrote. ``seen`` has the words that stood in the place of an entry when somebody looked at both and decided
    for the file: as long as they stand there, they are replaced, and doubts are settled. ``inspect`` checks an entry.
    """
    inspect = inspect or (lambda entry: checks.check(entry.source, entry.target, language))
    seen = seen or {}
    taken: set[Identity] = set()
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
        if entry.identity in taken:
            return Finding(
                entry, Verdict.UNCHANGED, gettext("The file has this translation twice; it counts once."), now
            )
        found = _against(entry, now, document.made_at, inspect, settled=seen.get(entry.identity) == now.target)
        if found.verdict in {Verdict.ACCEPTED, Verdict.CONFIRMED}:
            taken.add(entry.identity)
        return found

    return Report(language, tuple(judged(entry) for entry in document.segments))


def _against(
    entry: Segment, now: CurrentSegment, made_at: datetime | None, inspect: Inspect, *, settled: bool
) -> Finding:
    """The finding for words whose German is there as it was."""
    is_same = entry.target == now.target
    confirms = is_same and now.made_by == MACHINE and entry.state == TRANSLATED
    if is_same and not confirms:
        return Finding(entry, Verdict.UNCHANGED, gettext("The translation is as before."), now)
    of_person = bool(now.target) and now.made_by == PERSON
    if of_person and entry.state in UNCHECKED:
        sentence = gettext("The file marks these words as unchecked, and a person has written others: “%(words)s”.")
        return Finding(entry, Verdict.KEPT, sentence % {"words": now.target}, now)
    found = inspect(entry)
    faults = checks.errors(found)
    if faults:
        return Finding(entry, Verdict.DAMAGED, " ".join(dict.fromkeys(fault.message for fault in faults)), now)
    is_older = made_at is not None and now.changed_at is not None and now.changed_at <= made_at
    doubts = [finding.message for finding in found]
    if of_person and not is_older and not now.own_file and not settled:
        sentence = gettext(
            "Somebody has translated this meanwhile: “%(words)s”. Choose whether to overwrite it with the file."
        )
        return Finding(entry, Verdict.CONFLICT, " ".join([sentence % {"words": now.target}, *doubts]), now)
    if doubts and not settled:
        return Finding(entry, Verdict.ASKED, " ".join(dict.fromkeys(doubts)), now)
    if confirms:
        return Finding(entry, Verdict.CONFIRMED, gettext("The machine translation was checked."), now)
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

"""The rows of the workbench: what each sentence shows, and what was typed into it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

from translations import memory
from translations.models import TranslationStatus
from translations.segments import Place, Segment
from translations.workbench.changes import Earlier, earlier_sentences, marked, marked_text
from translations.workbench.codes import BadCodes, codes_in, from_codes, to_codes


@dataclass(frozen=True)
class OfferEntry:
    """What may be taken over from another page."""

    written: str
    percent: int


@dataclass
class TextEntry:
    """One sentence: German, what is stored for it, what was typed, and what is wrong with that."""

    segment: Segment
    written: str
    seen: str
    earlier: Earlier | None = None
    suggestions: list[OfferEntry] = field(default_factory=list)
    error: str = ""
    label: str = ""
    note: str = ""
    """Why a machine could not do it."""
    max_length: int | None = None
    checked: bool = False
    public: str | None = None
    """What visitors read here now, as codes; None where that is not known or there is nothing public."""
    writer: str = ""
    """Who has written what is stored."""
    questions: list[str] = field(default_factory=list)
    """What is asked about the words before they are stored."""
    asked: str = ""
    """What the form sends back when the questions were seen."""

    @property
    def name(self) -> str:
        """Name of the input: context and string, so that it survives any change of order."""
        return f"words-{self.segment.context_id}-{self.segment.string_id}"

    @property
    def german(self) -> str:
        return to_codes(self.segment.source)

    @property
    def codes(self) -> list[str]:
        return codes_in(self.german)

    @property
    def changes(self) -> SafeString | None:
        return marked(self.earlier.source, self.segment.source) if self.earlier else None

    @property
    def since_public(self) -> SafeString | None:
        """What is new against the public words and what has gone; None when they are the same."""
        if self.public is None or self.public == self.seen:
            return None
        return marked_text(self.public, self.seen)

    @property
    def state(self) -> str:
        """``error``, ``asked``, ``changed``, ``missing``, ``machine`` or ``done``."""
        if self.is_held:
            return "error" if self.error else "asked"
        if self.segment.is_missing:
            return "changed" if self.earlier else "missing"
        return "machine" if self.segment.is_by_machine else "done"

    @property
    def is_to_do(self) -> bool:
        return self.state != "done"

    @property
    def is_held(self) -> bool:
        """Whether what was typed is not stored: refused, or asked about."""
        return bool(self.error or self.questions)

    @property
    def rows(self) -> int:
        """Height of the input in lines."""
        return max(1, min(12, len(self.german) // 55 + self.german.count("\n") + 1))


def entries(segments: Sequence[Segment], row: TranslationStatus | None, language: str, model: Any) -> list[TextEntry]:
    """For each sentence once, however often the page repeats it."""
    earlier = earlier_sentences(row, segments)
    listed: dict[Place, TextEntry] = {}
    for segment in segments:
        if segment.place in listed:
            continue
        stored = to_codes(segment.target)
        listed[segment.place] = TextEntry(
            segment,
            written=stored,
            seen=stored,
            earlier=earlier.get(segment.place),
            error=segment.error,
            label=label(model, segment.path),
            max_length=max_length(model, segment.path),
        )
    missing = [entry for entry in listed.values() if entry.segment.is_missing]
    suggested = memory.suggestions([entry.segment for entry in missing], language)
    for entry in missing:
        offered = suggested.get(entry.segment.place, [])
        known = entry.earlier.target if entry.earlier else ""
        entry.suggestions = [
            OfferEntry(to_codes(offer.target), offer.percent) for offer in offered if offer.target != known
        ]
    return list(listed.values())


def field_of(model: Any, path: str) -> Any:
    """The model field in which the sentence of ``path`` stands, also that of a child row such as ``offers.<key>.what``.

    None for what is no longer there.
    """
    name, _point, rest = path.partition(".")
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    if field.one_to_many:
        return field_of(field.related_model, rest.partition(".")[2])
    return field


def label(model: Any, path: str) -> str:
    """Name of the field in which the sentence stands, as editors know it."""
    return str(getattr(field_of(model, path), "verbose_name", ""))


def max_length(model: Any, path: str) -> int | None:
    """How long the words may be, for a plain field of the page or of one of its rows."""
    found = field_of(model, path)
    if found is None or isinstance(found, StreamField):
        return None
    length: int | None = getattr(found, "max_length", None)
    return length


def read(listed: Sequence[TextEntry], posted: Mapping[str, str]) -> dict[Place, str]:
    """Takes over what was typed and returns the words to store; what cannot be stored gets an ``error``.

    Only what the person changed counts, so that what somebody else wrote meanwhile in another sentence stays.
    """
    words: dict[Place, str] = {}
    for entry in listed:
        if entry.name not in posted:
            continue
        typed = posted[entry.name].replace("\r\n", "\n").replace("\0", "").strip()
        seen = posted.get(f"seen-{entry.name}", "").replace("\r\n", "\n").strip()
        entry.checked = f"checked-{entry.name}" in posted
        if typed == seen and not (entry.checked and entry.segment.is_by_machine):
            continue
        entry.written, stored = typed, entry.seen.strip()
        if seen != stored and typed != stored:
            entry.error = _("Somebody else has written here meanwhile: “%(words)s”. Save again to replace it.") % {
                "words": stored
            }
            continue
        try:
            fragment = from_codes(typed, entry.segment.source) if typed else ""
        except BadCodes as error:
            entry.error = str(error)
            continue
        words[entry.segment.place] = fragment
    return words

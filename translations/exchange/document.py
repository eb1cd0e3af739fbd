"""What translators take away and bring back, whatever the format of the file: segments of pages in one language.

A segment is a short HTML fragment as wagtail-localize cuts it: inline tags without attributes other than the ``id``
of a link, everything else escaped (``Ab <b>10 Uhr</b>, <a id="a1">mehr dazu</a> &amp; so weiter.``).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Literal

from django.utils.translation import gettext

from cms.localization import languages

Format = Literal["po", "xliff-1.2", "xliff-2.0"]

STATES = NEW, MACHINE, OUTDATED, TRANSLATED = "", "machine", "outdated", "translated"
"""States: no words yet; words of a machine, to be checked; words for German that has changed; words of a person."""

MAX_BYTES = 5 * 1024 * 1024
MAX_SEGMENTS = 20_000
MAX_CHARACTERS = 100_000
"""Limits of a file, of its segments, and of the source or target of one segment."""

PAGE = re.compile(r"[A-Za-z0-9_-]+")
CONTEXT = re.compile(r"[^\s#]+")
UNSPEAKABLE = re.compile(r"[\x00\ud800-\udfff]")
"""Neither the database nor any of the formats holds these."""

INVALID = "\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff"
"""Characters that XML 1.0 does not allow (section 2.2); XLIFF carries them as codes."""

PIECES = re.compile(
    rf"(?P<tag></?(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^<>{INVALID}]{{0,400}}>)|(?P<character>&(?:amp|lt|gt);)"
    rf"|(?P<code>&#?\w{{1,40}};|[<>&])|(?P<invalid>[{INVALID}])|(?P<text>[^<>&{INVALID}]+)"
)
START = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)")
CHARACTERS = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
VOID = {"br", "wbr", "img"}
DEEPEST = 20
"""Tags inside of each other that count as pairs."""

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


class BadFile(Exception):
    """A file that cannot be read, or words that cannot be written; ``sentence`` tells a person why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Segment:
    """A fragment of a page with its translation.

    ``page`` is the page's translation key, ``context`` the content path (``body.<uuid>.value``); with ``source`` they
    are its identity. The same sentence may stand twice in one context: their order tells such doubles apart.
    An entry of a foreign file that says neither page nor source path has an empty ``page``.
    """

    page: str
    context: str
    source: str
    target: str = ""
    state: str = NEW

    @property
    def identity(self) -> tuple[str, str, str]:
        return self.page, self.context, self.source


@dataclass(frozen=True, slots=True)
class Document:
    """The segments of one file, of one page or of many.

    ``language`` is the code of the translation, empty when the file does not say; ``titles`` has the German title of
    each page; ``made_at`` is when the file was taken away, None when it does not say.
    """

    language: str
    segments: tuple[Segment, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    made_at: datetime | None = None


def bounded(segments: Iterable[Segment]) -> Iterator[Segment]:
    """The segments, as long as they keep within the limits; else raises ``BadFile``."""
    limited = iter(segments)
    for segment in islice(limited, MAX_SEGMENTS):
        if max(len(segment.source), len(segment.target)) > MAX_CHARACTERS:
            raise too_long()
        yield segment
    if next(limited, None) is not None:
        raise too_many()


def too_large() -> BadFile:
    values = {"megabytes": MAX_BYTES // 1024**2}
    return BadFile(gettext("The file is larger than %(megabytes)s MB. Please take fewer pages at a time.") % values)


def too_many() -> BadFile:
    values = {"count": MAX_SEGMENTS}
    return BadFile(gettext("The file has more than %(count)s texts. Please take fewer pages at a time.") % values)


def too_long() -> BadFile:
    return BadFile(gettext("A text in the file has more than %(count)s characters.") % {"count": MAX_CHARACTERS})


def our_language(tag: str) -> str:
    """Our code for a language as tools write it (``uk_UA.UTF-8``, ``de_Simple``); foreign ones in lower case."""
    code = re.split(r"[.@]", tag.strip(), maxsplit=1)[0].replace("_", "-").lower()
    primary = code.split("-")[0]
    return primary if code not in languages.BY_CODE and primary in languages.BY_CODE else code


def german_only(tag: str) -> None:
    """Raises ``BadFile`` when a file says that it translates from another language."""
    if tag.strip() and our_language(tag) != languages.SOURCE:
        values = {"language": tag.strip()[:40]}
        raise BadFile(gettext("The file translates from “%(language)s”, but our texts are in German.") % values)


def moment(text: str | None) -> datetime | None:
    """The point in time that a file names, None for anything else, also for a time without its zone."""
    try:
        named = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return named if named.tzinfo else None


def one_line(title: str) -> str:
    """A title as the formats carry it: single spaces, no control characters."""
    return " ".join(CONTROL.sub(" ", title).split())


def pieces(fragment: str) -> list[tuple[str, str, str]]:
    """The fragment cut into (kind, literal, tag name); joined again, the literals of all but texts are the fragment.

    Kinds: ``text`` (already the characters themselves), ``open`` and ``close`` of a pair, ``alone`` for any other
    markup, ``invalid`` for a character that XML does not allow.
    """
    cut: list[tuple[str, str, str]] = []
    unclosed: list[int] = []
    for found in PIECES.finditer(fragment):
        literal, name = found[0], (found["name"] or "entity").lower()
        is_end = bool(found["tag"]) and literal[1] == "/"
        if found["text"] or found["character"]:
            cut.append(("text", CHARACTERS.get(literal, literal), ""))
            continue
        opening = next((place for place in reversed(unclosed) if is_end and closing(cut[place][1]) == literal), None)
        if opening is not None:
            del unclosed[unclosed.index(opening) :]
            cut[opening] = ("open", *cut[opening][1:])
            cut.append(("close", literal, name))
            continue
        if found["tag"] and not is_end and name not in VOID and literal[-2] != "/" and len(unclosed) < DEEPEST:
            unclosed.append(len(cut))
        cut.append(("invalid" if found["invalid"] else "alone", literal, name))
    return cut


def closing(tag: str) -> str:
    """The end tag for a start tag, nothing for anything else."""
    name = START.match(tag)
    return f"</{name[1]}>" if name else ""

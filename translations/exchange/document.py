"""What translators take away and bring back, whatever the format of the file: segments of pages in one language.

A segment is a short HTML fragment as wagtail-localize cuts it: inline tags without attributes other than the ``id``
of a link, everything else escaped (``Ab <b>10 Uhr</b>, <a id="a1">mehr dazu</a> &amp; so weiter.``).
"""

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Literal

from django.utils.translation import gettext

from cms import languages

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


def read(content: bytes, *, filename: str = "") -> Document:
    """The document in the bytes of a file; ``filename`` is only ever shown, never opened. Raises ``BadFile``."""
    from translations.exchange import po, xliff  # they are made of the classes above

    if len(content) > MAX_BYTES:
        raise too_large()
    beginning = _beginning(content)
    if not beginning:
        raise BadFile(gettext("The file is empty."))
    if beginning.startswith("PK\x03\x04"):
        raise BadFile(gettext("The file is a ZIP archive. Please unpack it and upload the files inside one by one."))
    if re.match(r"<(!doctype\s+)?html\b", beginning, re.IGNORECASE):
        raise BadFile(gettext("The file is a web page, not a PO or XLIFF file."))
    if beginning.startswith("<"):
        document = xliff.read(content)
    elif po.PRESENT.search(content.replace(b"\0", b"")):
        document = po.read(content)
    else:
        name = " ".join(filename.split())[:100] or gettext("The file")
        raise BadFile(gettext("“%(name)s” is neither a PO nor an XLIFF file.") % {"name": name})
    if not document.segments:
        raise BadFile(gettext("There are no texts in the file."))
    return document


def write(document: Document, *, format: Format) -> bytes:
    """The bytes of a file, which ``read`` turns into an equal document.

    Segments without words come back with the state ``NEW``, titles with single spaces. Raises ``BadFile`` when the
    words are too many, or hold a character that no file can hold; ``ValueError`` for what is no segment at all.
    """
    from translations.exchange import po, xliff

    if not document.segments:
        raise BadFile(gettext("There is nothing to translate."))
    for segment in bounded(document.segments):
        if not (PAGE.fullmatch(segment.page) and CONTEXT.fullmatch(segment.context) and segment.source):
            raise ValueError(f"no segment of a page: {segment.page!r}, {segment.context!r}")
        if not segment.context.isprintable() or segment.state not in STATES:
            raise ValueError(f"no content path, or no state: {segment.context!r}, {segment.state!r}")
        if UNSPEAKABLE.search(segment.source + segment.target):
            values = {"page": document.titles.get(segment.page, segment.page)}
            raise BadFile(gettext("A text of “%(page)s” has a character that no file can hold.") % values)
    if format == "po":
        content = po.write(document)
    else:
        content = xliff.write(document, version="1.2" if format == "xliff-1.2" else "2.0")
    if len(content) > MAX_BYTES:
        raise too_large()
    return content


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


def _beginning(content: bytes) -> str:
    """The first characters of a file, roughly read: enough to tell what it is."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content[:400].decode("utf-16", errors="ignore").strip()
    return content[:400].removeprefix(codecs.BOM_UTF8).decode("latin-1").strip()

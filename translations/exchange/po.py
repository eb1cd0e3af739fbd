"""GNU gettext PO files (gettext manual, "The Format of PO Files"), written and read with ``polib``.

An entry is a segment: ``msgctxt`` is ``<page>:<context>``, with ``#2`` for the second of two equal ones, ``msgid``
the German fragment, ``msgstr`` the translation, "fuzzy" whatever is to be checked. ``#. page:`` names the page.

``polib`` opens a file when it is given a string that is the name of one, and reads lines as Python and not as gettext
splits them. So it never gets a string here, but lines, made whole and checked beforehand.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator

import polib
from django.utils.translation import gettext

from cms.localization import languages
from translations.exchange.document import (
    CONTEXT,
    MACHINE,
    MAX_CHARACTERS,
    MAX_SEGMENTS,
    NEW,
    OUTDATED,
    PAGE,
    TRANSLATED,
    BadFile,
    Document,
    Segment,
    bounded,
    german_only,
    moment,
    one_line,
    our_language,
    too_long,
    too_many,
)

PRESENT = re.compile(rb'(?:^|[\r\n]|\xef\xbb\xbf|\xff\xfe|\xfe\xff)[ \t]*(?:#~ *)?msg(?:id|ctxt)\s*"')
"""Found in the bytes of a PO file, also of one in UTF-16 when the zero bytes are left out."""

STRING = re.compile(
    r"(?P<old>#~\s*)?(?:(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s*)?"
    r'"(?P<text>[^"\\]*(?:\\.[^"\\]*)*)"',
    re.DOTALL,
)
COMMENT = re.compile(r"#\.\s*(page|state):\s*(.+)")
MSGCTXT = re.compile(rf"({PAGE.pattern}):({CONTEXT.pattern})(?:#\d+)?")
CHARSET = re.compile(rb"charset=([\w.:-]{1,40})", re.IGNORECASE)
EIGHT_BITS = re.compile(r"iso-?8859-\d{1,2}|latin-?1|windows-125\d|cp125\d|koi8-[ru]", re.IGNORECASE)
LONGEST_LINE = 2 * MAX_CHARACTERS + 100
"""Characters of a line: every one of a segment's may be escaped."""


class _Lines(list[str]):
    """The lines of a file in the shape in which ``polib`` takes the text of one; nobody can take it for a path."""

    def splitlines(self) -> list[str]:
        return self


def write(document: Document) -> bytes:
    """A PO file in UTF-8, each string on one line."""
    catalogue = polib.POFile(wrapwidth=0)  # polib wraps with textwrap, which changes white space
    catalogue.metadata = {
        "Project-Id-Version": "Miteinander",
        "Language": document.language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": languages.SOURCE,
    }
    if document.made_at:
        catalogue.metadata["X-Miteinander-Made-At"] = document.made_at.isoformat()
    seen: Counter[tuple[str, str, str]] = Counter()
    for segment in document.segments:
        seen[segment.identity] += 1
        double = f"#{seen[segment.identity]}" if seen[segment.identity] > 1 else ""
        title = one_line(document.titles.get(segment.page, ""))
        comments = [f"page: {title}"] if title else []
        if segment.target and segment.state == OUTDATED:
            comments.append(f"state: {OUTDATED}")
        catalogue.append(
            polib.POEntry(
                msgctxt=f"{segment.page}:{segment.context}{double}",
                msgid=segment.source,
                msgstr=segment.target,
                comment="\n".join(comments),
                flags=["fuzzy"] if segment.target and segment.state in {MACHINE, OUTDATED} else [],
            )
        )
    return str(catalogue).encode()


def read(content: bytes) -> Document:
    """The document in the bytes of a PO file. Raises ``BadFile``."""
    try:
        catalogue = polib.pofile(_Lines(_prepared(_decoded(content))), encoding="utf-8")
    except OSError as error:
        line = re.search(r"line (\d+)", str(error))
        raise _broken(int(line[1]) if line else 1) from error
    german_only(catalogue.metadata.get("X-Source-Language", ""))
    titles: dict[str, str] = {}
    segments = tuple(bounded(_segments(catalogue, titles)))
    if not any(segment.page for segment in segments):
        raise BadFile(gettext("The PO file has no texts of this website. It may belong to another project."))
    language = our_language(catalogue.metadata.get("Language", ""))
    return Document(language, segments, titles, moment(catalogue.metadata.get("X-Miteinander-Made-At")))


def _segments(catalogue: polib.POFile, titles: dict[str, str]) -> Iterator[Segment]:
    """A segment an entry. Entries put aside as obsolete count where no other has their place."""
    living = {(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.obsolete}
    for entry in catalogue:
        if not (entry.msgid or entry.msgctxt) or (entry.obsolete and (entry.msgctxt, entry.msgid) in living):
            continue
        comments = dict(line.split(": ", 1) for line in entry.comment.splitlines() if ": " in line)
        state = comments.get("state")
        target = entry.msgstr
        address = MSGCTXT.fullmatch(entry.msgctxt or "")
        if entry.msgid_plural or entry.msgstr_plural:
            # Our segments have no plural forms: not one of ours, but its words are kept.
            address, target = None, "\n".join(filter(None, entry.msgstr_plural.values()))
        if not target:
            state = NEW
        elif entry.obsolete or (entry.fuzzy and state == OUTDATED):
            state = OUTDATED
        else:
            state = MACHINE if entry.fuzzy else TRANSLATED
        if not address:
            yield Segment("", entry.msgctxt or "", entry.msgid, target, state)
            continue
        if "page" in comments:
            titles.setdefault(address[1], comments["page"])
        yield Segment(address[1], address[2], entry.msgid, target, state)


def _decoded(content: bytes) -> str:
    """The text: in UTF-16 if it is marked so, else in UTF-8 if it is that, else in what its header names."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        named = CHARSET.search(content)
        charset = named[1].decode("latin-1") if named else ""
        try:
            if marked or not EIGHT_BITS.fullmatch(charset):
                raise LookupError(charset)
            text = content.decode(charset)
        except (LookupError, UnicodeDecodeError):
            line = content.count(b"\n", 0, error.start) + 1
            sentence = gettext("The file is not in the encoding UTF-8 (line %(line)s). Please save it as UTF-8.")
            raise BadFile(sentence % {"line": line}) from error
    if "\0" in text:
        raise BadFile(gettext("There are zero bytes in the file: it is damaged, or no text file."))
    return text


def _prepared(text: str) -> list[str]:
    """As many lines as the file has, each string on the one where it begins, comments only if they tell us something.

    Raises ``BadFile`` naming the first line that is none of a PO file.
    """
    lines: list[str] = []
    strings: list[tuple[int, str, list[str]]] = []
    comments: set[str] = set()
    entries = 0
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text)):
        line = raw.strip()
        lines.append("")
        if len(line) > LONGEST_LINE:
            raise too_long()
        found = STRING.fullmatch(line)
        if found and found["keyword"]:
            entries += found["keyword"] == "msgid"
            strings.append((number, ("#~ " if found["old"] else "") + found["keyword"], [found["text"]]))
            comments.clear()
        elif found and strings:
            strings[-1][2].append(found["text"])
        elif line.startswith("#,") and line[2:].strip():
            lines[-1] = f"#, {line[2:].strip()}"
        elif (comment := COMMENT.fullmatch(line)) and comment[1] not in comments:
            # One of each an entry is enough, and keeps ``polib`` quick.
            comments.add(comment[1])
            lines[-1] = f"#. {comment[1]}: {comment[2]}"
        elif line and not line.startswith("#"):
            raise _broken(number + 1)
    if entries > MAX_SEGMENTS + 1:  # the header is an entry, too
        raise too_many()
    for number, keyword, parts in strings:
        lines[number] = f'{keyword} "{"".join(parts)}"'
    return lines


def _broken(line: int) -> BadFile:
    return BadFile(gettext("The PO file is broken at line %(line)s.") % {"line": line})

"""XLIFF 1.2 and 2.0 (OASIS), written as text and read with expat, which here refuses document types and entities.

A ``<file>`` is a run of segments of one page, a ``<trans-unit>`` or ``<unit>`` one segment. HTML tags are inline codes,
so that translation tools show them as tags: ``<g>`` and ``<x/>`` in 1.2, whose ``equiv-text`` is the tag, ``<pc>`` and
``<ph/>`` in 2.0, whose ``<originalData>`` it is. ``&amp;``, ``&lt;`` and ``&gt;`` are the characters they stand for.
"""

import re
from collections import Counter
from collections.abc import Iterator
from html import escape
from itertools import groupby, islice
from typing import Any, Literal
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from django.utils.translation import gettext

from cms.localization import languages
from translations.exchange import document as exchange
from translations.exchange.document import MACHINE, NEW, OUTDATED, TRANSLATED, BadFile, Document, Segment

NAMESPACE = "urn:oasis:names:tc:xliff:document:"
CHARACTER_CODE = re.compile(r"(?:x-cp-)?([0-9a-fA-F]{4})")
Codes = dict[tuple[str, str, int], int]  # numbers of inline codes by kind, tag, and the how many-th it is
PAIRED, ALONE = {"g", "pc"}, {"x", "bx", "ex", "ph", "sc", "ec", "it", "bpt", "ept"}
LONGEST_CODE, DEEPEST, MOST_ELEMENTS = 500, 100, 500_000
CTYPES = {"a": "link", "b": "bold", "i": "italic", "br": "lb"}
STATES = {NEW: "new", MACHINE: "needs-review-translation", OUTDATED: "needs-translation", TRANSLATED: "translated"}


def write(document: Document, *, version: Literal["1.2", "2.0"]) -> bytes:
    """An XLIFF file in UTF-8, without white space of its own inside of texts."""
    old = version == "1.2"
    made_at = document.made_at.isoformat() if document.made_at else ""
    pair = {"source-language": languages.SOURCE, "target-language": document.language}
    root = {"xmlns": NAMESPACE + version, "version": version}
    root |= {} if old else {"srcLang": languages.SOURCE, "trgLang": document.language}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<xliff{_attributes(root)}>"]
    for number, (page, segments) in enumerate(groupby(document.segments, key=lambda segment: segment.page), 1):
        said = {"title": exchange.one_line(document.titles.get(page, "")), "made-at": made_at}
        kind = "from" if old else "category"
        notes = [f"<note{_attributes({kind: about})}>{_text(text)}</note>" for about, text in said.items() if text]
        if old:
            file = {"original": page, **pair, "datatype": "html"}
            lines += [f"<file{_attributes(file)}>", "<header>", *notes, "</header>", "<body>"]
        else:
            file = {"id": f"f{number}", "original": page}
            lines += [f"<file{_attributes(file)}>", *(["<notes>", *notes, "</notes>"] if notes else [])]
        for index, segment in enumerate(segments, 1):
            lines += _unit_1(index, segment) if old else _unit_2(index, segment)
        lines += ["</body>", "</file>"] if old else ["</file>"]
    return "\n".join([*lines, "</xliff>", ""]).encode()


def _unit_1(index: int, segment: Segment) -> list[str]:
    codes: Codes = {}
    state = segment.state if segment.target else NEW
    unit = {"id": str(index), "resname": segment.context, "xml:space": "preserve"}
    target = {"state": STATES[state], "state-qualifier": "mt-suggestion" if state == MACHINE else ""}
    return [
        f"<trans-unit{_attributes(unit)}>",
        f"<source>{_coded(segment.source, codes, old=True)}</source>",
        f"<target{_attributes(target)}>{_coded(segment.target, codes, old=True)}</target>",
        "</trans-unit>",
    ]


def _unit_2(index: int, segment: Segment) -> list[str]:
    codes: Codes = {}
    unit = {"id": f"u{index}", "name": segment.context, "canResegment": "no", "xml:space": "preserve"}
    source, target = (_coded(fragment, codes, old=False) for fragment in (segment.source, segment.target))
    doubt = f"miteinander:{segment.state}" if segment.target and segment.state in {MACHINE, OUTDATED} else ""
    state = "translated" if segment.target and not doubt else "initial"
    data = []
    for (kind, tag, _), number in codes.items():
        data.append(f'<data id="d{number}">{_text(tag)}</data>')
        data += [f'<data id="e{number}">{_text(exchange.closing(tag))}</data>'] if kind == "open" else []
    return [
        f"<unit{_attributes(unit)}>",
        *(["<originalData>", *data, "</originalData>"] if data else []),
        f"<segment{_attributes({'state': state, 'subState': doubt})}>",
        f"<source>{source}</source>",
        *([f"<target>{target}</target>"] if segment.target else []),
        "</segment>",
        "</unit>",
    ]


def _coded(fragment: str, codes: Codes, *, old: bool) -> str:
    """Inline content for an HTML fragment; the n-th ``<b>`` of the target gets the number of the source's n-th."""
    seen: Counter[tuple[str, str]] = Counter()
    coded = []
    for kind, literal, name in exchange.pieces(fragment):
        if kind == "text":
            coded.append(_text(literal))
        elif kind == "close":
            coded.append("</g>" if old else "</pc>")
        elif kind == "invalid" and not old:
            coded.append(f'<cp hex="{ord(literal):04X}"/>')
        else:
            seen[kind, literal] += 1
            number = codes.setdefault((kind, literal, seen[kind, literal]), len(codes) + 1)
            if kind == "invalid":
                code = {"ctype": f"x-cp-{ord(literal):04x}"}
            elif old:
                code = {"ctype": CTYPES.get(name, f"x-html-{name}"), "clone": "no", "equiv-text": literal}
            else:
                data = {"dataRefEnd": f"e{number}", "dataRefStart": f"d{number}"}
                code = {"type": "link" if name == "a" else "other", "canCopy": "no", "canDelete": "no"}
                code |= data if kind == "open" else {"dataRef": f"d{number}"}
            element = ("g" if old else "pc") if kind == "open" else ("x" if old else "ph")
            coded.append(f"<{element}{_attributes({'id': str(number), **code})}{'' if kind == 'open' else '/'}>")
    return "".join(coded)


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\r", "&#13;")


def _attributes(attributes: dict[str, str]) -> str:
    white = str.maketrans({"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})
    return "".join(f' {name}="{escape(value).translate(white)}"' for name, value in attributes.items() if value)


def read(content: bytes) -> Document:
    """The document in the bytes of an XLIFF file. Raises ``BadFile``."""
    root = _tree(content)
    old = root.get("version", "").startswith("1.")
    if root.tag != "xliff" or not (old or root.get("version", "").startswith("2.")):
        raise BadFile(gettext("The file is XML, but not XLIFF 1.2 or 2.0."))
    files = root.findall("file")
    for element in (root, *files):
        exchange.german_only(element.get("srcLang") or element.get("source-language") or "")
    spoken = {exchange.our_language(file.get("target-language", "")) for file in files if old}
    if len(spoken) > 1:
        raise BadFile(gettext("The file has translations into several languages. Please upload one file a language."))
    units = ((file.get("original", ""), unit) for file in files for unit in file.iter("trans-unit" if old else "unit"))
    segments = tuple(exchange.bounded(_segment(page, unit) for page, unit in units))
    titles: dict[str, str] = {}
    made_at = None
    for file in files:
        notes = [*file.findall("header/note"), *file.findall("notes/note")]
        texts = {note.get("from") or note.get("category"): "".join(note.itertext()) for note in reversed(notes)}
        made_at = made_at or exchange.moment(texts.get("made-at"))
        if texts.get("title"):
            titles.setdefault(file.get("original", ""), texts["title"])
    language = spoken.pop() if spoken else exchange.our_language(root.get("trgLang", ""))
    return Document(language, segments, titles, made_at)


def _segment(page: str, unit: Element) -> Segment:
    """The segment in a unit; a tool may have split its text, and the least finished part says how finished it is."""
    fragments = _Fragments({data.get("id", ""): data.text or "" for data in unit.iterfind("originalData/data")})
    context = unit.get("resname") or unit.get("name") or unit.get("id") or ""
    parts = [part for part in unit if part.tag in {"segment", "ignorable"}] or [unit]
    source = "".join(fragments.html(part.find("source")) for part in parts)
    texts = [part for part in parts if part.tag != "ignorable"]
    if all(part.find("target") is None for part in texts):
        return Segment(page, context, source)
    words = (part.find("source" if part.tag == "ignorable" else "target") for part in parts)
    target = "".join(map(fragments.html, words))
    states = {_state(part) for part in texts} if target else {NEW}
    return Segment(page, context, source, target, next(s for s in (NEW, OUTDATED, MACHINE, TRANSLATED) if s in states))


def _state(part: Element) -> str:
    """Our state for a unit of 1.2 or a segment of 2.0. Words that came without anyone's doubts are taken as done."""
    words = part.find("target")
    if words is None:
        return MACHINE  # a part of the text that nobody has translated yet
    if part.get("approved") == "yes" or part.get("state") in {"translated", "reviewed", "final"}:
        return TRANSLATED
    doubt = part.get("subState") or words.get("state") or ""
    if doubt.startswith("needs-review") or doubt == "miteinander:machine":
        return MACHINE
    return OUTDATED if doubt.startswith("needs-") or doubt == "miteinander:outdated" else TRANSLATED


class _Fragments:
    """Reads the inline content of a unit, source before target: a code that lost its tag finds it by its number."""

    def __init__(self, originals: dict[str, str]) -> None:
        self.originals, self.known = originals, dict[str, str]()

    def html(self, content: Element | None) -> str:
        parts = [] if content is None else list(islice(self._inside(content), exchange.MAX_CHARACTERS))
        if len(parts) == exchange.MAX_CHARACTERS:  # codes may stand for far more than they take
            raise exchange.too_long()
        return "".join(parts)

    def _inside(self, element: Element) -> Iterator[str]:
        yield escape(element.text or "", quote=False)
        for child in element:
            yield from self._code(child)
            yield escape(child.tail or "", quote=False)

    def _code(self, code: Element) -> Iterator[str]:
        character = CHARACTER_CODE.fullmatch(code.get("hex") or code.get("ctype") or "")
        if character:
            yield escape(exchange.UNSPEAKABLE.sub("\ufffd", chr(int(character[1], 16))), quote=False)
        elif code.tag in ALONE:
            yield self._tag(code)
        elif code.tag == "mrk":
            yield from self._inside(code)
        elif not (code.tag in {"sm", "em"} and (code.get("id") or code.get("startRef"))):  # marks of a tool
            start = self._tag(code) if code.tag in PAIRED else f"<{code.tag}>"
            yield start
            yield from self._inside(code)
            yield exchange.closing(start)

    def _tag(self, code: Element) -> str:
        number = code.get("rid") or code.get("startRef") or code.get("id") or ""
        reference = code.get("dataRefStart") or code.get("dataRef") or ""
        tag = self.originals.get(reference) or code.get("equiv-text") or (code.text if code.tag in ALONE else "") or ""
        if code.tag in {"ex", "ec", "ept"}:
            return tag if tag.startswith("</") else exchange.closing(self.known.get(number, f"<{code.tag}>"))
        if not tag or len(tag) > LONGEST_CODE:
            return self.known.get(number, f"<{code.tag}>")
        self.known.setdefault(number, tag)
        return tag


def _tree(content: bytes) -> Element:
    """The elements of an XML file, those of XLIFF by their bare names. Raises ``BadFile``."""
    builder, parser = TreeBuilder(), expat.ParserCreate(namespace_separator=" ")
    opened: list[str] = []
    elements = 0

    def refuse(*_declared: Any) -> None:
        raise BadFile(gettext("The file declares a document type or entities, which an XLIFF file never needs."))

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal elements
        elements += 1
        uri, _, local = name.rpartition(" ")
        opened.append(local if not uri or uri.startswith(NAMESPACE) else f"{{{uri}}}{local}")
        if len(opened) > DEEPEST or elements > MOST_ELEMENTS:
            raise BadFile(gettext("The XML is nested too deeply, or has too many elements."))
        builder.start(opened[-1], attributes)

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.StartElementHandler, parser.CharacterDataHandler = start, builder.data
    parser.EndElementHandler = lambda _name: builder.end(opened.pop())
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        sentence = gettext("The XML is broken at line %(line)s. The file may be cut off or not be in UTF-8.")
        raise BadFile(sentence % {"line": parser.ErrorLineNumber}) from error
    return builder.close()

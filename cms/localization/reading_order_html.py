"""``reading_order`` for HTML that our templates have made: sets runs apart in text, never in tags or attributes.

It reads on over bold text and links, so that "<b>Verein</b> e.V." is one run. What has its own direction, such as
``<bdi dir="ltr">``, is apart already: the same again for what this has written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape

from cms.localization.reading_order import ARABIC_DIGIT, ATOM, in_text, runs, runs_to_the_right

TOKEN = re.compile(r"""<!--.*?-->|<(/?)([a-zA-Z][^\s/>]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""", re.DOTALL)
DIR = re.compile(r"""\sdir\s*=\s*["']?(ltr|rtl|auto)""")
PASSAGE = re.compile(r"""<[^>]*\sdir=["']?(?:rtl|auto)[^>]*>(?!<bdi>[^<]*</bdi></a>)[^<]*[\dA-Za-z<]""")
"""Something that runs from right to left in a document that does not, other than the names of languages to choose."""
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
WITHIN_A_LINE = frozenset("a abbr b cite em i mark q s small span strong sub sup u".split())
WITHOUT_PASSAGES = frozenset("script style textarea title svg math template iframe noscript".split())
Place = tuple[int, int]
"""A token of a line, and how many characters in."""


@dataclass
class Line:
    """Texts and inline tags that follow each other in one direction."""

    tokens: list[str] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    """Which of the tokens are texts."""

    def add_text(self, html: str) -> None:
        self.texts.append(len(self.tokens))
        self.tokens.append(html)

    @property
    def has_nothing_to_set_apart(self) -> bool:
        """Nearly always, and quick to see."""
        return not any(ATOM.search(self.tokens[place]) for place in self.texts)

    @property
    def text(self) -> str:
        return "".join(self.tokens[place] for place in self.texts)

    def set_apart(self) -> str:
        for place in self.texts:
            self.tokens[place] = unescape(self.tokens[place])
        put: dict[Place, str] = {}
        for start, stop in runs(self.text):
            parts = self._parts(start, stop)
            tag = "bdo" if ARABIC_DIGIT.search(self.text[start:stop]) else "bdi"
            for begin, end in self._elements(parts):
                put[begin] = put.get(begin, "") + f'<{tag} dir="ltr">'
                put[end] = put.get(end, "") + f"</{tag}>"
        return "".join(self._written(put))

    def _parts(self, start: int, stop: int) -> list[tuple[int, int, int]]:
        """The texts in which a run stands, each with the run's begin and end in it."""
        parts, offset = [], 0
        for place in self.texts:
            begin, end = max(start - offset, 0), min(stop - offset, len(self.tokens[place]))
            if begin < end:
                parts.append((place, begin, end))
            offset += len(self.tokens[place])
        return parts

    def _elements(self, parts: list[tuple[int, int, int]]) -> list[tuple[Place, Place]]:
        """Where the elements for a run begin and end: one, or several where tags stand across it."""
        (first, begin, _end), (last, _begin, end) = parts[0], parts[-1]
        closed, opened = self._open_ends(range(first, last))
        left, right = first - closed, last + opened
        before, after = range(left, first), range(last + 1, right + 1)
        starts_with_tags = not closed or (begin == 0 and left >= 0 and all(map(self._opens, before)))
        ends_with_tags = not opened or (
            end == len(self.tokens[last]) and right < len(self.tokens) and all(map(self._closes, after))
        )
        if starts_with_tags and ends_with_tags:
            start = (left, 0) if closed else (first, begin)
            return [(start, (right, len(self.tokens[right])) if opened else (last, end))]
        return [((place, begin), (place, end)) for place, begin, end in parts]

    def _opens(self, place: int) -> bool:
        return place not in self.texts and not self.tokens[place].startswith("</")

    def _closes(self, place: int) -> bool:
        return place not in self.texts and self.tokens[place].startswith("</")

    def _open_ends(self, places: range) -> tuple[int, int]:
        """How many tags close here what was opened before, and how many open what is closed after."""
        closed = opened = 0
        for place in places:
            if self._opens(place):
                opened += 1
            elif self._closes(place) and opened:
                opened -= 1
            elif self._closes(place):
                closed += 1
        return closed, opened

    def _written(self, put: dict[Place, str]) -> Iterator[str]:
        for place, token in enumerate(self.tokens):
            is_text, begin = place in self.texts, 0
            for end in sorted({0, len(token), *(at for there, at in put if there == place)}):
                piece = token[begin:end]
                yield escape(piece, quote=False) if is_text else piece
                yield put.get((place, end), "")
                begin = end


@dataclass
class Writer:
    """Goes through a document once; ``around`` are the open elements that matter, each with its direction."""

    direction: str
    written: list[str] = field(default_factory=list)
    around: list[tuple[str, str]] = field(default_factory=list)
    line: Line = field(default_factory=Line)

    @property
    def here(self) -> str:
        return self.around[-1][1] if self.around else self.direction

    def text(self, html: str) -> None:
        if not html:
            return
        if self.here in ("rtl", "auto"):
            self.line.add_text(html)
        elif self.here == "option":
            self.written.append(escape(in_text(unescape(html)), quote=False))
        else:
            self.written.append(html)

    def tag(self, html: str, name: str, closing: bool, attributes: str) -> None:
        own = DIR.search(attributes) if "dir" in attributes else None
        is_of_the_line = name in WITHIN_A_LINE and not own and self.here in ("rtl", "auto")
        if is_of_the_line and not self._closes_passage(name, closing):
            self.line.tokens.append(html)
            self._open_or_close(name, closing, self.here)
            return
        self.end_line()
        self.written.append(html)
        self._open_or_close(name, closing, self._direction(name, own[1] if own else ""))

    def _closes_passage(self, name: str, closing: bool) -> bool:
        return closing and bool(self.around) and self.around[-1][0] == name and self._outer() != self.here

    def _outer(self) -> str:
        return self.around[-2][1] if len(self.around) > 1 else self.direction

    def _open_or_close(self, name: str, closing: bool, direction: str) -> None:
        if not closing and name not in VOID:
            self.around.append((name, direction))
        elif closing and any(each == name for each, _direction in self.around):
            while self.around.pop()[0] != name:
                pass

    def _direction(self, name: str, own: str) -> str:
        if name in WITHOUT_PASSAGES or self.here == "none":
            return "none"
        if name == "option":
            return "option" if (own or self.here) == "rtl" else "none"
        return own or ("auto" if name == "bdi" else self.here)

    def end_line(self) -> None:
        if not self.line.tokens:
            return
        is_in_order = self.line.has_nothing_to_set_apart or (
            self.here == "auto" and not runs_to_the_right(unescape(self.line.text))
        )
        if is_in_order:
            self.written += self.line.tokens
        else:
            self.written.append(self.line.set_apart())
        self.line = Line()


def in_html(html: str, direction: str) -> str:
    """``html`` that stands in this direction ("ltr" or "rtl"), with each run in its right-to-left texts set apart."""
    if direction == "ltr" and not PASSAGE.search(html):
        return html
    writer, end = Writer(direction), 0
    for token in TOKEN.finditer(html):
        writer.text(html[end : token.start()])
        end = token.end()
        if token[2] is None:
            writer.end_line()
            writer.written.append(token[0])
        else:
            writer.tag(token[0], token[2].lower(), token[1] == "/", token[3])
    writer.text(html[end:])
    writer.end_line()
    return "".join(writer.written)

"""Pasted HTML as a row of parts: headings, paragraphs, items of lists, tables, pictures.

Knows how Word, LibreOffice, Google Docs, Outlook and Pages write these. Raises nothing, whatever it is given.
"""

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement
from bs4.exceptions import ParserRejectedMarkup

from cms.pasting import links
from cms.pasting.hidden import Hidden, style_of, take_away
from cms.pasting.lines import is_all_bold, paragraphs, read_plain, with_typed_lists
from cms.pasting.marks import HEADINGS, ListLevel, is_heading, is_mark, word_item
from cms.pasting.marks import is_bold as bold_in
from cms.pasting.parts import Heading, Item, Paragraph, Picture, Reading, Table
from cms.pasting.runs import BREAK, Run, Runs, text_of, tidy

BLOCKS = HEADINGS | {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section",
    "summary", "table", "ul",
}  # fmt: skip
PICTURES = {"img", "v:imagedata", "svg", "video", "audio", "object", "iframe", "embed", "canvas"}
DEEPEST = 150
SUPERSCRIPT = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


def read(html: str) -> Reading:
    try:
        soup = BeautifulSoup(html, "html.parser")
    except (ParserRejectedMarkup, AssertionError, RecursionError, ValueError):
        return read_plain(re.sub(r"<[^>]*>", " ", html))
    hidden = take_away(soup)
    walk = _Walk(hidden)
    walk.children(soup, "", False, 0)
    walk.flush()
    walk.reading.parts = [*with_typed_lists(walk.reading.parts)]
    return walk.reading


class _Walk:
    """Goes through the tree once; ``runs`` is the paragraph that is being read."""

    def __init__(self, hidden: Hidden, in_cell: bool = False) -> None:
        self.in_cell = in_cell
        self.reading = Reading(hidden=hidden)
        self.runs: Runs = []
        self.item: ListLevel | None = None
        self.last_item: ListLevel | None = None
        self.is_heading = False

    def children(self, tag: Tag, href: str, is_bold: bool, depth: int) -> None:
        if depth > DEEPEST:
            self.runs.append(Run(tag.get_text(" "), is_bold, href))
            return
        for child in list(tag.contents):
            self.node(child, href, is_bold, depth)

    def node(self, node: PageElement, href: str, is_bold: bool, depth: int) -> None:
        if isinstance(node, NavigableString):
            self.runs.append(Run(str(node), is_bold, href))
        elif isinstance(node, Tag):
            self.tag(node, href, bold_in(node, is_bold), depth + 1)

    def tag(self, tag: Tag, href: str, is_bold: bool, depth: int) -> None:
        if tag.name == "br":
            self.runs.append(BREAK)
        elif tag.name in PICTURES:
            self.picture(tag, href, is_bold, depth)
        elif tag.name == "a":
            self.link(tag, is_bold, depth)
        elif tag.name in {"sup", "sub"}:
            self.raised(tag, href, is_bold, depth)
        elif tag.name == "table":
            self.flush()
            self.table(tag, depth)
        elif tag.name in {"ul", "ol"}:
            self.list(tag, depth)
        elif tag.name in BLOCKS or is_heading(tag):
            self.block(tag, href, is_bold, depth)
        elif "mso-list:ignore" in style_of(tag):
            pass  # the sign or number before an item of Word
        else:
            self.children(tag, href, is_bold, depth)

    def block(self, tag: Tag, href: str, is_bold: bool, depth: int) -> None:
        before = self.item, self.is_heading
        self.flush()
        if is_heading(tag):
            self.is_heading, is_bold = True, False
            self.item = None
            for mark in tag.find_all(is_mark):  # the number of a heading is read with it
                mark["style"] = ""
        elif "mso-list:l" in style_of(tag) or (style_of(tag) and tag.find(is_mark) and tag.name == "p"):
            self.item = word_item(tag)
        self.children(tag, href, is_bold, depth)
        self.flush()
        self.item, self.is_heading = before

    def list(self, tag: Tag, depth: int) -> None:
        """Also ``<ul>`` right inside of ``<ul>``, and one list for each item, as Word online writes them."""
        outer = self.item
        self.flush()
        level = outer.level + 1 if outer else 0
        for child in list(tag.contents):
            if isinstance(child, Tag) and child.name == "li":
                told = str(child.get("aria-level") or child.get("data-aria-level") or "")
                own = int(told) - 1 if told.isascii() and told.isdigit() and 0 < int(told) < 10 else level
                self.item = ListLevel(max(own, level), tag.name == "ol")
                self.children(child, "", bold_in(child, False), depth)
                self.flush()
            elif isinstance(child, Tag) and child.name in {"ul", "ol"}:
                self.item = ListLevel(level, tag.name == "ol")
                self.list(child, depth + 1) if depth < DEEPEST else self.children(child, "", False, depth)
            else:
                self.item = outer
                self.node(child, "", False, depth)
        self.item = outer
        self.flush()

    def link(self, tag: Tag, is_bold: bool, depth: int) -> None:
        address = str(tag.get("href") or "")
        words = " ".join(tag.get_text(" ").split())
        if address.startswith("#") and re.fullmatch(r"\[?[0-9ivx*]{1,4}\]?", words):
            self.runs.append(Run(f" [{words.strip('[]')}] ", is_bold))  # a footnote and its mark
            return
        real = links.real(address)
        if address and not real and words and not address.startswith("#"):
            self.reading.dead_links.append(words)
        if real and links.real(words) not in {"", words}:  # the protected address is what is read, too
            self.runs.append(Run(real, is_bold, real))
            return
        self.children(tag, real, is_bold, depth)

    def raised(self, tag: Tag, href: str, is_bold: bool, depth: int) -> None:
        words = tag.get_text().strip()
        if tag.name == "sup" and re.fullmatch(r"[0-9+-]{1,3}", words) and tag.find("a") is None:
            self.runs.append(Run(words.translate(SUPERSCRIPT), is_bold, href))
        else:
            self.children(tag, href, is_bold, depth)

    def picture(self, tag: Tag, href: str, is_bold: bool, depth: int) -> None:
        alt = " ".join(str(tag.get("alt") or tag.get("title") or tag.get("o:title") or "").split())
        if 0 < len(alt) <= 4 and not re.search(r"\w", alt):
            self.runs.append(Run(alt, is_bold, href))  # an emoji that a mail program draws
            return
        source = str(tag.get("src") or tag.get("data") or "")
        name = "" if source.startswith(("data:", "blob:", "cid:")) else re.split(r"[/\\]", source)[-1]
        said = [each for each in (alt, re.split(r"[?#]", name)[0]) if each]
        self.reading.parts.append(Picture(" – ".join(said)[:120]))
        if tag.name in {"video", "audio", "object"}:
            self.children(tag, href, is_bold, depth)

    def table(self, tag: Tag, depth: int) -> None:
        rows, heads = [], []
        for row in _own(tag, "tr"):
            cells = [cell for cell in row.contents if isinstance(cell, Tag) and cell.name in {"td", "th"}]
            rows.append(cells)
            heads.append(bool(cells) and all(cell.name == "th" for cell in cells))
        if max((len(cells) for cells in rows), default=0) <= 1:  # made for looks, as mails are
            outer, self.item = self.item, None
            self.children(tag, "", False, depth)
            self.flush()
            self.item = outer
            return
        for caption in _own(tag, "caption"):
            self.block(caption, "", True, depth)
        read_rows = [[self.cell(cell, depth) for cell in cells] for cells in rows if cells]
        kept = [row for row in read_rows if any(text_of(cell) for cell in row)]
        in_head = bool(heads and heads[0]) or bool(tag.find("thead") and _own(tag, "tr")[0].parent.name == "thead")  # type: ignore[union-attr]
        if kept:
            bold_head = len(kept) > 2 and is_all_bold(kept[0]) and not any(is_all_bold(row) for row in kept[1:])
            many = len(kept[0]) > 2 or not all(is_all_bold(row[:1]) for row in kept[1:])
            self.reading.parts.append(Table(kept, in_head or (bold_head and many)))

    def cell(self, cell: Tag, depth: int) -> Runs:
        """All that stands in it as one text, whose paragraphs are lines; its pictures come before the table."""
        inner = _Walk(self.reading.hidden, in_cell=True)
        inner.children(cell, "", bold_in(cell, False) and cell.name != "th", depth)
        inner.flush()
        found: Runs = []
        for part in inner.reading.parts:
            if isinstance(part, Picture):
                self.reading.parts.append(part)
            elif isinstance(part, Table):
                for row in part.rows:
                    for each in row:
                        found += [*each, BREAK]
            else:
                found += [*part.runs, BREAK]
        self.reading.dead_links += inner.reading.dead_links
        return tidy(found)

    def flush(self) -> None:
        """The paragraph that was read until here is a part."""
        runs, self.runs = tidy(self.runs), []
        if not text_of(runs):
            return
        if self.item is not None:
            self.add_to_item(self.item, runs)
        elif self.is_heading:
            self.reading.parts.append(Heading(runs))
        else:
            self.reading.parts += [Paragraph(runs)] if self.in_cell else paragraphs(runs)

    def add_to_item(self, item: ListLevel, runs: Runs) -> None:
        """A second paragraph of an item is a line of it."""
        last = self.reading.parts[-1] if self.reading.parts else None
        if isinstance(last, Item) and self.last_item is item:
            last.runs = [*last.runs, BREAK, *runs]
        else:
            self.reading.parts.append(Item(runs, item.level, item.is_ordered))
        self.last_item = item


def _own(table: Tag, name: str) -> list[Tag]:
    """Rows of this table and not of one inside of it."""
    return [tag for tag in table.find_all(name) if tag.find_parent("table") is table]

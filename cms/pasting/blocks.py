"""What was read as blocks of a page, or as one rich text where there are no blocks, with what must be said about it."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from cms.pasting.hidden import CROSSED_OUT, DELETED
from cms.pasting.parts import Heading, Item, Paragraph, Part, Picture, Reading, Table
from cms.pasting.runs import BREAK, Run, Runs, rich, text_of, tidy

LONGEST_HEADING, LONGEST_LABEL, LONGEST_VALUE = 150, 120, 255
"""As ``cms.blocks`` has them."""
NAMED = 60
"""Letters of a passage that a sentence quotes."""

Block = dict[str, Any]


@dataclass(frozen=True)
class Pasted:
    """``findings`` are sentences for the person who pastes."""

    blocks: list[Block]
    findings: list[str]


def body(read: Reading) -> Pasted:
    """Blocks of a body as they are stored, without identifiers."""
    blocks = [*_blocks(read.parts)]
    return Pasted(blocks, findings(read))


def rich_text(read: Reading) -> str:
    """All of it for a field that knows paragraphs and lists only."""
    flat: list[Part] = []
    for part in read.parts:
        if isinstance(part, Heading):
            flat.append(Paragraph([Run(text_of(part.runs), True)]))
        elif isinstance(part, Table):
            flat += _items(part)
        else:
            flat.append(part)
    return _rich(flat)


def findings(read: Reading) -> list[str]:
    """Each says what is not as it stood, and what to do."""
    said = []
    if deleted := read.hidden.words.get(DELETED):
        said.append(
            _(
                "This text still has tracked changes: deleted words were left out (%(words)s), inserted ones taken. "
                "Please read it once more."
            )
            % {"words": _quoted(deleted)}
        )
    if crossed := read.hidden.words.get(CROSSED_OUT):
        said.append(
            _("Crossed-out words were left out: %(words)s. If they are meant to be read, please type them.")
            % {"words": _quoted(crossed)}
        )
    said += _about_pictures(read.parts)
    if read.dead_links:
        said.append(
            _("These words were linked to a place that visitors cannot reach, and have no link now: %(words)s")
            % {"words": _quoted(read.dead_links)}
        )
    long = [text_of(part.runs) for part in read.parts if isinstance(part, Heading) and _is_too_long(part)]
    if long:
        said.append(
            _("A heading has at most %(most)d letters. This one is longer and became a bold paragraph: %(words)s")
            % {"most": LONGEST_HEADING, "words": _quoted(long)}
        )
    return said


def _about_pictures(parts: list[Part]) -> Iterator[str]:
    number = 0
    before = ""
    for part in parts:
        if not isinstance(part, Picture):
            before = text_of(part.rows[-1][-1] if isinstance(part, Table) else part.runs) or before
            continue
        number += 1
        name = _("Picture %(number)d") % {"number": number} + (f" ({part.name})" if part.name else "")
        where = _("It stood after: %(words)s") % {"words": _quoted([before])} if before else ""
        sentence = _(
            "%(picture)s was not taken. Save it as a file, upload it under “Images” with its credit, "
            "and add a block “picture” here."
        )
        yield " ".join(each for each in (sentence % {"picture": name}, where) if each)


def _quoted(passages: list[str]) -> str:
    return ", ".join(f"„{text if len(text) <= NAMED else text[: NAMED - 1] + '…'}“" for text in passages)


def _is_too_long(heading: Heading) -> bool:
    return len(text_of(heading.runs)) > LONGEST_HEADING


def _blocks(parts: list[Part]) -> Iterator[Block]:
    running: list[Part] = []
    for part in parts:
        if isinstance(part, Picture):
            continue
        if isinstance(part, Heading) and _is_too_long(part):
            running.append(Paragraph([Run(text_of(part.runs), True)]))
        elif isinstance(part, Paragraph | Item):
            running.append(part)
        else:
            yield from _paragraph(running)
            running = []
            yield from [_heading(part)] if isinstance(part, Heading) else _table(part)
    yield from _paragraph(running)


def _heading(heading: Heading) -> Block:
    return {"type": "heading", "value": {"text": text_of(heading.runs)}}


def _paragraph(parts: list[Part]) -> Iterator[Block]:
    if parts:
        yield {"type": "paragraph", "value": _rich(parts)}


def _table(table: Table) -> Iterator[Block]:
    """A fact list, where its rows fit into one; else a list in which each row is an item, with all links."""
    facts = [(text_of(item.label), text_of(item.value)) for item in _rows(table)]
    fits = all(0 < len(label) <= LONGEST_LABEL and 0 < len(value) <= LONGEST_VALUE for label, value in facts)
    if facts and fits and not any(run.href for row in table.rows for cell in row for run in cell):
        items = [_fact(label, value) for label, value in facts]
        yield {"type": "facts", "value": {"heading": _heading_of(_names(table)), "items": items}}
    else:
        yield from _paragraph(_items(table))


def _fact(label: str, value: str) -> Block:
    return {"type": "item", "id": str(uuid.uuid4()), "value": {"label": label, "value": value}}


@dataclass
class _Row:
    label: Runs
    value: Runs


def _names(table: Table) -> list[str]:
    """Of the columns; none when there is no head, or one of which a word would be lost."""
    names = [text_of(cell) for cell in table.rows[0]] if table.has_head else []
    filled = {index for row in table.rows[1:] for index, cell in enumerate(row) if text_of(cell)}
    is_used = all(index in filled for index, name in enumerate(names) if name)
    return names if is_used and len(_heading_of(names)) <= LONGEST_HEADING else []


def _heading_of(names: list[str]) -> str:
    """Of two columns both names; of more, the first: every other value carries its own."""
    return " – ".join(filter(None, names if len(names) <= 2 else names[:1]))


def _rows(table: Table) -> Iterator[_Row]:
    names = _names(table)
    for row in table.rows[1 if names else 0 :]:
        value: Runs = []
        for column, cell in enumerate(row[1:], start=1):
            if not text_of(cell):
                continue
            name = names[column] if len(names) > 2 and column < len(names) else ""
            value += [Run("; ")] if value else []
            value += [Run(f"{name}: ")] if name else []
            value += _in_one_line(cell)
        yield _Row(_in_one_line(row[0]), value)


def _in_one_line(cell: Runs) -> Runs:
    return [Run(", ") if run is BREAK else run for run in cell]


def _items(table: Table) -> list[Part]:
    heading = _heading_of(_names(table))
    found: list[Part] = [Paragraph([Run(heading, True)])] if heading else []
    for row in _rows(table):
        label = [Run(run.text, True, run.href) for run in row.label]
        joint = [Run(": ", True)] if label and row.value else []
        found.append(Item(tidy([*label, *joint, *row.value]), 0, False))
    return found


def _rich(parts: list[Part]) -> str:
    """Paragraphs, and items that follow each other as one list."""
    html = ""
    for is_list, group in groupby(parts, lambda part: isinstance(part, Item)):
        if is_list:
            html += _list([part for part in group if isinstance(part, Item)])
        else:
            html += "".join(f"<p>{rich(part.runs)}</p>" for part in group if isinstance(part, Paragraph))
    return html


def _list(items: list[Item]) -> str:
    """Nested as far as the levels go up by one; a list of the other kind on the same level is another list."""
    html, open_lists = "", list[str]()
    for item in items:
        kind = "ol" if item.is_ordered else "ul"
        level = min(item.level, len(open_lists))
        while len(open_lists) > level + 1:
            html += f"</li></{open_lists.pop()}>"
        if len(open_lists) == level + 1 and open_lists[-1] != kind:
            html += f"</li></{open_lists.pop()}>"
            level = min(level, len(open_lists))
        if len(open_lists) == level:
            html += f"<{kind}>"
            open_lists.append(kind)
        else:
            html += "</li>"
        html += f"<li>{rich(item.runs)}"
    while open_lists:
        html += f"</li></{open_lists.pop()}>"
    return html

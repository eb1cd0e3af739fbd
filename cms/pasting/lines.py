"""What single lines of running text are: paragraphs, headings that are only bold, items that were typed with a sign."""

import re
from collections.abc import Iterator
from itertools import groupby

from cms.pasting.parts import Heading, Item, Paragraph, Part, Reading
from cms.pasting.runs import BREAK, Run, Runs, lines_of, text_of, tidy

LONGEST_HEADING_LINE = 120
TYPED_BULLET = re.compile(r"^[•·▪◦‣●]\s*")
TYPED_SIGN = re.compile(r"^([•·▪◦‣●]\s*|[-–]\s+)")


def read_plain(text: str) -> Reading:
    """Text without any form: an empty line ends a paragraph; lines that begin with a sign are items."""
    parts: list[Part] = []
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        runs = tidy([piece for line in paragraph.split("\n") for piece in (Run(line), BREAK)])
        if runs:
            parts.append(Paragraph(runs))
    return Reading([*with_typed_lists(parts)])


def paragraphs(runs: Runs) -> Iterator[Part]:
    """Two breaks part paragraphs; a short bold line that stands alone is a heading."""
    kept: Runs = []
    for line in lines_of(runs):
        if text_of(line) and not _is_heading_line(line):
            kept += [*line, BREAK]
            continue
        if tidied := tidy(kept):
            yield Paragraph(tidied)
        kept = []
        if text_of(line):
            yield Heading([Run(text_of(line))])
    if tidied := tidy(kept):
        yield Paragraph(tidied)


def _is_heading_line(line: Runs) -> bool:
    text = text_of(line)
    if not is_all_bold([line]) or len(text) > LONGEST_HEADING_LINE or any(run.href for run in line):
        return False
    return text[-1] not in ".,;…" and bool(re.search(r"\w", text))


def is_all_bold(cells: list[Runs]) -> bool:
    return bool(cells) and all(run.is_bold for cell in cells for run in cell if run.text.strip())


def with_typed_lists(parts: list[Part]) -> Iterator[Part]:
    """Lines that begin with a bullet are items, as are several in a row that begin with a dash."""
    for is_list, group in groupby(parts, _is_typed_list):
        listed = list(group)
        lines = [line for part in listed if isinstance(part, Paragraph) for line in lines_of(part.runs)]
        if is_list and (len(lines) > 1 or TYPED_BULLET.match(text_of(lines[0]))):
            for line in lines:
                first, *others = line
                rest = tidy([Run(TYPED_SIGN.sub("", first.text), first.is_bold, first.href), *others])
                if rest:
                    yield Item(rest, 0, False)
        else:
            yield from listed


def _is_typed_list(part: Part) -> bool:
    return isinstance(part, Paragraph) and all(line and TYPED_SIGN.match(line[0].text) for line in lines_of(part.runs))

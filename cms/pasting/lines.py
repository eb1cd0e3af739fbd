"""What single lines of running text are: paragraphs, headings that are only bold, items that were typed with a sign."""

import re
from collections.abc import Iterator
from itertools import groupby, zip_longest

from cms.pasting.parts import Heading, Item, Paragraph, Part, Reading
from cms.pasting.runs import BREAK, Run, Runs, lines_of, text_of, tidy

LONGEST_HEADING_LINE = 120
LONGEST_WRAPPED_LINE = 100
"""Programs that break lines do so earlier: a longer line is a paragraph of its own."""
SHORTEST_PARAGRAPH = 60
"""Below a heading: what is shorter may be a name and an office, line by line."""
HEADING_LINE = re.compile(r"[^\W\d_a-zäöüß].*[\w)“”\"]$", re.DOTALL)
"""Begins with a capital and ends without a full stop."""
TYPED_BULLET = re.compile(r"^[•·▪◦‣●]\s*")
TYPED_SIGN = re.compile(r"^([•·▪◦‣●]\s*|[-–]\s+)")


def read_plain(text: str) -> Reading:
    """Text without any form: an empty line ends a paragraph, and so does each line where lines are long.

    Lines that begin with a sign are items; a short one without a full stop above a paragraph or a list is its heading.
    """
    parts: list[Part] = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.split("\n")
        is_wrapped = max(map(len, lines)) <= LONGEST_WRAPPED_LINE
        for paragraph in [lines] if is_wrapped else [[line] for line in lines]:
            if runs := tidy([piece for line in paragraph for piece in (Run(line), BREAK)]):
                parts.append(Paragraph(runs))
    return Reading([*with_plain_headings([*with_typed_lists(parts)])])


def with_plain_headings(parts: list[Part]) -> Iterator[Part]:
    for part, following in zip_longest(parts, parts[1:]):
        is_above = isinstance(following, Item) or (
            isinstance(following, Paragraph) and _reads_as_sentence(text_of(following.runs))
        )
        if isinstance(part, Paragraph) and is_above and _may_be_heading(text_of(part.runs), len(lines_of(part.runs))):
            yield Heading(part.runs)
        else:
            yield part


def _may_be_heading(text: str, lines: int) -> bool:
    return lines == 1 and len(text) <= LONGEST_HEADING_LINE and bool(HEADING_LINE.match(text))


def _reads_as_sentence(text: str) -> bool:
    return len(text) > SHORTEST_PARAGRAPH and text[-1] in '.!?“”")'


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

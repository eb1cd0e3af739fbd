"""From the bytes of a CSV, XLSX or ODS file to rows of text. What is no spreadsheet is said in a sentence.

Nothing in a file is carried out: of formulas the value is read that the program kept beside them, macros are ignored.
A file that may be read in several ways (encodings of a CSV file, sheets of a workbook) gives several readings.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from cms.localization.clean_text import clean
from directory.spreadsheet import arranging, encodings, workbooks
from directory.spreadsheet.limits import (
    MAX_BYTES,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_LINES,
    MAX_ROWS,
    UNREADABLE,
    BadSpreadsheet,
    not_a_spreadsheet,
)

DELIMITERS = ";,\t"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
"""OLE: a workbook of Excel 2003, or one behind a password."""
ESCAPED = re.compile("^'+[=+\\-@\t\r＝＋－＠]")
OTHER_FORMATS = re.compile(r"\s*(<[!?a-z]|%PDF-|\{\\rtf|\{\s*\")", re.IGNORECASE)
MAX_SHEETS = 10


@dataclass(frozen=True)
class SheetRow:
    """One row that holds something; ``number`` is the one that spreadsheet programs show."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Reading:
    """One way to read a file: ``name`` is an encoding or a sheet."""

    name: str
    rows: list[SheetRow]
    is_sheet: bool = False


def read(content: bytes) -> list[SheetRow]:
    """The rows of the likeliest reading. Raises BadSpreadsheet, nothing else."""
    return readings(content)[0].rows


def readings(content: bytes) -> list[Reading]:
    """The ways in which the file may be read, the likeliest first; one where there is no doubt.

    All rows of a reading are of one length, empty ones are left out. Raises BadSpreadsheet, nothing else.
    """
    if len(content) > MAX_BYTES:
        raise BadSpreadsheet(
            _("The file is larger than %(megabytes)s MB. A list of organisations is smaller.")
            % {"megabytes": MAX_BYTES // (1024 * 1024)}
        )
    if content.startswith(OLD_EXCEL):
        raise BadSpreadsheet(
            _("This workbook is of an old format or has a password. Please save it as “Excel workbook (XLSX)” without.")
        )
    if content.startswith(workbooks.ZIP):
        return _of_sheets(workbooks.sheets(content))
    return _of_encodings(encodings.decode(content))


def _of_sheets(sheets: list[workbooks.Sheet]) -> list[Reading]:
    """The sheets that name organisations; where none does, the first that holds something."""
    filled = [sheet for sheet in sheets if any(_cell(value) for line in sheet.lines[:MAX_ROWS] for value in line)]
    if not filled:
        raise _empty()
    if len(filled) > 1:
        naming = [sheet for sheet in filled if _names_organisations(sheet)]
        filled = naming[:MAX_SHEETS] or filled[:1]
    return [Reading(sheet.name, _table(sheet.lines), is_sheet=True) for sheet in filled]


def _names_organisations(sheet: workbooks.Sheet) -> bool:
    filled = islice(filter(any, sheet.lines), arranging.MOST_ROWS_ABOVE + 1)
    return any(arranging.known_in([_cell(value) for value in line]) for line in filled)


def _of_encodings(decoded: list[encodings.Decoded]) -> list[Reading]:
    """Readings that give other cells; one that gives no table is none, unless all are so."""
    found: list[Reading] = []
    fault: BadSpreadsheet = not_a_spreadsheet()
    for each in decoded:
        if OTHER_FORMATS.match(each.text):
            continue
        try:
            rows = _table(_csv(each.text))
        except BadSpreadsheet as error:
            fault = error
            continue
        if all(rows != other.rows for other in found):
            found.append(Reading(each.encoding, rows))
    if not found:
        raise fault
    return found


def _table(lines: Iterable[Iterable[Any]]) -> list[SheetRow]:
    rows = []
    for number, line in enumerate(lines, start=1):
        cells = [_cell(value) for value in line]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise BadSpreadsheet(
                _("Row %(row)s has more than %(count)s columns.") % {"row": number, "count": MAX_COLUMNS}
            )
        if cells:
            rows.append(SheetRow(number, cells))
        if len(rows) > MAX_ROWS:
            raise BadSpreadsheet(
                _("The file has more than %(count)s rows. Please split it into several files.") % {"count": MAX_ROWS}
            )
    if not rows:
        raise _empty()
    rows = rows[arranging.begin_of([row.cells for row in rows]) :]
    width = max(len(row.cells) for row in rows)
    lines = arranging.arranged([row.cells + [""] * (width - len(row.cells)) for row in rows])
    return [SheetRow(row.number, cells) for row, cells in zip(rows, lines, strict=True)]


def _cell(value: Any) -> str:
    """What a person sees in the cell, as text."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    text = text[1:] if ESCAPED.match(text) else text
    if len(text) > MAX_CELL or UNREADABLE.search(text):
        raise BadSpreadsheet(
            _("A cell is too long or has characters that no text has: “%(text)s …”") % {"text": _quoted(text)}
        )
    return clean(text).strip()


def _quoted(text: str) -> str:
    return UNREADABLE.sub("?", text[:40])


def _csv(text: str) -> Iterable[list[str]]:
    told = re.match(r"\ufeff?sep=([;,\t])\r?\n", text)
    delimiter = told[1] if told else _delimiter(text)
    text = text[told.end() :] if told else text
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from islice(reader, MAX_LINES)
    except csv.Error as error:
        raise BadSpreadsheet(
            _("Line %(line)s cannot be read. A quotation mark may be missing there, or one too many.")
            % {"line": reader.line_num}
        ) from error


def _delimiter(text: str) -> str:
    """The sign that divides the headings, or else the first line that has one; quoted passages do not count."""
    lines = list(islice(filter(str.strip, re.sub(r'"[^"]*"', "", text).splitlines()), arranging.MOST_ROWS_ABOVE + 1))
    first = next((line for line in lines if any(sign in line for sign in DELIMITERS)), "")

    def likely(sign: str) -> tuple[int, int]:
        return max((arranging.known_in(line.split(sign)) for line in lines), default=0), first.count(sign)

    return max(DELIMITERS, key=likely)


def _empty() -> BadSpreadsheet:
    return BadSpreadsheet(_("The file is empty."))

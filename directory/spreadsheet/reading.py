"""From the bytes of a CSV or XLSX file to rows of text. What is no spreadsheet is said in a sentence.

Nothing in a file is carried out: of formulas the value is read that the program kept beside them, macros are ignored.
"""

import csv
import datetime as dt
import io
import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from cms.localization.clean_text import clean

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 25 * 1024 * 1024
MAX_PARTS = 500
MAX_ROWS = 1000
MAX_COLUMNS = 60
MAX_CELL = 5000
DELIMITERS = ";,\t"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
"""OLE: a workbook of Excel 2003, or one behind a password."""
ESCAPED = re.compile("^'+[=+\\-@\t\r＝＋－＠]")
OTHER_FORMATS = re.compile(r"\s*(<[!?a-z]|%PDF-|\{\\rtf|\{\s*\")", re.IGNORECASE)
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


class BadSpreadsheet(Exception):
    """Says in a sentence why a file cannot be read, and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Row:
    """One row that holds something; ``number`` is the one that spreadsheet programs show."""

    number: int
    cells: list[str]


def read(content: bytes) -> list[Row]:
    """The rows of the first sheet, all of the same length, empty ones left out. Raises BadSpreadsheet, nothing else."""
    if len(content) > MAX_BYTES:
        raise BadSpreadsheet(
            _("The file is larger than %(megabytes)s MB. A list of organisations is smaller.")
            % {"megabytes": MAX_BYTES // (1024 * 1024)}
        )
    if content.startswith(OLD_EXCEL):
        raise BadSpreadsheet(
            _("This workbook is of an old format or has a password. Please save it as “Excel workbook (XLSX)” without.")
        )
    lines = _workbook(content) if content.startswith(b"PK\x03\x04") else _csv(_text(content))
    return _table(lines)


def _table(lines: Iterable[Iterable[Any]]) -> list[Row]:
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
            rows.append(Row(number, cells))
        if len(rows) > MAX_ROWS:
            raise BadSpreadsheet(
                _("The file has more than %(count)s rows. Please split it into several files.") % {"count": MAX_ROWS}
            )
    if not rows:
        raise BadSpreadsheet(_("The file is empty."))
    width = max(len(row.cells) for row in rows)
    return [Row(row.number, row.cells + [""] * (width - len(row.cells))) for row in rows]


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


# CSV


def _text(content: bytes) -> str:
    """Decodes what Excel, LibreOffice and databases write: UTF-8, UTF-16 with its mark, else Windows-1252."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    candidates = ["utf-16"] if marked else ["utf-8-sig", "cp1252"]
    for encoding in candidates:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not UNREADABLE.search(text) and not OTHER_FORMATS.match(text):
            return text
    raise _not_a_spreadsheet()


def _csv(text: str) -> Iterable[list[str]]:
    told = re.match(r"\ufeff?sep=([;,\t])\r?\n", text)
    delimiter = told[1] if told else _delimiter(text)
    text = text[told.end() :] if told else text
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from islice(reader, MAX_ROWS * 10)
    except csv.Error as error:
        raise BadSpreadsheet(
            _("Line %(line)s cannot be read. A quotation mark may be missing there, or one too many.")
            % {"line": reader.line_num}
        ) from error


def _delimiter(text: str) -> str:
    """The sign that divides the first line; quoted passages do not count."""
    first = next((line for line in re.sub(r'"[^"]*"', "", text).splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)


# XLSX


def _workbook(content: bytes) -> list[tuple[Any, ...]]:
    """Rows of the first sheet; what the archive would unpack to is counted before anything is unpacked."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
    except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise _damaged() from error
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
        raise BadSpreadsheet(_("The workbook is larger inside than a list of organisations can be."))
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise _not_a_spreadsheet()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl leaves out: nothing of it is wanted
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            if not book.worksheets:
                raise _damaged()
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_row=MAX_ROWS * 10, max_col=MAX_COLUMNS + 1, values_only=True)
            return list(rows)
    except BadSpreadsheet:
        raise
    except Exception as error:
        # openpyxl lets through whatever its parsers meet in a damaged or hostile file.
        raise _damaged() from error


def _not_a_spreadsheet() -> BadSpreadsheet:
    return BadSpreadsheet(_("This is not a spreadsheet. Please save the list as CSV or XLSX and choose that file."))


def _damaged() -> BadSpreadsheet:
    return BadSpreadsheet(
        _("The workbook is damaged or not an XLSX file. Please open it in a spreadsheet program and save it again.")
    )

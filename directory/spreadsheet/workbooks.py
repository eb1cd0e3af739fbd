"""The visible sheets of a workbook of Excel (XLSX) or LibreOffice (ODS) as lines of values.

What the archive would unpack to is counted before anything is unpacked, and XML that defines entities is refused.
"""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook

from directory.spreadsheet.limits import (
    MAX_COLUMNS,
    MAX_LINES,
    MAX_PARTS,
    MAX_UNPACKED,
    BadSpreadsheet,
    damaged,
    not_a_spreadsheet,
    too_large_inside,
)

ODS = b"application/vnd.oasis.opendocument.spreadsheet"
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Sheet:
    name: str
    lines: list[list[Any]]


def sheets(content: bytes) -> list[Sheet]:
    """All sheets that a person sees when the file is open. Raises BadSpreadsheet, nothing else."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise too_large_inside()
            if "[Content_Types].xml" in names:
                return _of_excel(content)
            if "content.xml" in names and "mimetype" in names and archive.read("mimetype").strip().startswith(ODS):
                return list(_of_libreoffice(archive.read("content.xml")))
    except BadSpreadsheet:
        raise
    except BadZipFile as error:
        raise damaged() from error
    except Exception as error:
        # The parsers let through whatever they meet in a damaged or hostile file.
        raise damaged() from error
    raise not_a_spreadsheet()


def _of_excel(content: bytes) -> list[Sheet]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl leaves out: nothing of it is wanted
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        if not book.worksheets:
            raise damaged()
        found = []
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_row=MAX_LINES, max_col=MAX_COLUMNS + 1, values_only=True)
            found.append(Sheet(sheet.title, [list(row) for row in rows]))
        return found


OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
GROUPS = {f"{TABLE}{name}" for name in ("table-row-group", "table-rows", "table-header-rows")}
CELLS = {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}


def _of_libreoffice(content: bytes) -> Iterator[Sheet]:
    root = fromstring(content, forbid_dtd=True)
    book = root.find(f"{OFFICE}body/{OFFICE}spreadsheet")
    if book is None:
        raise damaged()
    hidden = {
        style.get(f"{STYLE}name")
        for style in root.iter(f"{STYLE}style")
        for properties in style.iter(f"{STYLE}table-properties")
        if properties.get(f"{TABLE}display") == "false"
    }
    for table in book.findall(f"{TABLE}table"):
        if table.get(f"{TABLE}style-name") not in hidden:
            yield Sheet(table.get(f"{TABLE}name", ""), list(_lines(table)))


def _lines(table: Element) -> Iterator[list[str]]:
    """Rows that are only repeated to the end of the sheet are empty, and so are left out with what follows."""
    count = 0
    for row in _rows(table):
        cells = _cells(row)
        times = _repeated(row, "number-rows-repeated")
        for _time in range(min(times, MAX_LINES - count)):
            yield list(cells)
        count += times
        if count >= MAX_LINES:
            return


def _rows(holder: Element) -> Iterator[Element]:
    for child in holder:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in GROUPS:
            yield from _rows(child)


def _cells(row: Element) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if cell.tag in CELLS and len(cells) <= MAX_COLUMNS:
            text = "\n".join(_text(part) for part in cell if part.tag == f"{TEXT}p")
            room = MAX_COLUMNS + 1 - len(cells)
            cells += [text] * min(_repeated(cell, "number-columns-repeated"), room)
    return cells


def _repeated(element: Element, name: str) -> int:
    return max(1, int(element.get(f"{TABLE}{name}", "1")))


def _text(part: Element) -> str:
    """What a person reads in a paragraph of a cell; spaces, tabs and breaks are elements there, remarks are no text."""
    if part.tag == f"{OFFICE}annotation":
        return ""
    found = part.text or ""
    if part.tag == f"{TEXT}s":
        found = " " * min(int(part.get(f"{TEXT}c", "1")), 100)
    elif part.tag == f"{TEXT}tab":
        found = "\t"
    elif part.tag == f"{TEXT}line-break":
        found = "\n"
    return found + "".join(_text(child) + (child.tail or "") for child in part)

"""Lists out: CSV and XLSX of the same columns as go in, harmless to whoever opens them, and the template to fill in."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from directory.profiles.directory_page import DirectoryPage
from directory.profiles.organisation import OrganisationPage
from directory.records.record import OrganisationRecord
from directory.spreadsheet.columns import COLUMNS
from directory.spreadsheet.limits import UNREADABLE
from directory.spreadsheet.reading import ESCAPED
from directory.spreadsheet.values import Kind
from directory.spreadsheet.vocabulary import Vocabulary

Table = Sequence[Sequence[str]]

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = {"offers": 60, "opening_hours": 40, "short_description": 50, "title": 40}


def headings() -> list[str]:
    """Names of the columns in the active language."""
    return [_capital(str(column.label)) for column in COLUMNS]


def numbered(count: int) -> list[str]:
    """Names for the columns of a file that has none."""
    return [_("Column %(number)s") % {"number": number} for number in range(1, count + 1)]


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def organisations(directory: DirectoryPage) -> Table:
    """All organisations of a directory, drafts too, by name; as many queries for one as for hundreds."""
    vocabulary = Vocabulary(directory.get_site())
    pages = OrganisationPage.objects.sources().child_of(directory).select_related("district", "record")
    rows = [headings()]
    for page in pages.prefetch_related("topics", "languages_spoken", "opening_hours", "offers").order_by("title", "pk"):
        record = getattr(page, "record", None) or OrganisationRecord(contact_language="")
        holders = ((column, record if column.on_record else page) for column in COLUMNS)
        rows.append([column.kind.write(column.of(holder), vocabulary) for column, holder in holders])
    return rows


def template(directory: DirectoryPage) -> Table:
    """Headings and one row that shows how it is meant."""
    vocabulary = Vocabulary(directory.get_site())
    return [headings(), [str(column.example or _first_of(column.kind, vocabulary)) for column in COLUMNS]]


def _first_of(kind: Kind, vocabulary: Vocabulary) -> str:
    return ", ".join(kind.names(vocabulary)[: kind.at_once]) if kind.names else ""


def allowed(directory: DirectoryPage) -> Table:
    """The values that the columns with a choice know, below the name of each."""
    vocabulary = Vocabulary(directory.get_site())
    columns = [[_capital(str(column.label)), *column.kind.names(vocabulary)] for column in COLUMNS if column.kind.names]
    height = max(map(len, columns))
    return list(zip(*(column + [""] * (height - len(column)) for column in columns), strict=True))


def as_csv(table: Table) -> bytes:
    """With semicolons and the mark of UTF-8, as Excel wants it in Germany; no cell is taken for a formula."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerows([map(harmless, row) for row in table])
    return buffer.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """With an apostrophe before what a spreadsheet program would carry out; ``reading`` takes it away again."""
    text = UNREADABLE.sub("", text)
    return f"'{text}" if ESCAPED.match(f"'{text}") else text


def as_xlsx(table: Table, *, choices: Table = ()) -> bytes:
    """A workbook whose cells are all text; ``choices`` become a second sheet."""
    book = Workbook(write_only=False)
    sheet = book.active
    sheet.title = _("Organisations")
    _fill(sheet, table)
    for number, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(column.key, 22)
    if choices:
        _fill(book.create_sheet(_("Allowed values")), choices)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(sheet: Any, table: Table) -> None:
    for row_number, row in enumerate(table, start=1):
        for column_number, text in enumerate(row, start=1):
            if text or row_number == 1:
                _write(sheet.cell(row_number, column_number), text, is_heading=row_number == 1)
    sheet.freeze_panes = "A2"


def _write(cell: Cell, text: str, *, is_heading: bool) -> None:
    text = UNREADABLE.sub("", text)
    cell.value = f"'{text}" if ESCAPED.match(text) else text
    cell.data_type = "s"  # never a formula
    cell.number_format = "@"  # a postal code keeps its zero when somebody edits it
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if is_heading:
        cell.font = Font(bold=True)

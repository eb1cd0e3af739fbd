"""How large a list may be, and the error that says in a sentence why a file cannot be read."""

import re

from django.utils.translation import gettext as _

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 25 * 1024 * 1024
MAX_PARTS = 500
MAX_ROWS = 1000
MAX_COLUMNS = 60
MAX_CELL = 5000
MAX_LINES = MAX_ROWS * 10
"""Lines that are looked at, with the empty ones."""
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


class BadSpreadsheet(Exception):
    """Says in a sentence why a file cannot be read, and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def not_a_spreadsheet() -> BadSpreadsheet:
    return BadSpreadsheet(_("This is not a spreadsheet. Please save the list as CSV or XLSX and choose that file."))


def damaged() -> BadSpreadsheet:
    return BadSpreadsheet(
        _("The workbook is damaged or not an XLSX file. Please open it in a spreadsheet program and save it again.")
    )


def too_large_inside() -> BadSpreadsheet:
    return BadSpreadsheet(_("The workbook is larger inside than a list of organisations can be."))

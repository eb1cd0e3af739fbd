"""Tables that a spreadsheet opens as they are meant: with semicolons and the mark of UTF-8, and never a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from cms.localization.clean_text import clean

FORMULA = re.compile(r"'*[=+\-@\t\r|%＝＋－＠]")
"""What a spreadsheet program would carry out (OWASP, CSV injection), and what an apostrophe has disarmed."""
NUMBER = re.compile(r"-?\d+(\.\d+)?")
CSV = "text/csv"


def harmless(text: str) -> str:
    text = clean(text)
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")

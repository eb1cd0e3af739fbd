"""The words that begin a press release: „Hagen, 8. Dezember 2023 – …“, or only its place, or only its day."""

import datetime as dt
import re
from dataclasses import dataclass

from babel.dates import get_month_names

from cms.localization import accepted_dates

MONTHS = {
    name.rstrip(".").casefold(): number
    for width in ("wide", "abbreviated")
    for number, name in get_month_names(width, locale="de").items()
} | {str(number): number for number in range(1, 13)}
DAY = r"(?P<day>\d{1,2})\.\s*(?P<month>\d{1,2}\.|[A-Za-zä]+\.?)\s*(?P<year>\d{4})"
NAME = r"(?P<place>[A-ZÄÖÜ][\w.-]+(?: [A-ZÄÖÜ(][\w.)-]+){0,2})"
BEGINNING = re.compile(rf"^(?:{NAME}(?:,\s*(?:den\s+)?|\s*\(|\s+))?(?:{DAY}\)?)?\s*[–—-]\s+(?=\S)")


@dataclass(frozen=True)
class Dateline:
    place: str
    date: dt.date | None
    rest: str


def split(text: str) -> Dateline:
    """What begins ``text``; all of it as the rest where it begins with neither, or with a day that there is not."""
    found = BEGINNING.match(text)
    if found is None or not (found["place"] or found["day"]):
        return Dateline("", None, text)
    date = None
    if found["day"]:
        date = _date(found["day"], found["month"], found["year"])
        if date is None:
            return Dateline("", None, text)
    return Dateline(found["place"] or "", date, text[found.end() :])


def _date(day: str, month: str, year: str) -> dt.date | None:
    number = MONTHS.get(month.rstrip(".").casefold())
    try:
        date = dt.date(int(year), number or 0, int(day))
    except ValueError:
        return None
    return date if accepted_dates.is_accepted(date) else None

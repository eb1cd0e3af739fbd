"""Regular offers in one cell: a line each, "Montag 15:00–17:00: Hausaufgabenhilfe | Ort | für wen | Sprachen"."""

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from babel.dates import get_day_names
from django.utils.translation import gettext as _

from cms.localization import formats
from directory.profiles.offers import Offer
from directory.spreadsheet.vocabulary import NAMED_IN, Terms

PARTS = ("what", "place", "for_whom", "language_codes")
LINE = re.compile(
    r"(?P<weekday>[^\W\d_]+)\.?,?\s+(?:von\s+|from\s+)?(?P<starts>\d{1,2}(?:[:.]\d{2})?(?![:.]?\d))(?:\s*(?:Uhr|h))?"
    r"(?:\s*(?:–|—|-|bis|to|until)\s*(?P<ends>\d{1,2}(?:[:.]\d{2})?(?![:.]?\d)))?(?:\s*(?:Uhr|h)\b)?[\s:,]\s*(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
UNESCAPED_BAR = re.compile(r"(?<!\\)\|")

Rows = list[dict[str, Any]]


class BadOffer(ValueError):
    """The message says which line is wrong and how it should look."""


@cache
def weekdays() -> dict[str, int]:
    """ISO number by folded name, full and short, German and English: "montag", "mo", "mon"."""
    found: dict[str, int] = {}
    for code in NAMED_IN:
        for width in ("wide", "abbreviated", "short"):
            names = get_day_names(width, "format", code)
            found.update({name.rstrip(".").casefold(): number + 1 for number, name in names.items()})
    return found


def read(text: str, spoken: Terms) -> Rows:
    """One row for each line; of a single line, one for each weekday after a semicolon. Raises BadOffer."""
    lines = text.split("\n") if "\n" in text else after_semicolons().split(text)
    return [_offer(line.strip(), spoken) for line in lines if line.strip()]


@cache
def after_semicolons() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, weekdays()), key=len, reverse=True))
    return re.compile(rf";\s*(?=(?:{names})s?\b\D{{0,8}}\d)", re.IGNORECASE)


def _offer(line: str, spoken: Terms) -> dict[str, Any]:
    match = LINE.fullmatch(line)
    weekday = _weekday(match["weekday"].casefold()) if match else None
    if match is None or weekday is None:
        raise BadOffer(
            _("“%(line)s” is not an offer. Please write one a line, for example: Monday 15:00–17:00: Homework help.")
            % {"line": line}
        )
    starts, ends = _time(match["starts"], line), _time(match["ends"], line) if match["ends"] else None
    if ends is not None and ends <= starts:
        raise BadOffer(_("“%(line)s” ends before it begins.") % {"line": line})
    parts = [part.replace("\\|", "|").strip() for part in UNESCAPED_BAR.split(match["rest"])]
    what, place, for_whom, listed = (*parts, "", "", "")[:4]
    if not what or len(parts) > len(PARTS):
        raise BadOffer(_("“%(line)s” has more parts than what, place, for whom and languages.") % {"line": line})
    for part, name in ((what, "what"), (place, "place"), (for_whom, "for_whom")):
        if len(part) > (Offer._meta.get_field(name).max_length or 0):
            raise BadOffer(_("“%(line)s” is too long.") % {"line": line})
    return {
        "weekday": weekday,
        "starts": formats.time(starts),
        "ends": formats.time(ends) if ends else "",
        "what": what,
        "place": place,
        "for_whom": for_whom,
        "language_codes": _codes(listed, spoken),
    }


def _weekday(name: str) -> int | None:
    """Also "montags"."""
    return weekdays().get(name) or weekdays().get(name.removesuffix("s"))


def _codes(listed: str, spoken: Terms) -> list[str]:
    codes = []
    for name in filter(None, (part.strip() for part in listed.split(","))):
        code = spoken.find(name)
        if code is None:
            raise BadOffer(_("“%(text)s” is not a language that the directory knows.") % {"text": name})
        codes.append(code)
    return sorted(set(codes))


def _time(text: str, line: str) -> dt.time:
    hours, _colon, minutes = text.replace(".", ":").partition(":")
    try:
        return dt.time(int(hours), int(minutes or 0))
    except ValueError as error:
        raise BadOffer(_("“%(text)s” in “%(line)s” is not a time of day.") % {"text": text, "line": line}) from error


def write(rows: Rows, spoken: Terms) -> str:
    lines = []
    for row in rows:
        when = formats.weekday_name(row["weekday"]) + " " + row["starts"] + (f"–{row['ends']}" if row["ends"] else "")
        listed = ", ".join(spoken.name(code) for code in row["language_codes"])
        parts = [row["what"], row["place"], row["for_whom"], listed]
        while not parts[-1] and len(parts) > 1:
            parts.pop()
        lines.append(f"{when}: " + " | ".join(part.replace("|", "\\|") for part in parts))
    return "\n".join(lines)


def rows_of(offers: Iterable[Offer]) -> Rows:
    rows = [
        {
            "weekday": offer.weekday,
            "starts": formats.time(offer.starts),
            "ends": formats.time(offer.ends) if offer.ends else "",
            "what": " ".join(offer.what.split()),
            "place": " ".join(offer.place.split()),
            "for_whom": " ".join(offer.for_whom.split()),
            "language_codes": sorted(offer.language_codes),
        }
        for offer in offers
    ]
    return in_order(rows)


def in_order(rows: Rows) -> Rows:
    return sorted(rows, key=lambda row: (row["weekday"], row["starts"], row["ends"], row["what"], row["place"]))


def merged(offers: list[Offer], rows: Rows) -> list[Offer]:
    """Offers as ``rows`` say; one that stands there already stays the same row, with its translations."""
    kept = {_identity(row): offer for offer, row in ((offer, rows_of([offer])[0]) for offer in offers)}
    found = []
    for number, row in enumerate(rows):
        offer = kept.pop(_identity(row), None) or Offer()
        for name, value in row.items():
            setattr(offer, name, value)
        offer.starts = dt.time.fromisoformat(row["starts"])
        offer.ends = dt.time.fromisoformat(row["ends"]) if row["ends"] else None
        offer.sort_order = number
        found.append(offer)
    return found


def _identity(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["weekday"], row["starts"], row["what"]

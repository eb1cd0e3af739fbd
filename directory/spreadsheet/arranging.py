"""Rows as our columns want them, whatever the office's list looks like.

A title may stand above the headings, the postcode beside the town in one cell, the number of the house in a cell of
its own, a whole address in one. What is taken apart or put together stays visible: headings and cells change alike.
"""

import re
from collections.abc import Sequence

from directory.spreadsheet.columns import guess
from directory.spreadsheet.headings import ideas

MOST_ROWS_ABOVE = 10
"""Titles, dates and remarks above the headings."""
LONGEST_HEADING = 100
"""Longer cells are no headings, and not looked into."""
POSTCODE, TOWN = "PLZ", "Ort"
POSTCODE_AND_TOWN = re.compile(r"(?:D\s?[-–]\s?)?(\d{5})\s*,?\s*(.*)")
WHOLE_ADDRESS = re.compile(r"(.+?)\s*[,;\n]\s*(?:D\s?[-–]\s?)?(\d{5})\s+(\S.*)", re.DOTALL)
Cells = list[str]


def known_in(headings: Sequence[str]) -> int:
    """How many of ``headings`` are columns of ours; 0 where none is the name of an organisation."""
    keys = guess([heading if len(heading) <= LONGEST_HEADING else "" for heading in headings])
    return len(keys) - keys.count("") if "title" in keys else 0


def begin_of(lines: Sequence[Cells]) -> int:
    """Which of ``lines`` has the headings: of the first ones that one with most columns of ours.

    Below the first row one known word does not do: an organisation may be called "Verein".
    """
    counts = [known_in(line) for line in lines[: MOST_ROWS_ABOVE + 1]]
    best = max(counts, default=0)
    return counts.index(best) if best > 1 else 0


def arranged(lines: Sequence[Cells]) -> list[Cells]:
    """``lines``, whose first are the headings, with one fact a column."""
    cells = [list(line) for line in lines]
    if cells:
        _join_house_numbers(cells)
        _divide_towns(cells)
        _divide_addresses(cells)
    return cells


def _join_house_numbers(lines: list[Cells]) -> None:
    """ "Straße | Nr." is one column."""
    keys = guess(lines[0])
    if "street" not in keys:
        return
    street = keys.index("street")
    beside = street + 1
    houses = [place for place, heading in enumerate(lines[0]) if heading and ideas(heading) == ideas("Hausnummer")]
    if not houses and beside < len(keys) and lines[0][beside] and ideas(lines[0][beside]) == ideas("Nr."):
        houses = [beside]
    if len(houses) != 1:
        return
    for line in lines:
        number = line.pop(houses[0])
        place = street - (houses[0] < street)
        is_there = line is not lines[0] and re.search(rf"(?<!\d){re.escape(number)}$", line[place])
        if number and not is_there and (line is lines[0] or line[place]):
            line[place] = f"{line[place]} {number}"


def _divide_towns(lines: list[Cells]) -> None:
    """ "PLZ/Ort" is two columns."""
    both = ideas(f"{POSTCODE} {TOWN}")
    place = next((place for place, heading in enumerate(lines[0]) if heading and ideas(heading) == both), None)
    if place is None:
        return
    lines[0][place : place + 1] = [POSTCODE, TOWN]
    for line in lines[1:]:
        found = POSTCODE_AND_TOWN.fullmatch(line[place])
        line[place : place + 1] = found.groups() if found else ("", line[place])


def _divide_addresses(lines: list[Cells]) -> None:
    """ "Lange Straße 1, 58095 Hagen" is three columns, where the list has none for postcode and town."""
    keys = guess(lines[0])
    if "street" not in keys or {"postal_code", "city"} & set(keys):
        return
    place = keys.index("street")
    found = [WHOLE_ADDRESS.fullmatch(line[place]) for line in lines]
    if not any(found):
        return
    for line, address in zip(lines, found, strict=True):
        street, *rest = address.groups() if address else (line[place], "", "")
        line[place] = " ".join(street.split())
        line += [POSTCODE, TOWN] if line is lines[0] else rest

"""Numbers, times, months and days of the week out of a text, each with all that it can mean."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from translations.checks import addresses, clock_words
from translations.checks.calendar_words import named
from translations.checks.number_words import numbers_in_words
from translations.checks.text import folded

Kind = Literal["number", "time", "month", "weekday"]

NUMERIC_DATE = re.compile(
    r"(?<![\d.,/-])(?:(?P<year_first>(?:19|20)\d\d)[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})"
    r"|(?P<d2>\d{1,2})(?P<sep>\.\s?|[/-])(?P<m2>\d{1,2})(?P=sep)\s?(?P<y2>(?:19|20)\d\d|\d\d(?![\d.]))"
    r"|(?P<d3>\d{1,2})\.\s?(?P<m3>\d{1,2})\.(?!\d))(?!\d)"
)
CLOCK = re.compile(r"(?<![\d.,:/])([01]?\d|2[0-4])(?::|[hч]\.?\s?)([0-5]\d)(?![\d:])")
HOUR = r"(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?"
GERMAN_TIMES = re.compile(
    rf"(?<![\d.,:])({HOUR}(?:\s*(?:-|–|—|bis|und|oder|,|/)\s*(?:ca\.?|etwa|gegen)?\s*{HOUR})*)(?=\s*uhr)"
)
HALF_PAST = re.compile(r"(?<!\w)halb (eins|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf|\d{1,2})(?!\w)")
HOURS_DE = "eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf".split()
NUMBER = re.compile(r"(?<![\d])(?:[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:[.,٫]\d+)?|\d+(?:[.,٬٫'·]\d+)*)")
SCALES = (
    (re.compile(r"[ \u00a0]?(?:tausend|tsd|thousand|bin|тыс|тис|хил|de mii|mii|الف|هزار)"), 1000),
    (
        re.compile(
            r"[ \u00a0]?(?:mio|million|milyon|млн|мільйон|миллион|милион|de milioane|milioane|مليون|مليون|ملیون|میلیون)"
        ),
        1_000_000,
    ),
)
"""Words after a number that make it larger."""
POINT = {"en": "."}
"""Sign before the decimals; a comma in all others, and in Arabic and Persian any."""
ANY_POINT = {"ar", "fa"}


@dataclass(slots=True, eq=False)
class Token:
    """One fact. ``values`` are its readings in the customs of the language, ``others`` those that would be unusual.

    Times are minutes since midnight; ``is_told`` says that the text itself makes a time of it. What is not ``sure``
    is never asked for.
    """

    kind: Kind
    start: int
    end: int
    written: str
    values: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    times: frozenset[int] = frozenset()
    number: int = 0
    sure: bool = True
    is_told: bool = False
    day_month: tuple[int, int] | None = field(default=None)


def read(text: str, language: str, *, in_words: bool = False) -> list[Token]:
    """The facts of ``text`` in their order; addresses and telephone numbers are none.

    ``in_words`` finds numbers and times in words as well, which cost far more time than those in digits.
    """
    original = addresses.without(text)
    written = folded(original)
    code = language.split("-")[0]
    found: list[Token] = []
    mask = list(written)

    def take(tokens: list[Token]) -> None:
        for token in tokens:
            mask[token.start : token.end] = " " * (token.end - token.start)
        found.extend(tokens)

    for date in NUMERIC_DATE.finditer(written):
        take(_of_date(date))
    rest = "".join(mask)
    for clock in CLOCK.finditer(rest):
        take([_time(clock, rest, language)])
    rest = "".join(mask)
    if code == "de":
        for run in GERMAN_TIMES.finditer(rest):
            for hour in re.finditer(r"(\d{1,2})(?:[.:](\d{2}))?", run[1]):
                take([_time(hour, rest, language, run.start(1))])
        for half in HALF_PAST.finditer(rest):
            hour_number = HOURS_DE.index(half[1]) + 1 if half[1] in HOURS_DE else int(half[1])
            minutes = ((hour_number - 1) * 60 + 30) % 1440
            times = frozenset({minutes, (minutes + 720) % 1440})
            take([Token("time", half.start(), half.end(), half[0], times=times, sure=False)])
    rest = "".join(mask)
    for name in named(rest, language):
        found.append(
            Token(
                name.kind, name.start, name.end, rest[name.start : name.end].strip(), number=name.number, sure=name.sure
            )
        )
    for number in NUMBER.finditer(rest):
        found.append(_number(number, rest, language))
    if not in_words:
        return sorted(found, key=lambda token: token.start)
    for value, start, end in numbers_in_words(rest, original, language):
        hours, told = clock_words.hours(value, rest, start, end, language) if value <= 12 else (set[int](), False)
        times = frozenset(hour * 60 for hour in hours)
        found.append(
            Token("number", start, end, rest[start:end], frozenset({str(value)}), times=times, sure=False, is_told=told)
        )
    for pattern, minutes in clock_words.named_times(language):
        for match in pattern.finditer(rest):
            found.append(
                Token(
                    "time", match.start(), match.end(), match[0], times=frozenset({minutes}), sure=False, is_told=True
                )
            )
    return sorted(found, key=lambda token: token.start)


def _of_date(date: re.Match[str]) -> list[Token]:
    day, month = date["d1"] or date["d2"] or date["d3"], date["m1"] or date["m2"] or date["m3"]
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return []
    place = (date.start(), date.end())
    tokens = [
        Token("number", *place, date[0].strip(), frozenset({str(int(day))}), day_month=(int(day), int(month))),
        Token("month", *place, date[0].strip(), number=int(month)),
    ]
    year = date["year_first"] or date["y2"]
    if year:
        tokens.append(Token("number", *place, year, frozenset({year if len(year) == 4 else f"20{year}"})))
    return tokens


def _time(clock: re.Match[str], text: str, language: str, offset: int = 0) -> Token:
    start, end = clock.start() + offset, clock.end() + offset
    hour, minute = int(clock[1]), int(clock[2] or 0)
    hours, _told = clock_words.hours(hour, text, start, end, language)
    return Token(
        "time",
        start,
        end,
        clock[0],
        values=frozenset({str(hour)}) if not minute else frozenset(),
        times=frozenset(each % 24 * 60 + minute for each in hours),
        is_told=True,
    )


def _number(match: re.Match[str], text: str, language: str) -> Token:
    written = match[0]
    usual, others = _values(written, language)
    token = Token("number", match.start(), match.end(), written, usual | _scaled(usual, text, match.end()), others)
    parts = re.split(r"\D", written)
    if len(parts) == 1 and len(written) <= 2 and int(written) <= 24:
        hours, told = clock_words.hours(int(written), text, match.start(), match.end(), language)
        token.times, token.is_told = frozenset(hour * 60 for hour in hours), told
    elif len(parts) == 2 and len(parts[1]) == 2 and len(parts[0]) <= 2 and int(parts[0]) <= 24 and int(parts[1]) < 60:
        hours, told = clock_words.hours(int(parts[0]), text, match.start(), match.end(), language)
        token.times, token.is_told = frozenset(hour * 60 + int(parts[1]) for hour in hours), told
    if len(parts) == 2 and len(parts[0]) <= 2 and len(parts[1]) <= 2 and 1 <= int(parts[1]) <= 12:
        token.day_month = int(parts[0]), int(parts[1])
    return token


def _scaled(values: frozenset[str], text: str, end: int) -> frozenset[str]:
    """20 thousand is 20,000, too."""
    for word, factor in SCALES:
        if word.match(text, end):
            return frozenset(f"{float(value) * factor:.0f}" for value in values if value.count(".") < 2)
    return frozenset()


def _values(written: str, language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The number as the language reads it, and as others do: 1.000 is a thousand in German and one in English."""
    parts = re.split(r"\D", written)
    signs = re.findall(r"\D", written)
    if len(parts) == 1:
        plain = written.lstrip("0") or "0"
        return frozenset({plain if len(written) <= 2 else written}), frozenset()
    joined = "".join(parts)
    in_threes = parts[0][:1] != "0" and len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])
    is_whole = in_threes and len(set(signs)) == 1
    fraction = parts[-1].rstrip("0")
    decimal = "".join(parts[:-1]).lstrip("0") or "0"
    decimal += f".{fraction}" if fraction else ""
    is_decimal = len(signs) == 1 or (
        signs[-1] not in signs[:-1] and parts[0][:1] != "0" and all(len(part) == 3 for part in parts[1:-1])
    )
    if is_whole and is_decimal:
        code = language.split("-")[0]
        if code in ANY_POINT:
            return frozenset({joined, decimal}), frozenset()
        point = POINT.get(code, ",")
        first, second = (decimal, joined) if signs[-1] in {point, "٫"} else (joined, decimal)
        return frozenset({first}), frozenset({second})
    if is_whole:
        return frozenset({joined}), frozenset()
    if is_decimal:
        return frozenset({decimal}), frozenset()
    return frozenset({".".join(parts)}), frozenset()


def dates(tokens: list[Token], text: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Where each date stands in which day and month are beside each other, with the two."""
    for token in tokens:
        if token.kind == "number" and token.day_month and token.values == frozenset({str(token.day_month[0])}):
            yield token.start, token.day_month
    for first, second in itertools.pairwise(tokens):
        gap = text[first.end : second.start]
        if len(gap) > 8 or first.start == second.start or re.search(r"[^\W\d_]{4,}|[,;]", gap):
            continue
        for day, month in ((first, second), (second, first)):
            if day.kind == "number" and day.sure and month.kind == "month" and month.sure and not day.day_month:
                value = next(iter(day.values), "")
                if value.isdecimal() and 1 <= int(value) <= 31:
                    yield first.start, (int(value), month.number)

"""Whether a translation says the same numbers, times, dates and days as the German text, in whatever way."""

import itertools
import operator
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from translations.checks.clock_words import HALF
from translations.checks.findings import ERROR, WARNING, Finding, Pair
from translations.checks.reading import Token, dates, read
from translations.checks.text import folded, passage

RANGE = re.compile(r"^\s*(?:uhr)?\s*(?:-|–|—|‑|bis(?: zum| zu)?)\s*(?:ca\.?|etwa|gegen|einschliesslich)?\s*$")
NAMES = {"weekday", "month"}
Same = Callable[[Token, Token], bool]


def facts(pair: Pair) -> Iterator[Finding]:
    source, target = read(pair.german, "de"), read(pair.words, pair.language)
    lost, added, unusual = _compared(source, target, pair)
    if lost or added:
        source, target = read(pair.german, "de", in_words=True), read(pair.words, pair.language, in_words=True)
        lost, added, unusual = _compared(source, target, pair)
    yield from _of_numbers(lost, added, pair)
    yield from _of_names("weekday", lost, added, pair)
    yield from _of_names("month", lost, added, pair)
    if not any(token.sure for token in [*lost, *added]):
        yield from _of_dates(source, target, pair)
        yield from _of_ranges(source, target, pair)
        yield from _of_appointments(source, target, pair)
    for token in unusual:
        sentence = _("In this language the number %(words)s is read as another one: check point and comma.")
        yield Finding("number-format", WARNING, sentence % {"words": token.written}, token.written)


# Comparing


def _same_value(one: Token, other: Token) -> bool:
    if one.kind in {"month", "weekday"} or other.kind in {"month", "weekday"}:
        return one.kind == other.kind and one.number == other.number
    if one.kind == "time" or other.kind == "time":
        return False
    return bool(one.values & other.values)


def _same_time(one: Token, other: Token) -> bool:
    return (one.kind == "time" or other.kind == "time") and bool(one.times & other.times)


def _time_beside_number(one: Token, other: Token) -> bool:
    """ "9 bis 17" may become "9 a.m. to 5 p.m.": neither side has to say that it is a time."""
    return one.kind == other.kind == "number" and bool(one.times & other.times)


def _unusual_value(one: Token, other: Token) -> bool:
    if one.kind != "number" or other.kind != "number":
        return False
    return bool((one.values | one.others) & (other.values | other.others))


def _month_in_digits(one: Token, other: Token) -> bool:
    for month, number in ((one, other), (other, one)):
        if month.kind == "month" and number.kind == "number" and str(month.number) in number.values:
            return True
    return False


def _hour_alone(one: Token, other: Token) -> bool:
    """ "9 Uhr" is "um 9" when the other side does not tell the part of the day."""
    for time, number in ((one, other), (other, one)):
        if time.kind == "time" and number.kind == "number" and not number.is_told:
            return bool(time.values & number.values)
    return False


PASSES: tuple[Same, ...] = (
    _same_value,
    _same_time,
    _hour_alone,
    _time_beside_number,
    _month_in_digits,
    _unusual_value,
)


def _compared(source: list[Token], target: list[Token], pair: Pair) -> tuple[list[Token], list[Token], list[Token]]:
    """What is lost, what is added, and what only other languages write so. A fact that is said twice in one text may
    be said once in the other."""
    lost, added, unusual = list(source), list(target), []
    for same in PASSES:
        for sure in (True, False):
            for token in list(lost):
                twin = next(
                    (each for each in added if same(token, each) and (not sure or (token.sure and each.sure))), None
                )
                if twin is not None:
                    lost.remove(token)
                    added.remove(twin)
                    if same is _unusual_value:
                        unusual.append(twin)
    _dates_in_digits(lost, added)
    _half_hours(lost, added, pair)
    lost = [token for token in lost if not _said(token, target) and not _is_nothing(token)]
    added = [token for token in added if not _said(token, source) and not _is_nothing(token)]
    _same_digits(lost, added)
    return lost, added, unusual


def _said(token: Token, others: list[Token]) -> bool:
    return any(_same_value(token, each) or _same_time(token, each) for each in others)


def _is_nothing(token: Token) -> bool:
    return token.kind == "number" and token.values == frozenset({"0"})


def _dates_in_digits(lost: list[Token], added: list[Token]) -> None:
    """3. Oktober is 3.10 and 3/10, too."""
    for one, other in ((lost, added), (added, lost)):
        for date in [token for token in other if token.day_month and token.kind == "number"]:
            day, month = date.day_month or (0, 0)
            is_there = [
                next((token for token in one if token.kind == "number" and str(day) in token.values), None),
                next((token for token in one if token.kind == "month" and token.number == month), None),
            ]
            if date in other and all(is_there):
                other.remove(date)
                for token in is_there:
                    if token is not None:
                        one.remove(token)


def _half_hours(lost: list[Token], added: list[Token], pair: Pair) -> None:
    """15:30 is half past three, and in other languages half of the fourth hour; 1,5 is one and a half."""
    for one, other, text in ((lost, added, pair.words), (added, lost, pair.german)):
        if not re.search(HALF, folded(text)):
            continue
        one[:] = [token for token in one if not any(value.endswith(".5") for value in token.values)]
        for time in [token for token in one if any(each % 60 in (15, 30, 45) for each in token.times)]:
            hours = {each // 60 % 12 for each in time.times} | {(each // 60 + 1) % 12 for each in time.times}
            twin = next(
                (token for token in other if any(v.isdecimal() and int(v) % 12 in hours for v in token.values)), None
            )
            if twin is not None:
                one.remove(time)
                other.remove(twin)


def _same_digits(lost: list[Token], added: list[Token]) -> None:
    """207-500 may become 207500: the same digits in the same order, cut in another way."""
    before, after = ([t for t in tokens if t.sure and t.kind in {"number", "time"}] for tokens in (lost, added))
    digits = ["".join(re.sub(r"\D", "", token.written) for token in tokens) for tokens in (before, after)]
    if before and len(before) != len(after) and digits[0] == digits[1]:
        for tokens, gone in ((lost, before), (added, after)):
            tokens[:] = [token for token in tokens if token not in gone]


# Saying it


def _of_numbers(lost: list[Token], added: list[Token], pair: Pair) -> Iterator[Finding]:
    missing = [token for token in lost if token.sure and token.kind in {"number", "time"}]
    foreign = [token for token in added if token.sure and token.kind in {"number", "time"}]
    if not missing and not foreign:
        return
    words = ", ".join(dict.fromkeys(token.written for token in [*missing, *foreign]))
    sentence = _("Numbers are lost or changed: %(words)s.") % {"words": words}
    # "1 Kind" is "a child", and plain language counts: the first group, the second group.
    only_one = not foreign and all(token.kind == "number" and token.values == frozenset({"1"}) for token in missing)
    counts = pair.is_german and not missing and all(len(token.written) < 3 for token in foreign)
    yield Finding("numbers", WARNING if only_one or counts else ERROR, sentence, words)


def _passages(missing: list[Token], foreign: list[Token], pair: Pair) -> str:
    """As both texts write it."""
    written = [passage(pair.german, token.start, token.end) for token in missing]
    written += [passage(pair.words, token.start, token.end) for token in foreign]
    return ", ".join(dict.fromkeys(filter(None, written)))


def _of_names(kind: str, lost: list[Token], added: list[Token], pair: Pair) -> Iterator[Finding]:
    """Another day is an error; that one is left out or told in addition may be the better sentence."""
    missing = [token for token in lost if token.sure and token.kind == kind]
    foreign = [token for token in added if token.sure and token.kind == kind]
    if not missing and not foreign:
        return
    others = [token for token in added if token.kind == kind]
    words = _passages(missing, foreign or others, pair)
    if kind == "weekday":
        sentence = _("Days of the week are lost or changed: %(words)s.") % {"words": words}
    else:
        sentence = _("Months are lost or changed: %(words)s.") % {"words": words}
    of_a_date = kind == "month" and any(re.search(r"\d", token.written) or token.day_month for token in missing)
    yield Finding(f"{kind}s", ERROR if (missing and others) or of_a_date else WARNING, sentence, words)


def _of_dates(source: list[Token], target: list[Token], pair: Pair) -> Iterator[Finding]:
    """Day and month must go together: 3 October and 5 November are not 5 October and 3 November."""
    wanted, found = Counter(_dates(source, pair.german)), Counter(_dates(target, pair.words))
    lost, added = wanted - found, found - wanted
    if lost and added:
        words = ", ".join(f"{day}.{month}." for day, month in [*lost, *added])
        yield Finding("dates", ERROR, _("Dates are lost or changed: %(words)s.") % {"words": words}, words)


def _of_ranges(source: list[Token], target: list[Token], pair: Pair) -> Iterator[Finding]:
    german, words = folded(pair.german), folded(pair.words)
    sure = [token for token in source if token.sure or token.kind in NAMES]
    beside = [
        (first, second)
        for first, second in _neighbours([t for t in target if t.sure or t.kind in NAMES])
        if second.start - first.end <= 25 and "\n" not in words[first.end : second.start]
    ]
    for first, second in _neighbours(sure):
        if not RANGE.match(german[first.end : second.start]) or _alike(first, second):
            continue
        if any(_alike(first, one) and _alike(second, two) for one, two in beside):
            continue
        turned = next(((one, two) for one, two in beside if _alike(first, two) and _alike(second, one)), None)
        if turned:
            found = passage(pair.words, turned[0].start, turned[1].end)
            sentence = _("Beginning and end have changed places: %(words)s.") % {"words": found}
            yield Finding("ranges", ERROR, sentence, found)


def _of_appointments(source: list[Token], target: list[Token], pair: Pair) -> Iterator[Finding]:
    """Which time belongs to which day: days may be told in another order, but then their times are, too."""
    times = [token for token in source if token.kind == "time"]
    for days, others in (
        (_weekdays(source), _weekdays(target)),
        (_dates(source, pair.german), _dates(target, pair.words)),
    ):
        if len(days) < 2 or not times or len(times) % len(days):
            continue
        begins = times[:: len(times) // len(days)]
        orders = _order(days, others, operator.eq), _order(begins, target, _alike)
        if all(orders) and orders[0] != orders[1]:
            words = _passages(begins, [], pair)
            sentence = _("Check which time belongs to which day: %(words)s.") % {"words": words}
            yield Finding("appointments", WARNING, sentence, words)
            return


def _weekdays(tokens: list[Token]) -> list[int]:
    return [token.number for token in tokens if token.kind == "weekday"]


def _dates(tokens: list[Token], words: str) -> list[tuple[int, int]]:
    return [date for _start, date in sorted(dates(tokens, folded(words)))]


def _order(wanted: Sequence[Any], found: Sequence[Any], same: Callable[[Any, Any], bool]) -> list[int]:
    """The places of ``wanted`` in the order in which ``found`` tells them; empty when one is there twice or not."""
    places = [place for each in found for place, one in enumerate(wanted) if same(one, each)]
    return places if sorted(places) == list(range(len(wanted))) else []


def _neighbours(tokens: list[Token]) -> list[tuple[Token, Token]]:
    return [(first, second) for first, second in itertools.pairwise(tokens) if first.start != second.start]


def _alike(one: Token, other: Token) -> bool:
    return (
        _same_value(one, other) or _same_time(one, other) or _hour_alone(one, other) or _time_beside_number(one, other)
    )

"""Whether a translation says the same numbers, times, dates and days as the German text, in whatever way."""

import re
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from translations.checks.alike import (
    hour_alone,
    month_in_digits,
    same_time,
    same_value,
    time_beside_number,
    unusual_value,
)
from translations.checks.clock_words import HALF
from translations.checks.findings import ERROR, WARNING, Finding, Pair
from translations.checks.order import of_order
from translations.checks.reading import Token, read
from translations.checks.text import folded, passage

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
        yield from of_order(source, target, pair)
    for token in unusual:
        sentence = _("In this language the number %(words)s is read as another one: check point and comma.")
        yield Finding("number-format", WARNING, sentence % {"words": token.written}, token.written)


# Comparing


PASSES: tuple[Same, ...] = (
    same_value,
    same_time,
    hour_alone,
    time_beside_number,
    month_in_digits,
    unusual_value,
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
                    if same is unusual_value:
                        unusual.append(twin)
    _dates_in_digits(lost, added)
    _half_hours(lost, added, pair)
    lost = [token for token in lost if not _said(token, target) and not _is_nothing(token)]
    added = [token for token in added if not _said(token, source) and not _is_nothing(token)]
    _same_digits(lost, added)
    return lost, added, unusual


def _said(token: Token, others: list[Token]) -> bool:
    return any(same_value(token, each) or same_time(token, each) for each in others)


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

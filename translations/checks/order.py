"""Whether facts that are all there still go together as in the German text: days and months, beginnings and ends, days
and times.
"""

import itertools
import operator
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from translations.checks.alike import alike
from translations.checks.findings import ERROR, WARNING, Finding, Pair
from translations.checks.reading import Token, dates
from translations.checks.text import folded, passage

RANGE = re.compile(r"^\s*(?:uhr)?\s*(?:-|–|—|‑|bis(?: zum| zu)?)\s*(?:ca\.?|etwa|gegen|einschliesslich)?\s*$")
NAMES = {"weekday", "month"}


def of_order(source: list[Token], target: list[Token], pair: Pair) -> Iterator[Finding]:
    yield from _of_dates(source, target, pair)
    yield from _of_ranges(source, target, pair)
    yield from _of_appointments(source, target, pair)


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
        if not RANGE.match(german[first.end : second.start]) or alike(first, second):
            continue
        if any(alike(first, one) and alike(second, two) for one, two in beside):
            continue
        turned = next(((one, two) for one, two in beside if alike(first, two) and alike(second, one)), None)
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
        orders = _order(days, others, operator.eq), _order(begins, target, alike)
        if all(orders) and orders[0] != orders[1]:
            words = ", ".join(passage(pair.german, token.start, token.end) for token in begins)
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

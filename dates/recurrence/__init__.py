"""Again and again: rules as people say them, what is left out, moved, cancelled or added, and the dates that follow."""

from dates.recurrence.occurrences import (
    MOST_OCCURRENCES,
    Occurrence,
    coming,
    last_occurrence,
    next_occurrence,
    next_start,
    next_taking_place,
    occurrences,
)
from dates.recurrence.rule import WEEKDAY_CODES, NotSayable, Rule, carried, former, parse, read, settled
from dates.recurrence.starts import (
    LONGEST_SPAN,
    first_by_rule,
    gives,
    has_no_end,
    reaches_its_count,
    rrule,
    start_on,
    starts_left_out,
)

__all__ = [
    "LONGEST_SPAN",
    "MOST_OCCURRENCES",
    "WEEKDAY_CODES",
    "NotSayable",
    "Occurrence",
    "Rule",
    "carried",
    "coming",
    "first_by_rule",
    "former",
    "gives",
    "has_no_end",
    "last_occurrence",
    "next_occurrence",
    "next_start",
    "next_taking_place",
    "occurrences",
    "parse",
    "reaches_its_count",
    "read",
    "rrule",
    "settled",
    "start_on",
    "starts_left_out",
]

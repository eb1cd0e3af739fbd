"""Any rule that events can say, with a start that it gives: for property tests."""

import datetime as dt
from dataclasses import replace

from hypothesis import strategies as st

from dates.recurrence.rule import LAST, LONGEST_INTERVAL, NTHS, Rule, is_last, nth_of, settled

moments = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2027, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


@st.composite
def rules(draw: st.DrawFn, longest_interval: int = 60) -> tuple[dt.datetime, str]:
    """A start by the clock on the wall, and the rule."""
    start: dt.datetime = draw(moments)
    frequency = draw(st.sampled_from(sorted(LONGEST_INTERVAL)))
    rule = Rule(frequency, interval=draw(st.integers(1, min(longest_interval, LONGEST_INTERVAL[frequency]))))
    if frequency == "WEEKLY":
        weekdays = draw(st.sets(st.integers(0, 6))) | {start.weekday()}
        rule = replace(rule, weekdays=tuple(sorted(weekdays)))
    nths = {nth for nth in (nth_of(start.date()), LAST if is_last(start.date()) else 0) if nth in NTHS}
    if frequency == "MONTHLY" and draw(st.booleans()):
        nths |= draw(st.sets(st.sampled_from(NTHS)))
        rule = replace(rule, weekdays=(start.weekday(),), nths=tuple(nth for nth in NTHS if nth in nths))
    if frequency == "MONTHLY" and not rule.nths and (start + dt.timedelta(days=1)).day == 1:
        rule = replace(rule, month_day=LAST)
    return start, str(settled(rule, start.date()))

"""The one thing that a member should do next; a rule over how all of theirs stands and what the profile lacks."""

from dataclasses import dataclass
from typing import Literal

from directory.portal.states import PageState
from directory.portal.things import Thing
from directory.profiles import completeness

Kind = Literal["wait", "change", "complete", "finish", "send", "look"]


@dataclass(frozen=True)
class NextStep:
    """``part`` is the form that ``complete`` leads to, ``thing`` what ``change`` and ``finish`` are about."""

    kind: Kind
    part: str = ""
    thing: Thing | None = None


def next_step(state: PageState, looked_for: list[completeness.Thing], mine: list[Thing]) -> NextStep:
    """What the reviewer asked for comes first; then what no visitor can do without; then sending what is written.

    ``state`` is the profile's. Nobody is told to wait while something is unsent or to be changed.
    """
    asked = [thing for thing in mine if thing.is_asked]
    if asked:
        return NextStep("change", thing=asked[0])
    statuses = {thing.status for thing in mine}
    missing = [thing for thing in looked_for if not thing.is_there]
    essential = [thing for thing in missing if thing.essential]
    if essential and (state.kind != "waiting" or state.has_unpublished_changes):
        return NextStep("complete", essential[0].part)
    if "unsent" in statuses:
        return NextStep("send")
    begun = [thing for thing in mine if thing.status == "begun"]
    if begun:
        return NextStep("finish", thing=begun[0])
    if "waiting" in statuses:
        return NextStep("wait")
    return NextStep("complete", missing[0].part) if missing else NextStep("look")

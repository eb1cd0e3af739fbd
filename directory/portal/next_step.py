"""The one thing that a member should do next; a rule over how the page stands and what it lacks."""

from dataclasses import dataclass
from typing import Literal

from directory.completeness import Thing
from directory.moderation import State

Kind = Literal["wait", "change", "complete", "send", "look"]


@dataclass(frozen=True)
class NextStep:
    """``part`` is the form that ``complete`` leads to."""

    kind: Kind
    part: str = ""


def next_step(state: State, things: list[Thing], *, changed_since_comment: bool = False) -> NextStep:
    """What the reviewer asked for comes first; then what no visitor can do without; then sending what is written."""
    missing = [thing for thing in things if not thing.is_there]
    essential = [thing for thing in missing if thing.essential]
    if state.kind == "waiting" and not state.has_unpublished_changes:
        return NextStep("wait")
    if state.kind in ("changes_requested", "rejected") and not changed_since_comment:
        return NextStep("change")
    if essential:
        return NextStep("complete", essential[0].part)
    if state.has_unpublished_changes:
        return NextStep("send")
    return NextStep("complete", missing[0].part) if missing else NextStep("look")

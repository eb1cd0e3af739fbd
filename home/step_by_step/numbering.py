"""The numbers of steps: what is done at the same time, or instead, shares that of the step before."""

from collections.abc import Sequence
from dataclasses import dataclass

from home.step_by_step.step import Joined, Step


@dataclass(frozen=True)
class Place:
    """``anchor`` is where the step begins on its page."""

    number: int
    count: int
    anchor: str
    joined: str


def places(steps: Sequence[Step]) -> list[Place]:
    """For each of all ``steps`` of a step-by-step, in their order. The first has a number whatever it says."""
    numbers: list[int] = []
    for step in steps:
        is_own = not numbers or step.joined == Joined.NEXT
        numbers.append((numbers[-1] if numbers else 0) + is_own)
    count = numbers[-1] if numbers else 0
    return [
        Place(number, count, f"step-{position}", step.joined if position > 1 else Joined.NEXT)
        for position, (number, step) in enumerate(zip(numbers, steps, strict=True), start=1)
    ]

"""How good answers are: the share of queries with a right answer first or among five, and how far down it stands."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.search.queries import Key

FEW = 5
DEPTH = 400
"""A right answer below that counts as none."""


@dataclass(frozen=True)
class Answer:
    """``flat``: everything found, best first. ``groups``: the same by kind, in the order of a page of results."""

    flat: Sequence[Key] = ()
    groups: Sequence[Sequence[Key]] = ()

    @property
    def page(self) -> list[Key]:
        """As a visitor reads: group after group, of each its first five."""
        return [key for group in self.groups for key in group[:FEW]]


Engine = Callable[[str, str], Answer]
"""Asked with a query and the reader's language."""


@dataclass
class Score:
    """``flat``: rank of the first right answer among all. ``page``: among what a visitor reads from the top.
    ``group``: within its own group, wherever that stands; all from 1, 0 where there is none."""

    flat: list[int] = field(default_factory=list)
    page: list[int] = field(default_factory=list)
    group: list[int] = field(default_factory=list)

    def add(self, answer: Answer, right: Iterable[Key]) -> bool:
        """Whether a right answer was among the first five, read either way."""
        wanted = frozenset(right)
        self.flat.append(rank(answer.flat, wanted))
        self.page.append(rank(answer.page, wanted))
        self.group.append(min(filter(None, (rank(group, wanted) for group in answer.groups)), default=0))
        return 0 < self.flat[-1] <= FEW or 0 < self.page[-1] <= FEW

    def __add__(self, other: "Score") -> "Score":
        return Score(self.flat + other.flat, self.page + other.page, self.group + other.group)

    def row(self) -> str:
        figures = [success(self.flat, 1), success(self.flat, FEW), mrr(self.flat)]
        figures += [success(self.page, 1), success(self.page, FEW), success(self.group, FEW)]
        return f"{len(self.flat):5}" + "".join(f"{figure:9.3f}" for figure in figures)

    @property
    def success(self) -> float:
        """At five, of the flat list."""
        return success(self.flat, FEW)


HEAD = " " * 5 + "".join(f"{name:>9}" for name in ("s@1", "s@5", "MRR", "page@1", "page@5", "group@5"))
WIDTH = 26


def table(title: str, scores: Mapping[str, Score]) -> str:
    """For people: a line of figures for each name."""
    rows = [f"  {name:{WIDTH}}{score.row()}" for name, score in scores.items()]
    return "\n".join(["", f"{title:{WIDTH + 2}}{HEAD}", *rows])


def rank(keys: Sequence[Key], wanted: frozenset[Key]) -> int:
    return next((place for place, key in enumerate(keys[:DEPTH], start=1) if key in wanted), 0)


def success(ranks: Sequence[int], at: int) -> float:
    return sum(0 < each <= at for each in ranks) / len(ranks) if ranks else 0.0


def mrr(ranks: Sequence[int]) -> float:
    return sum(1 / each for each in ranks if each) / len(ranks) if ranks else 0.0

"""The parts of a pasted text: headings, paragraphs, items of lists, tables, pictures."""

from dataclasses import dataclass, field

from cms.pasting.hidden import Hidden
from cms.pasting.runs import Runs


@dataclass
class Heading:
    runs: Runs


@dataclass
class Paragraph:
    runs: Runs


@dataclass
class Item:
    """Of a list; ``level`` counts from 0."""

    runs: Runs
    level: int
    is_ordered: bool


@dataclass
class Table:
    rows: list[list[Runs]]
    has_head: bool


@dataclass
class Picture:
    """One that is not taken; ``name`` is empty when nothing names it."""

    name: str


Part = Heading | Paragraph | Item | Table | Picture


@dataclass
class Reading:
    parts: list[Part] = field(default_factory=list)
    hidden: Hidden = field(default_factory=Hidden)
    dead_links: list[str] = field(default_factory=list)
    """Words that were linked to a place that visitors cannot reach."""

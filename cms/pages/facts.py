"""Facts of a page: stored once, the same in every language. A type of page declares its own in ``FACTS``."""

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail_localize.fields import SynchronizedField


@dataclass(frozen=True)
class Fact:
    """A field, or a set of rows, that translations only copy. Its label is what the model calls it.

    ``is_trusted``: goes live at once where the city trusts who wrote it; all others wait for review.
    ``is_urgent``: people who had planned to come must learn in time of a change.
    """

    name: str
    is_trusted: bool = False
    is_urgent: bool = False


def facts(names: str, *, is_trusted: bool = False, is_urgent: bool = False) -> tuple[Fact, ...]:
    """Several of one kind."""
    return tuple(Fact(name, is_trusted, is_urgent) for name in names.split())


def copied(declared: Iterable[Fact]) -> list[SynchronizedField]:
    """What wagtail-localize does with them."""
    return [SynchronizedField(fact.name, overridable=False) for fact in declared]


def trusted(model: type) -> frozenset[str]:
    """Names of what goes live at once on pages (or rows) of ``model``; empty for one that declares nothing."""
    return frozenset(fact.name for fact in getattr(model, "FACTS", ()) if fact.is_trusted)


def urgent(model: type) -> frozenset[str]:
    return frozenset(fact.name for fact in getattr(model, "FACTS", ()) if fact.is_urgent)

"""What a list can be narrowed down by, each choice with what it would find: counts that are true together."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from cms.localization import languages
from cms.localization.collation import sort_key
from cms.localization.localized_text import LocalizedText
from directory.profiles.found_by import Choice, Keys, with_keys


@dataclass(frozen=True)
class FilterChoice:
    """One option of a filter; ``count`` organisations would be found. ``is_below`` another one."""

    value: str
    label: LocalizedText | str
    count: int
    selected: bool
    is_below: bool = False


@dataclass(frozen=True)
class Filter:
    """A fact by which the list is narrowed down. Without a label it is a box to tick: its choice says what it is."""

    parameter: str
    label: str
    all_of_them: str
    choices: list[FilterChoice]


class Narrowed:
    """``pks`` narrowed down to those that have all that is ``asked``: the value wanted by parameter."""

    def __init__(self, pks: Iterable[int], keys: Mapping[str, Keys], asked: Mapping[str, str]) -> None:
        self.pks, self.keys, self.asked = list(pks), keys, asked
        self.found: list[int] = []
        self.without: dict[str, list[int]] = {parameter: [] for parameter in asked}
        """By parameter those that it alone keeps out."""
        nothing: frozenset[str] = frozenset()
        for pk in self.pks:
            missed = [name for name, value in asked.items() if value not in keys[name].get(pk, nothing)]
            if not missed:
                self.found.append(pk)
            elif len(missed) == 1:
                self.without[missed[0]].append(pk)

    def counts(self, parameter: str) -> Counter[str]:
        """What each choice would find, with everything else that is asked for kept."""
        pks = chain(self.found, self.without.get(parameter, ()))
        return Counter(chain.from_iterable(with_keys(self.keys[parameter], pks)))

    def alone(self, parameter: str) -> Counter[str]:
        """What each would find if nothing else were asked for."""
        return Counter(chain.from_iterable(with_keys(self.keys[parameter], self.pks)))

    def options(self, parameter: str, choices: Iterable[Choice]) -> list[FilterChoice]:
        """In the reader's order. What finds nothing is left out, unless something near it is found."""
        counts, alone, asked = self.counts(parameter), self.alone(parameter), self.asked.get(parameter, "")
        drawn = [each for each in choices if alone[each.key] or alone[each.below] or each.key == asked]
        return [
            FilterChoice(each.key, each.label, counts[each.key], each.key == asked, bool(each.below))
            for each in in_order(drawn)
        ]


def in_order(choices: Collection[Choice]) -> list[Choice]:
    """By label; what is below another choice follows it."""
    reader = languages.active()
    ordered = sorted(choices, key=lambda choice: sort_key(str.__str__(choice.label), reader))
    there = {choice.key for choice in ordered}
    below: dict[str, list[Choice]] = {}
    for choice in ordered:
        below.setdefault(choice.below if choice.below in there else "", []).append(choice)
    return [each for choice in below.get("", ()) for each in (choice, *below.get(choice.key, ()))]

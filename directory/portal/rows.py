"""Rows of a form that are added, copied and removed without script: each button sends the whole form.

A button named ``act`` has the value ``offers-add``, ``offers-copy-2`` or ``offers-remove-2``.
"""

import re
from typing import Any

from django import forms
from django.http import QueryDict

ACT = "act"
MOST_ROWS = 40
Row = dict[str, list[str]]


class Rows(forms.BaseFormSet):
    """Rows of which the empty ones count for nothing. ``values`` are the others, in their order."""

    @property
    def values(self) -> list[dict[str, Any]]:
        return [form.cleaned_data for form in self.forms if form.has_changed()]


def rows_of(row: type[forms.Form], prefix: str, data: QueryDict | None, initial: list[Any], *, empty: int) -> Rows:
    """The rows as they were typed and then acted upon, else ``initial`` and some empty ones."""
    kind = forms.formset_factory(row, formset=Rows, extra=empty, max_num=MOST_ROWS, validate_max=True)
    if data is None:
        return kind(prefix=prefix, initial=initial)
    return kind(acted_upon(data, prefix), prefix=prefix)


def is_act(data: QueryDict, *prefixes: str) -> bool:
    return any(_act(data, prefix) for prefix in prefixes)


def acted_upon(data: QueryDict, prefix: str) -> QueryDict:
    """``data`` after the row has been added, copied or removed for which the button stands."""
    rows = _typed(data, prefix)
    act, number = _act(data, prefix) or ("", 0)
    if act == "add":
        rows.append({})
    elif act == "copy" and number < len(rows):
        rows.insert(number + 1, {name: values for name, values in rows[number].items() if name != "key"})
    elif act == "remove" and number < len(rows):
        del rows[number]
    return _filled(data, prefix, rows)


def _act(data: QueryDict, prefix: str) -> tuple[str, int] | None:
    match = re.fullmatch(rf"{prefix}-(add|copy|remove)(?:-(\d{{1,3}}))?", data.get(ACT, ""))
    return (match[1], int(match[2] or 0)) if match else None


def _typed(data: QueryDict, prefix: str) -> list[Row]:
    """Rows by their numbers, whatever the form says about how many there are."""
    rows: dict[int, Row] = {}
    for name in data:
        match = re.fullmatch(rf"{prefix}-(\d{{1,3}})-(\w+)", name)
        if match:
            rows.setdefault(int(match[1]), {})[match[2]] = data.getlist(name)
    return [rows[number] for number in sorted(rows)][: MOST_ROWS + 1]


def _filled(data: QueryDict, prefix: str, rows: list[Row]) -> QueryDict:
    filled = data.copy()
    for name in [name for name in filled if name.startswith(f"{prefix}-")]:
        del filled[name]
    for number, row in enumerate(rows):
        for name, values in row.items():
            filled.setlist(f"{prefix}-{number}-{name}", values)
    filled[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
    filled[f"{prefix}-INITIAL_FORMS"] = "0"
    return filled

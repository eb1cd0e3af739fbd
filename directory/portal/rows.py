"""Rows of a form that are added, copied and removed without script: each button sends the whole form.

A button named ``act`` has the value ``offers-add``, ``offers-copy-2`` or ``offers-remove-2``.
"""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import ngettext

ACT = "act"
MOST_ROWS = 40
FURTHEST = 99
"""The highest number of a row that is looked at: rows that were removed leave gaps."""
Row = dict[str, list[Any]]


class Rows(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows of which the empty ones count for nothing. ``values`` are the others, in their order."""

    too_many = 0
    """How many rows there may be, when more were sent: only these were read."""

    def clean(self) -> None:
        if self.too_many:
            sentence = ngettext(
                "There can be %(count)s row at most.", "There can be %(count)s rows at most.", self.too_many
            )
            raise ValidationError(sentence % {"count": self.too_many})

    @property
    def values(self) -> list[dict[str, Any]]:
        return [form.cleaned_data for form in self.forms if form.has_changed()]


def rows_of(
    row: type[forms.Form],
    prefix: str,
    data: QueryDict | None,
    files: Any = None,
    *,
    initial: list[Any],
    empty: int,
    most: int = MOST_ROWS,
    **options: Any,
) -> Rows:
    """The rows as they were typed and then acted upon, else ``initial`` and some empty ones."""
    kind: Any = forms.formset_factory(row, formset=Rows, extra=empty, max_num=most, absolute_max=FURTHEST + 2)
    rows: Rows
    if data is None:
        rows = kind(prefix=prefix, initial=initial, **options)
        return rows
    act, number = act_on(data, prefix)
    typed = _acted_upon(_typed(data, prefix), act, number)
    sent = _acted_upon(_typed(files or MultiValueDict(), prefix), act, number)
    too_far = any(_goes_too_far(each, prefix) for each in (data, files or {}))
    too_many = too_far or max(len(typed), len(sent)) > most
    typed_files = _filled(files or MultiValueDict(), prefix, sent)
    rows = kind(_filled(data, prefix, typed), typed_files, prefix=prefix, **options)
    rows.too_many = most if too_many else 0
    return rows


def act_on(data: Any, prefix: str) -> tuple[str, int]:
    """What the button does that was pressed, and with which row; ``("", 0)`` when it was another one."""
    match = re.fullmatch(rf"{prefix}-(add|copy|remove)(?:-(\d{{1,3}}))?", data.get(ACT, ""))
    return (match[1], int(match[2] or 0)) if match else ("", 0)


def where_next(data: Any, prefix: str, rows: Rows) -> str:
    """Where the form is shown again after such a button; empty after any other one."""
    act, number = act_on(data, prefix)
    places = {"add": f"?add#{prefix}-{len(rows.values)}", "copy": f"#{prefix}-{number + 1}", "remove": f"#{prefix}"}
    return places.get(act, "")


def _typed(data: Any, prefix: str) -> list[Row]:
    """Rows by their numbers, whatever the form says about how many there are; no further than a form can have."""
    rows: dict[int, Row] = {}
    for name in data:
        match = re.fullmatch(rf"{prefix}-(\d{{1,3}})-(\w{{1,40}})", name)
        if match and int(match[1]) <= FURTHEST:
            rows.setdefault(int(match[1]), {})[match[2]] = data.getlist(name)
    return [rows.get(number, {}) for number in range(max(rows, default=-1) + 1)]


def _goes_too_far(data: Any, prefix: str) -> bool:
    """Whether ``data`` speaks of rows that are not looked at."""
    numbers = (match[1] for name in data if (match := re.match(rf"{prefix}-(\d+)-", name)))
    return any(len(number) > 3 or int(number) > FURTHEST for number in numbers)


def _acted_upon(rows: list[Row], act: str, number: int) -> list[Row]:
    rows = list(rows)
    if act == "add":
        rows.append({})
    elif act == "copy" and number < len(rows):
        rows.insert(number + 1, {name: values for name, values in rows[number].items() if name != "key"})
    elif act == "remove" and number < len(rows):
        del rows[number]
    return rows


def _filled(data: Any, prefix: str, rows: list[Row]) -> Any:
    filled = data.copy()
    for name in [name for name in filled if name.startswith(f"{prefix}-")]:
        del filled[name]
    for number, row in enumerate(rows):
        for name, values in row.items():
            filled.setlist(f"{prefix}-{number}-{name}", values)
    filled[f"{prefix}-TOTAL_FORMS"], filled[f"{prefix}-INITIAL_FORMS"] = str(len(rows)), "0"
    return filled

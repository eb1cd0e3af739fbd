"""What a version of a page refers to, looked up at once: rows whose target is gone fall out, as Wagtail lets them.

modelcluster looks each reference up by itself, with two queries for every related page of an article.
"""

from collections import defaultdict
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

Content = dict[str, Any]
Wanted = dict[type[models.Model], set[str]]


def checked(model: type[models.Model], content: Content) -> Content:
    """``content`` without references to what is not there any more; one query for each kind of target."""
    wanted: Wanted = defaultdict(set)
    _collect(model, content, wanted)
    there = {
        target: {str(key) for key in target._default_manager.filter(pk__in=keys).values_list("pk", flat=True)}
        for target, keys in wanted.items()
    }
    return _without_dangling(model, content, there, is_row=False) or {}


def _field(model: type[models.Model], name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _is_reference(field: Any) -> bool:
    return isinstance(field, models.ForeignKey) and field.target_field.primary_key


def _collect(model: type[models.Model], content: Content, wanted: Wanted) -> None:
    for name, value in content.items():
        field = _field(model, name)
        if _is_reference(field) and value is not None:
            wanted[field.related_model].add(str(value))
        elif field is not None and field.one_to_many and isinstance(value, list):
            for row in value:
                _collect(field.related_model, row, wanted)


def _without_dangling(model: type[models.Model], content: Content, there: Wanted, *, is_row: bool) -> Content | None:
    """None for a row that goes with what it referred to."""
    kept = dict(content)
    for name, value in content.items():
        field = _field(model, name)
        if field is not None and field.one_to_many and isinstance(value, list):
            rows = (_without_dangling(field.related_model, row, there, is_row=True) for row in value)
            kept[name] = [row for row in rows if row is not None]
        elif _is_reference(field) and value is not None and str(value) not in there[field.related_model]:
            if field.remote_field.on_delete is models.CASCADE and is_row:
                return None
            if field.remote_field.on_delete in (models.CASCADE, models.SET_NULL):
                kept[name] = None
    return kept

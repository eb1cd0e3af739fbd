"""What a version of a page says, apart from how Wagtail keeps it: for lists that name what has changed.

A version that is older than a field lacks it, a row gets its number when it goes live, blocks have keys of their own:
none of that is a change that anybody made. Asks the database nothing.
"""

import json
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page

from directory.review.revisions import BOOKKEEPING, Content

ROW_BOOKKEEPING = frozenset({"id", "pk", "sort_order", "translation_key", "locale", "uid"})


def changed(model: type[Page], before: Content, after: Content) -> list[str]:
    """Names of the fields of ``model`` that say something else."""
    return [
        name
        for name in after
        if name not in BOOKKEEPING and _field(model, name) is not None and _said(model, name, before, after)
    ]


def _said(model: type[Page], name: str, before: Content, after: Content) -> bool:
    field = _field(model, name)
    old = before[name] if name in before else _default(field)
    return bool(_meaning(field, old) != _meaning(field, after[name]))


def _field(model: type[models.Model], name: str) -> Any:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if field.auto_created or getattr(field, "editable", True) else None


def _default(field: Any) -> Any:
    return field.get_default() if hasattr(field, "get_default") else None


def _meaning(field: Any, value: Any) -> Any:
    if field.one_to_many:
        return _rows(field, value or [])
    if isinstance(field, StreamField):
        return _blocks(json.loads(value) if isinstance(value, str) and value else value) or None
    if field.many_to_many:
        return sorted(value or [], key=str) or None
    if _is_nothing(value):
        return None
    if field.is_relation:
        return str(value)
    try:
        return field.to_python(value)
    except (ValidationError, TypeError, ValueError):
        return value


def _is_nothing(value: Any) -> bool:
    return value is None or value is False or (isinstance(value, str | list | dict) and not value)


def _rows(field: Any, rows: list[Content]) -> dict[str, Any]:
    """What each row says, by the key that stays with it; rows without one are told apart by what they say."""
    model, parent = field.related_model, field.field.name
    said, unnamed = {}, []
    for row in rows:
        words = {
            name: _meaning(found, value)
            for name, value in row.items()
            if name not in ROW_BOOKKEEPING and name != parent
            if (found := _field(model, name)) is not None
        }
        words = {name: value for name, value in words.items() if value is not None}
        if row.get("translation_key"):
            said[str(row["translation_key"])] = words
        else:
            unnamed.append(words)
    unnamed.sort(key=lambda words: repr(sorted(words.items())))  # a database keeps the names in an order of its own
    return said | {str(number): words for number, words in enumerate(unnamed)}


def _blocks(value: Any) -> Any:
    """Blocks without their own keys."""
    if isinstance(value, list):
        return [_blocks(each) for each in value]
    if isinstance(value, dict):
        own = {"id"} if "type" in value and "value" in value else set()
        return {name: _blocks(each) for name, each in value.items() if name not in own and not _is_nothing(each)}
    return value

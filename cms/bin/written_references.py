"""What a stored version of a page refers to, read from its JSON as it stands: nothing is asked of the database."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, Model
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import extract_references_from_rich_text

Target = tuple[type[Model], str]


def of(model: type[Model], content: dict[str, Any]) -> Iterator[Target]:
    """Each target with its key as text; a part that cannot be read refers to nothing."""
    for name, value in content.items():
        try:
            field: Any = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if isinstance(field, ForeignKey):
            if value is not None:
                yield field.related_model, str(value)
        elif field.one_to_many:
            for row in value if isinstance(value, list) else ():
                yield from of(field.related_model, row)
        elif isinstance(field, StreamField):
            yield from _in_block(field.stream_block, _parsed(value))
        elif isinstance(field, RichTextField):
            yield from _in_words(value)


def _parsed(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return None


def _in_block(block: blocks.Block, value: Any) -> Iterator[Target]:
    if isinstance(block, blocks.StreamBlock) and isinstance(value, list):
        for child in value:
            if isinstance(child, dict) and child.get("type") in block.child_blocks:
                yield from _in_block(block.child_blocks[child["type"]], child.get("value"))
    elif isinstance(block, blocks.StructBlock) and isinstance(value, dict):
        for name, child in value.items():
            if name in block.child_blocks:
                yield from _in_block(block.child_blocks[name], child)
    elif isinstance(block, blocks.ListBlock) and isinstance(value, list):
        for item in value:
            is_wrapped = isinstance(item, dict) and item.get("type") == "item"
            yield from _in_block(block.child_block, item.get("value") if is_wrapped else item)
    elif isinstance(block, blocks.ChooserBlock) and isinstance(value, int | str):
        yield block.target_model, str(value)
    elif isinstance(block, blocks.RichTextBlock):
        yield from _in_words(value)


def _in_words(value: Any) -> Iterator[Target]:
    if isinstance(value, str):
        for target, key, _model_path, _content_path in extract_references_from_rich_text(value):
            yield target, str(key)

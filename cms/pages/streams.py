"""Streams of blocks that can be read whatever is stored: a block of another shape is left out, the others stay.

Wagtail turns a stored stream into values when a row is read, so that one odd block would take with it every list in
which its page stands. A part that is missing in a block (old data, an import) is an empty one: who reads it need not
ask.
"""

import json
import uuid
from typing import TYPE_CHECKING, Any

from wagtail import blocks, fields

from cms.pages.isolation import leave_out

TEXTUAL = (
    blocks.CharBlock,
    blocks.TextBlock,
    blocks.RichTextBlock,
    blocks.URLBlock,
    blocks.EmailBlock,
    blocks.TimeBlock,
    blocks.DateBlock,
    blocks.DateTimeBlock,
    blocks.ChoiceBlock,
)
SHAPES: tuple[tuple[Any, tuple[type, ...]], ...] = (
    (blocks.StructBlock, (dict,)),
    (blocks.StreamBlock, (list,)),
    (blocks.ListBlock, (list,)),
    (blocks.BooleanBlock, (bool, type(None))),
    (blocks.ChooserBlock, (int, str, type(None))),
    (TEXTUAL, (str, type(None))),
)
"""What JSON holds for a block of each kind; of kinds that are not listed it may be anything."""
WRITTEN = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock, blocks.URLBlock, blocks.EmailBlock)
"""Kinds whose empty value is an empty text."""


class StreamField(fields.StreamField):
    """Wagtail's own for migrations, which know no difference."""

    if TYPE_CHECKING:  # Wagtail's field is read and set as a value

        def __get__(self, instance: Any, owner: Any = None) -> Any: ...

        def __set__(self, instance: Any, value: Any) -> None: ...

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.fields.StreamField", args, kwargs

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value:
            try:
                value = json.loads(value)
            except ValueError:
                return super().to_python(value)  # which keeps the text
        is_made = isinstance(value, list) and all(isinstance(each, tuple) for each in value)  # by code, not JSON
        if value and not isinstance(value, blocks.StreamValue) and not is_made:
            value = self._readable(value)
        return super().to_python(value)

    def _readable(self, value: Any) -> list[Any]:
        listed = value if isinstance(value, list) else []
        found = [each for each in listed if _is_child(self.stream_block, each)]
        if len(found) < len(listed) or listed is not value:
            leave_out(f"a block of {self.model._meta.label}.{self.name}", "of another shape than its kind")
        return [_child(self.stream_block, each, str(place)) for place, each in enumerate(found)]


def _is_child(stream: Any, value: Any) -> bool:
    """Kinds that are no more are left to Wagtail, which drops them as well."""
    if not isinstance(value, dict) or not isinstance(value.get("type"), str) or "value" not in value:
        return False
    kind = stream.child_blocks.get(value["type"])
    return kind is None or fits(kind, value["value"])


def fits(block: Any, value: Any) -> bool:
    """Whether ``value`` has the shape of what is stored for ``block``, to the bottom."""
    shape = next((types for kind, types in SHAPES if isinstance(block, kind)), (object,))
    if not isinstance(value, shape):
        return False
    if isinstance(block, blocks.StructBlock):
        return all(fits(child, value[name]) for name, child in block.child_blocks.items() if name in value)
    if isinstance(block, blocks.StreamBlock):
        return all(_is_child(block, each) for each in value)
    if isinstance(block, blocks.ListBlock):
        return all(fits(block.child_block, _item(each)) for each in value)
    return True


def _item(value: Any) -> Any:
    """Items of lists were stored without a frame by older versions of Wagtail."""
    return value["value"] if isinstance(value, dict) and {"type", "value"} <= value.keys() else value


def completed(block: Any, value: Any, place: str = "") -> Any:
    """``value``, which fits ``block``, with empty texts, lists and groups where a part is missing.

    ``place`` tells blocks without an id apart: it gets one that is the same at each reading.
    """
    if isinstance(block, WRITTEN):
        return "" if value is None else value
    if isinstance(block, blocks.StructBlock) and isinstance(value, dict):
        parts = {
            name: completed(child, value[name] if name in value else _nothing(child), f"{place}.{name}")
            for name, child in block.child_blocks.items()
            if name in value or _nothing(child) is not None
        }
        return {**value, **parts}
    if isinstance(block, blocks.StreamBlock) and isinstance(value, list):
        return [_child(block, each, f"{place}.{number}") for number, each in enumerate(value)]
    if isinstance(block, blocks.ListBlock) and isinstance(value, list):
        return [_framed(block.child_block, each, f"{place}.{number}") for number, each in enumerate(value)]
    return value


def _nothing(block: Any) -> Any:
    """What stands for a missing part; None leaves that to the block."""
    if isinstance(block, WRITTEN):
        return "" if getattr(block.meta, "default", None) is None else None
    if isinstance(block, blocks.ListBlock | blocks.StreamBlock):
        return []
    return {} if isinstance(block, blocks.StructBlock) else None


def _child(stream: Any, value: dict[str, Any], place: str) -> dict[str, Any]:
    kind = stream.child_blocks.get(value["type"])
    inside = completed(kind, value["value"], place) if kind is not None else value["value"]
    return {**value, "value": inside, "id": value.get("id") or _id_at(place, value["type"])}


def _framed(block: Any, value: Any, place: str) -> dict[str, Any]:
    frame = value if isinstance(value, dict) and {"type", "value"} <= value.keys() else {"type": "item", "value": value}
    inside = completed(block, frame["value"], place)
    return {**frame, "value": inside, "id": frame.get("id") or _id_at(place, "item")}


def _id_at(place: str, kind: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{kind} {place}"))

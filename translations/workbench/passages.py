"""What a sentence is on its page: a heading, an item of a list, the name under a quote, the words on a button.

Editors know these by the names of fields and blocks, so those are what translators read.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail_localize.models import TemplateSegment, TranslationSource

from translations.segments import Place, Segment

_PART = re.compile(r'<(/?)(\w+)|position="(\d+)"')


def names(source: TranslationSource, model: Any, segments: Sequence[Segment]) -> dict[Place, str]:
    """For each place; one query."""
    in_text = _in_rich_text(source)
    counted: dict[int, int] = {}
    found: dict[Place, str] = {}
    for segment in segments:
        position = counted.get(segment.context_id, 0)
        counted[segment.context_id] = position + 1
        parts = _by_names(model, segment.field_path.split("."))
        special = in_text.get(segment.context_id, {}).get(position, "")
        found.setdefault(segment.place, _joined([*parts, special]))
    return found


def _joined(parts: Sequence[str]) -> str:
    """ "Quote: name"; what would only say the same again is left out."""
    different: list[str] = []
    for part in filter(None, parts):
        if part.casefold() not in (known.casefold() for known in different):
            different.append(part)
    if len(different) < 2:
        return capfirst("".join(different))
    return _("%(whole)s: %(part)s") % {"whole": capfirst(different[0]), "part": different[-1]}


def _by_names(model: Any, path: Sequence[str]) -> list[str]:
    """Names from the field down, for a path such as ``body.quote.name`` or ``offers.what``."""
    try:
        field = model._meta.get_field(path[0])
    except FieldDoesNotExist:
        return []
    if field.one_to_many:
        row = field.related_model
        return [str(row._meta.verbose_name), *(_by_names(row, path[1:])[-1:] if path[1:] else [])]
    if isinstance(field, StreamField):
        return _of_block(field.stream_block, path[1:])
    return [str(field.verbose_name)]


def _of_block(block: blocks.Block, path: Sequence[str]) -> list[str]:
    if not path:
        return []
    child = block.child_block if isinstance(block, blocks.ListBlock) else block.child_blocks.get(path[0])
    if child is None:
        return []
    name = "" if isinstance(block, blocks.ListBlock) else str(child.label)
    return [name, *_of_block(child, path[1:])]


def _in_rich_text(source: TranslationSource) -> dict[int, dict[int, str]]:
    """By context and position: the element of rich text in which a sentence stands, where it is a special one."""
    rows = TemplateSegment.objects.filter(source=source).select_related("template")
    return {row.context_id: _elements(row.template.template) for row in rows}


def _elements(template: str) -> dict[int, str]:
    special = {
        "li": pgettext("part of a text", "item of a list"),
        "h2": pgettext("part of a text", "heading"),
        "h3": pgettext("part of a text", "heading"),
        "h4": pgettext("part of a text", "heading"),
        "blockquote": pgettext("part of a text", "quote"),
    }
    opened: list[str] = []
    found: dict[int, str] = {}
    for closing, name, position in _PART.findall(template):
        if position:
            found[int(position)] = next((special[tag] for tag in reversed(opened) if tag in special), "")
        elif name == "text":
            continue
        elif not closing:
            opened.append(name)
        elif name in opened:
            del opened[len(opened) - 1 - opened[::-1].index(name) :]
    return found

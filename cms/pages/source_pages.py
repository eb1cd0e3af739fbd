"""References speak of source pages only: whoever names a translation means its source, and that is what is stored.

Templates find the words in the reader's language from the source; a stored translation would be a page of its own that
no list knows. The rule stands where rows are saved, so that choosers, imports, pasted links and old drafts meet it.
"""

import json
import re
from collections.abc import Callable, Collection
from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.localization import languages

Exchange = Callable[[int], int]
"""From the number of a page to that of its source, which for most is the page itself."""

LINK = re.compile(r"<a\b[^>]*\blinktype=\"page\"[^>]*>")
NUMBER = re.compile(r"(?<=\bid=\")\d+(?=\")")


def sources_of(numbers: Collection[int], page_model: Any = Page) -> dict[int, int]:
    """For each of ``numbers`` that is a translation: its source, where there is one."""
    if not numbers:
        return {}
    translations = page_model.objects.filter(pk__in=numbers).exclude(locale__language_code=languages.SOURCE)
    keys = dict(translations.values_list("pk", "translation_key"))
    if not keys:
        return {}
    found = page_model.objects.filter(translation_key__in=set(keys.values()), locale__language_code=languages.SOURCE)
    sources = dict(found.values_list("translation_key", "pk"))
    return {number: sources[key] for number, key in keys.items() if key in sources}


def in_html(html: str, exchange: Exchange) -> str:
    def link(tag: re.Match[str]) -> str:
        return NUMBER.sub(lambda number: str(exchange(int(number[0]))), tag[0])

    return LINK.sub(link, html)


def in_block(block: Any, value: Any, exchange: Exchange) -> Any:
    """``value`` as stored for ``block``."""
    if isinstance(block, blocks.StructBlock) and isinstance(value, dict):
        children = block.child_blocks
        return {
            name: in_block(children[name], each, exchange) if name in children else each for name, each in value.items()
        }
    if isinstance(block, blocks.StreamBlock) and isinstance(value, list):
        return [_in_item(block.child_blocks.get(_kind(each)), each, exchange) for each in value]
    if isinstance(block, blocks.ListBlock) and isinstance(value, list):
        return [_in_item(block.child_block, each, exchange) for each in value]
    if isinstance(block, blocks.PageChooserBlock) and str(value).isdecimal():
        return exchange(int(value))
    if isinstance(block, blocks.RichTextBlock) and isinstance(value, str):
        return in_html(value, exchange)
    return value


def _kind(item: Any) -> Any:
    return item.get("type") if isinstance(item, dict) else None


def _in_item(block: Any, item: Any, exchange: Exchange) -> Any:
    if isinstance(item, dict) and {"type", "value"} <= item.keys():
        return {**item, "value": in_block(block, item["value"], exchange)}
    return in_block(block, item, exchange)


def names_sources(field: Any, page_model: Any = Page) -> bool:
    """Fields to one of our types of page, and rows of a page that name any: not what is kept about translations."""
    if not isinstance(field, models.ForeignKey) or isinstance(field, ParentalKey) or field.remote_field.parent_link:
        return False
    named, is_row = field.related_model, any(isinstance(each, ParentalKey) for each in field.model._meta.fields)
    return issubclass(named, page_model) and (named is not page_model or is_row)


def in_row(row: Any, exchange: Exchange, page_model: Any = Page) -> dict[str, Any]:
    """What ``exchange`` changes in the loaded fields of ``row``, by the names of its attributes."""
    changed = {}
    for field in row._meta.concrete_fields:
        value = row.__dict__.get(field.attname)
        if not value:
            continue
        if isinstance(value, StreamValue):
            raw = list(value.get_prep_value())
            wanted = in_block(value.stream_block, raw, exchange)
            if wanted != raw:
                changed[field.attname] = value.stream_block.to_python(wanted)
        elif isinstance(field, RichTextField) and isinstance(value, str):
            if (html := in_html(value, exchange)) != value:
                changed[field.attname] = html
        elif names_sources(field, page_model) and (number := exchange(value)) != value:
            changed[field.attname] = number
    return changed


def in_content(model: Any, content: dict[str, Any], exchange: Exchange, page_model: Any = Page) -> dict[str, Any]:
    """The same for the ``content`` of a revision of ``model``, with its rows."""
    mapped = dict(content)
    for field in model._meta.concrete_fields:
        value = content.get(field.name)
        if not value:
            continue
        if isinstance(field, StreamField):
            raw = json.loads(value) if isinstance(value, str) else value
            wanted = in_block(field.stream_block, raw, exchange)
            mapped[field.name] = json.dumps(wanted) if isinstance(value, str) and wanted != raw else value
        elif isinstance(field, RichTextField) and isinstance(value, str):
            mapped[field.name] = in_html(value, exchange)
        elif names_sources(field, page_model):
            mapped[field.name] = exchange(value)
    for relation in model._meta.related_objects:
        name = relation.get_accessor_name()
        if isinstance(relation.field, ParentalKey) and isinstance(content.get(name), list):
            mapped[name] = [in_content(relation.related_model, row, exchange, page_model) for row in content[name]]
    return mapped


def point_to_sources(*rows: Any) -> None:
    """Makes ``rows`` name sources; asks the database only when they name any page."""
    numbers: set[int] = set()

    def note(number: int) -> int:
        numbers.add(number)
        return number

    for row in rows:
        in_row(row, note)
    sources = sources_of(numbers)
    for row in rows if sources else ():
        for name, value in in_row(row, lambda number: sources.get(number, number)).items():
            setattr(row, name, value)


def point_page_to_sources(page: Any) -> None:
    """``page`` and its rows, before its draft is kept."""
    relations = get_all_child_relations(page)
    point_to_sources(page, *(row for each in relations for row in getattr(page, each.get_accessor_name()).all()))


def on_save(sender: type[models.Model], instance: models.Model, raw: bool = False, **_signal: Any) -> None:
    """Before any row is saved, but those that a migration moves through a schema of the past."""
    if not raw and sender.__module__ != "__fake__":
        point_to_sources(instance)

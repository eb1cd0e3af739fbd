"""What differs between two versions of a page, field by field, for people who decide about it.

Looks at every field of the page that an editor may write, not only at those that have a place in the editor: what
nobody thought of is shown as well.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.utils.text import text_from_html

from cms.localization import changed_words, formats, languages, phones
from cms.pages.contacts import PhoneField
from directory.profiles.taxonomy import LanguageCodesField
from directory.review.meaning import ROW_BOOKKEEPING
from directory.review.revisions import BOOKKEEPING

_LANGUAGE_NAMES = {language.code: language.native_name for language in languages.LANGUAGES}


@dataclass(frozen=True)
class Difference:
    """One field: what visitors see now and what they would see, what has changed marked, and its pictures."""

    name: str
    label: str
    before: SafeString
    after: SafeString
    pictures_before: tuple[Any, ...] = ()
    pictures_after: tuple[Any, ...] = ()


@dataclass(frozen=True)
class DifferenceRow:
    """One child row, such as an offer: ``kind`` is ``new``, ``gone`` or ``changed``."""

    kind: str
    name: str
    fields: list[Difference] = field(default_factory=list)


@dataclass(frozen=True)
class Rows:
    name: str
    label: str
    rows: list[DifferenceRow]


def between(before: Page | None, after: Page) -> tuple[list[Difference], list[Rows]]:
    """The fields and the child rows in which ``after`` differs from ``before`` (None: nothing is public)."""
    fields = list(_of_fields(before, after, BOOKKEEPING | {"id", "slug" if before is None else ""}))
    fields += _of_sets(before, after)
    return fields, [rows for rows in _of_rows(before, after) if rows.rows]


def _of_fields(before: Any, after: Any, left_out: Iterable[str]) -> Iterator[Difference]:
    model = after or before
    for each in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        if each.name in left_out or getattr(each, "parent_link", False) or not _is_content(each, model):
            continue
        old, new = (_value(each, version) if version is not None else None for version in (before, after))
        if before is None and new is False:
            continue  # what a new thing is not
        texts = _text(each, before, old), _text(each, after, new)
        pictures = _pictures(each, old), _pictures(each, new)
        if texts != texts[::-1] or pictures[0] != pictures[1]:
            shown = [tuple(get_image_model().objects.filter(pk__in=found)) for found in pictures]
            yield Difference(each.name, capfirst(str(each.verbose_name)), *marked(*texts), *shown)


def _is_content(each: Any, model: Any) -> bool:
    """What no form writes and no revision carries is not compared."""
    parent = each.name in {"content_type", "search_description"} and each.name == "content_type"
    return each.editable and not parent and (not each.many_to_many or each.name in model.serializable_data())


def _value(each: Any, version: Any) -> Any:
    return list(getattr(version, each.name).all()) if each.many_to_many else each.value_from_object(version)


def _text(each: Any, version: Any, value: Any) -> str:
    """The value as a reviewer reads it."""
    if version is None or value in (None, "", []):
        return ""
    if each.many_to_many:
        return formats.list_of(sorted(str(row) for row in value))
    if isinstance(each, models.ForeignKey):
        return str(getattr(version, each.name) or "")
    if isinstance(each, StreamField):
        return "\n".join(_block_text(block) for block in value)
    if isinstance(each, RichTextField):
        return str(text_from_html(value))
    if isinstance(each, PhoneField):
        try:
            return phones.display(value)
        except phones.InvalidPhoneNumber:  # of former times
            return str(value)
    if isinstance(each, LanguageCodesField):
        return formats.list_of(languages.name_in(code, languages.active().code) for code in value)
    in_words = getattr(version, f"get_{each.name}_display", None)
    if in_words is not None:
        return str(in_words())
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return formats.date_and_time(value)
    if isinstance(value, dt.date):
        return formats.full_date(value)
    if isinstance(value, dt.time):
        return formats.time(value)
    if isinstance(value, Decimal | float):
        return formats.number(value)
    if isinstance(value, dict):
        return "\n".join(f"{_LANGUAGE_NAMES.get(name, name)}: {_plain(each)}" for name, each in value.items() if each)
    if isinstance(value, list | tuple):
        return ", ".join(_plain(each) for each in value)
    return str(value)


def _block_text(block: Any) -> str:
    return _block_value(block.block, block.value)


def _block_value(kind: blocks.Block, value: Any) -> str:
    """What a block says, with everything inside it, as people read it: never as it is stored."""
    if value is None or value == "" or value is False:
        return ""
    if isinstance(kind, blocks.BaseStructBlock):
        inner = [_block_value(child, value.get(name)) for name, child in kind.child_blocks.items()]
        return " · ".join(text for text in inner if text)
    if isinstance(kind, blocks.BaseStreamBlock):
        return "\n".join(_block_text(child) for child in value)
    if isinstance(kind, blocks.ListBlock):
        return "\n".join(f"– {_block_value(kind.child_block, each)}" for each in value)
    if isinstance(kind, blocks.BooleanBlock):
        return str(kind.label)
    if isinstance(kind, blocks.ChoiceBlock | blocks.MultipleChoiceBlock):
        names = dict(kind.field.choices)
        return ", ".join(str(names.get(each, each)) for each in (value if isinstance(value, list) else [value]))
    text = str(getattr(value, "source", value)) if isinstance(kind, blocks.RichTextBlock) else _plain(value)
    return str(text_from_html(text)) if "<" in text else text


def _pictures(each: Any, value: Any) -> list[int]:
    """Numbers of the pictures that the value shows."""
    if isinstance(each, models.ForeignKey):
        return [value] if value and each.related_model is get_image_model() else []
    if isinstance(each, StreamField) and value:
        found = each.stream_block.extract_references(value)
        return [int(number) for model, number, *_path in found if model is get_image_model()]
    return []


def _of_sets(before: Page | None, after: Page) -> Iterator[Difference]:
    """Rows that only mean something together, such as opening hours: their model puts all of them in words."""
    for relation in get_all_child_relations(after):
        name, model = relation.get_accessor_name(), relation.related_model
        if in_words := getattr(model, "in_words", None):
            texts = [in_words(getattr(each, name).all()) if each is not None else "" for each in (before, after)]
            if texts[0] != texts[1]:
                yield Difference(name, capfirst(str(model._meta.verbose_name_plural)), *marked(*texts))


def _of_rows(before: Page | None, after: Page) -> Iterator[Rows]:
    for relation in get_all_child_relations(after):
        name = relation.get_accessor_name()
        if name == "wagtail_admin_comments" or hasattr(relation.related_model, "in_words"):
            continue
        left_out = ROW_BOOKKEEPING | {relation.field.name}
        old = {_key(row): row for row in getattr(before, name).all()} if before is not None else {}
        new = {_key(row): row for row in getattr(after, name).all()}
        rows = [
            DifferenceRow("new", str(row), list(_of_fields(None, row, left_out)))
            for key, row in new.items()
            if key not in old
        ]
        rows += [DifferenceRow("gone", str(row)) for key, row in old.items() if key not in new]
        for key in old.keys() & new.keys():
            fields = list(_of_fields(old[key], new[key], left_out))
            if fields:
                rows.append(DifferenceRow("changed", str(old[key]), fields))
        yield Rows(name, capfirst(str(relation.related_model._meta.verbose_name_plural)), rows)


def _key(row: Any) -> str:
    return str(getattr(row, "translation_key", None) or row.pk or id(row))


def marked(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Both texts, with what has gone marked as ``<del>`` in the first and what is new as ``<ins>`` in the second."""
    found = changed_words.pieces(before, after)
    left, right = ([piece for piece in found if piece[0] != other] for other in ("ins", "del"))
    return changed_words.as_html(left), changed_words.as_html(right)

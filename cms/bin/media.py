"""Pictures and documents into the bin and back, under the same number: what refers to them finds them again.

The row is deleted and kept as text, the file lies in a storage to which no address leads.
"""

import json
import secrets
from pathlib import PurePosixPath
from typing import Any

from django.contrib.auth import get_user_model
from django.core import serializers
from django.core.files.storage import storages
from django.db import models, transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Collection, Page, ReferenceIndex

from cms.bin import files, usage
from cms.bin.models import BinEntry, BinKind
from cms.bin.pages import Refused
from cms.media import Image


def put(*, media: Any, user: Any) -> BinEntry:
    """Takes a picture or document off the site; asks for no right. Raises Refused while visitors see it."""
    used = usage.of(media)
    if used.public:
        raise Refused(
            _("“%(title)s” is shown here: %(places)s. Take it away there first.")
            % {"title": media.title, "places": ", ".join(used.public)}
        )
    name = _copy(files.PUBLIC, media.file.name, files.PRIVATE, f"{secrets.token_hex(16)}{_suffix(media)}")
    try:
        with transaction.atomic():
            entry = BinEntry.objects.create(
                kind=BinKind.PICTURE if isinstance(media, Image) else BinKind.DOCUMENT,
                title=media.title,
                deleted_by=user,
                file=name,
                kept=_kept(media),
            )
            log(instance=media, action="cms.bin", user=user)
            media.delete()
    except BaseException:
        if name:
            storages[files.PRIVATE].delete(name)
        raise
    return entry


def _suffix(media: Any) -> str:
    return PurePosixPath(media.file.name).suffix[:10]


def _copy(origin: str, name: str, target: str, wanted: str) -> str:
    """The name of the copy; empty when there is no such file (any more)."""
    try:
        with storages[origin].open(name) as file:
            return str(storages[target].save(wanted, file))
    except FileNotFoundError:
        return ""


def _kept(media: Any) -> dict[str, Any]:
    pointing: dict[str, list[int]] = {}
    for relation in media._meta.get_fields(include_hidden=True):
        if getattr(relation, "on_delete", None) is models.SET_NULL and issubclass(relation.related_model, Page):
            rows = relation.related_model._base_manager.filter(**{relation.field.name: media.pk})
            numbers = list(rows.values_list("pk", flat=True))
            pointing |= {f"{relation.related_model._meta.label}.{relation.field.name}": numbers} if numbers else {}
    sources = ReferenceIndex.get_references_to(media).filter(base_content_type__model="page")
    return {
        "row": json.loads(serializers.serialize("json", [media]))[0],
        "created_at": media.created_at.isoformat(),
        "tags": sorted(media.tags.names()),
        "pointing": pointing,
        "pages": sorted({int(number) for number in sources.values_list("object_id", flat=True)}),
    }


def row_of(entry: BinEntry) -> Any:
    """The picture or document as it was, not saved; in the root collection when its own is gone."""
    row = entry.kept["row"]
    collection, owner = row["fields"]["collection"], row["fields"]["uploaded_by_user"]
    if not Collection.objects.filter(pk=collection).exists():
        row = {**row, "fields": {**row["fields"], "collection": Collection.get_first_root_node().pk}}
    if owner is not None and not get_user_model().objects.filter(pk=owner).exists():
        row = {**row, "fields": {**row["fields"], "uploaded_by_user": None}}
    return next(iter(serializers.deserialize("json", json.dumps([row])))).object


def restore(*, entry: BinEntry, user: Any) -> Any:
    """The picture or document, again with its number and file; asks for no right."""
    media = row_of(entry)
    name = _copy(files.PRIVATE, entry.file, files.PUBLIC, media.file.name) if entry.file else media.file.name
    try:
        with transaction.atomic():
            entry = BinEntry.objects.select_for_update().get(pk=entry.pk)
            media.file.name = name or media.file.name
            media.save(force_insert=True)
            type(media)._base_manager.filter(pk=media.pk).update(created_at=parse_datetime(entry.kept["created_at"]))
            media.tags.set(entry.kept["tags"])
            _point_again(entry, media)
            entry.delete()
            if entry.file:
                files.remove(storage=files.PRIVATE, name=entry.file)
            log(instance=media, action="cms.restore", user=user)
    except BaseException:
        if name and entry.file:
            storages[files.PUBLIC].delete(name)
        raise
    return media


def _point_again(entry: BinEntry, media: Any) -> None:
    """Drafts have their picture again. What is public is not changed: somebody has published it without."""
    from django.apps import apps

    for place, numbers in entry.kept["pointing"].items():
        label, _point, field = place.rpartition(".")
        rows = apps.get_model(label)._base_manager.filter(pk__in=numbers, live=False, **{f"{field}": None})
        for row in rows:
            type(row)._base_manager.filter(pk=row.pk).update(**{field: media.pk})
    for page in Page.objects.filter(pk__in=entry.kept["pages"]).specific():
        ReferenceIndex.create_or_update_for_object(page)


def remove(*, entry: BinEntry) -> None:
    """For good, with the file."""
    with transaction.atomic():
        entry.delete()
        if entry.file:
            files.remove(storage=files.PRIVATE, name=entry.file)

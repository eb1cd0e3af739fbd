"""Files go with their rows: noted in the transaction that deletes the row, removed as soon as it is committed.

What could not be removed then (the storage does not answer, the process was killed) is removed by the clock.
"""

import datetime as dt
import logging
from functools import partial
from typing import Any

from django.core.files.storage import storages
from django.db import models, transaction
from django.utils import timezone
from wagtail.documents import get_document_model

from cms.bin.models import BinEntry
from cms.media import Image, Rendition

PUBLIC, PRIVATE = "default", "bin"
"""Names of the storages of files that pages show and of files in the bin."""

TRY_AGAIN_AFTER = dt.timedelta(minutes=1)

logger = logging.getLogger(__name__)


class FileRemoval(models.Model):
    """A file whose row is gone and that is not removed yet."""

    storage = models.CharField(max_length=20)
    name = models.CharField(max_length=255)
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.storage}: {self.name}"


def on_deleted(instance: Any, **_signal: Any) -> None:
    """The row of a picture, a rendition or a document has been deleted."""
    if instance.file.name:
        remove(storage=PUBLIC, name=instance.file.name)


def remove(*, storage: str, name: str) -> None:
    """Removes the file when the transaction is committed; unless a row shows it then."""
    removal = FileRemoval.objects.create(storage=storage, name=name)
    transaction.on_commit(partial(_try, removal))


def remove_those_left() -> None:
    """For the clock."""
    for removal in FileRemoval.objects.filter(since__lt=timezone.now() - TRY_AGAIN_AFTER).order_by("since")[:1000]:
        if not _try(removal):
            return  # the storage is away: the others can wait as well


def _try(removal: FileRemoval) -> bool:
    try:
        if not is_shown(removal.storage, removal.name):
            storages[removal.storage].delete(removal.name)
    except Exception:  # any storage, any error: the row is gone, its file must go as soon as it can
        logger.exception("File %s cannot be removed yet", removal)
        return False
    FileRemoval.objects.filter(pk=removal.pk).delete()
    return True


def is_shown(storage: str, name: str) -> bool:
    """Whether a row has this file: a name is free again once its file is gone."""
    models_with_files = (Image, Rendition, get_document_model())
    if storage == PRIVATE:
        return BinEntry.objects.filter(file=name).exists()
    return any(model._base_manager.filter(file=name).exists() for model in models_with_files)

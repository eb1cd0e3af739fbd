"""The pictures of an organisation: in a collection of its own, where members add and never change one.

A picture that is public stays as it is whatever members do; another file, credit or focal point is another picture.
"""

import datetime as dt
import json
import re
import secrets
from typing import Any

from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import Collection, Page, ReferenceIndex, Revision, TaskState
from wagtail.utils.file import hash_filelike

from cms.accounts.throttling import DAY, Limit, Window
from cms.media import Image
from directory.profiles.organisation import OrganisationPage

MOST_PICTURES = 40
KEPT_UNUSED = dt.timedelta(days=30)
A_DAY = 24 * 60 * 60

UPLOADS = Limit("picture", target=(Window(3 * MOST_PICTURES, DAY),))
"""``target`` is the organisation: taking pictures away makes room, but not for ever new ones."""


class TooManyPictures(Exception):
    """The organisation has ``MOST_PICTURES`` already."""


Focus = tuple[int, int]
"""Column and row of the part of a picture that matters, out of three each, counted from its upper left corner."""


class OwnCollection(models.Model):
    """Which collection is an organisation's own. It outlives the organisation until its pictures are tidied away."""

    organisation = models.OneToOneField(OrganisationPage, models.SET_NULL, null=True, related_name="own_collection")
    collection = models.OneToOneField(Collection, models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return str(self.collection)


def number_of_collection(organisation: OrganisationPage) -> int | None:
    """Primary key of the organisation's collection; None before its first picture. Only reads."""
    own = OwnCollection.objects.filter(organisation=organisation.facts)
    return own.values_list("collection", flat=True).first()


def collection_of(organisation: OrganisationPage) -> Collection:
    """Made for the first picture. No right hangs on it: who is a member may choose what lies in it."""
    organisation = organisation.facts
    own = OwnCollection.objects.select_related("collection").filter(organisation=organisation)
    if found := own.first():
        return found.collection
    with transaction.atomic():
        Page.objects.select_for_update().get(pk=organisation.pk)  # of two who ask at once the second finds it
        if found := own.first():
            return found.collection
        root = Collection.objects.select_for_update().get(depth=1)
        made: Collection = root.add_child(name=str(organisation)[:255])
        OwnCollection.objects.create(organisation=organisation, collection=made)
    return made


def is_of_own_organisation(user: Any, image: Image) -> bool:
    """For the rule who works with a picture: members do with all of their organisation's."""
    own = OwnCollection.objects.filter(collection=image.collection_id, organisation__memberships__user=user)
    return bool(user.is_active and own.exists())


def keep(*, organisation: OrganisationPage, file: UploadedFile, credit: str, focus: Focus, user: Any) -> Image:
    """A new picture of the organisation; the one that is there when the same file was sent before.

    Raises TooManyPictures and TooOften. What is sent at the same time is counted one after the other.
    """
    collection, content_hash = collection_of(organisation), hash_filelike(file)
    found = Image.objects.filter(collection=collection, file_hash=content_hash, credit=credit).first()
    if found is not None:
        return found
    UPLOADS.count(target=str(organisation.pk))
    file.name = f"{secrets.token_hex(12)}.{file.name.rpartition('.')[2]}"
    image = Image(
        title=str(organisation.title)[:255], file=file, credit=credit, collection=collection, uploaded_by_user=user
    )
    column, row = focus
    image.focal_point_width, image.focal_point_height = max(1, image.width // 3), max(1, image.height // 3)
    image.focal_point_x, image.focal_point_y = image.width * (2 * column + 1) // 6, image.height * (2 * row + 1) // 6
    image.file_size, image.file_hash = file.size, content_hash
    image.file.save(file.name, file, save=False)  # a slow storage keeps nobody else from writing
    kept = None
    try:
        with transaction.atomic():
            Collection.objects.filter(pk=collection.pk).update(name=F("name"))  # the turn, in every database
            there = Image.objects.filter(collection=collection)
            kept = there.filter(file_hash=content_hash, credit=credit).first()
            if kept is None:
                if there.count() >= MOST_PICTURES:
                    raise TooManyPictures
                image.save()
                kept = image
    finally:
        if kept is not image:
            image.file.storage.delete(image.file.name)
    return kept


def complete(image: Image, *, credit: str) -> None:
    """Notes who took a picture that was sent without saying so; only while nobody sees it."""
    if credit and not image.credit and not _is_shown(image):
        image.credit = credit
        image.save(update_fields=["credit"])


def remove_unused_once_a_day() -> None:
    """For the clock."""
    if cache.add("directory.unused_pictures", True, A_DAY):
        remove_unused()


def remove_unused() -> int:
    """Deletes pictures of organisations that nothing has shown for 30 days; says how many."""
    old = Image.objects.filter(
        collection__in=OwnCollection.objects.values("collection"), created_at__lt=timezone.now() - KEPT_UNUSED
    )
    drafted = _numbers_in_drafts() if old.exists() else set()
    unused = [image for image in old if str(image.pk) not in drafted and not _is_shown(image)]
    for image in unused:
        image.delete()
    return len(unused)


def _is_shown(image: Image) -> bool:
    return bool(ReferenceIndex.get_references_to(image).exists())


def _numbers_in_drafts() -> set[str]:
    """All numbers in the newest drafts and in what waits for review; some are those of pictures.

    A number that means something else keeps a picture that nobody needs, which harms nobody.
    """
    drafts = Page.objects.filter(has_unpublished_changes=True).values("latest_revision")
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("revision")
    contents = Revision.objects.filter(Q(pk__in=drafts) | Q(pk__in=waiting)).values_list("content", flat=True)
    return {number for content in contents for number in re.findall(r"\d+", json.dumps(content))}

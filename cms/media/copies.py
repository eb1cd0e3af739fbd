"""Copies of pictures in the sizes and formats that phones and screens need.

The worker makes them after an upload, and whatever is missing when a page asks. A page never waits for more than the
one copy that every browser shows, and one copy is made at a time on a machine (``Image.create_rendition``).

The specifications stand here and nowhere else, so that every template uses the same few.
"""

import logging
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django_tasks import task
from wagtail.images.models import Filter, SourceImageIOError

from cms.database import refused
from cms.media.models import Image, Rendition

WIDTHS = (400, 800, 1200)
FORMATS = {"avif": "format-avif|avifquality-60", "webp": "format-webp|webpquality-72"}
FALLBACK = "width-800|format-jpeg|jpegquality-76"
SHARED = "fill-1200x630|format-jpeg|jpegquality-76"
"""Beside links to a page, around the point of focus."""
LOGO = "max-320x160|format-webp|webpquality-80"
OF_FORMAT = {name: tuple(f"width-{width}|{spec}" for width in WIDTHS) for name, spec in FORMATS.items()}
ALL = (FALLBACK, *(spec for specs in OF_FORMAT.values() for spec in specs), LOGO, SHARED)
ASKED_AGAIN_AFTER = 300  # seconds

logger = logging.getLogger(__name__)


def of(image: Image, first: str, *others: str) -> dict[str, Rendition]:
    """Copies by specification: ``first``, and those of ``others`` that are there; none when the file is lost."""
    wanted = (first, *others)
    found = _found(image, wanted)
    if len(found) < len(wanted):
        try:
            if ask_worker(image):
                image = Image.objects.get(
                    pk=image.pk
                )  # a worker without delay has made them; a list knows the old ones
                found = _found(image, wanted)
            if first not in found:
                found[first] = image.get_rendition(first)
        except SourceImageIOError:
            logger.warning("No copy of picture %s (%s) can be made now.", image.pk, image.file.name)
        except DatabaseError:
            logger.exception("No copy of picture %s can be kept now", image.pk)
        except OSError as error:
            if not refused.reason(error):
                raise
            logger.warning("No copy of picture %s can be kept now: %s", image.pk, error)
    return found


def address(image: Image | None, request: HttpRequest) -> str | None:
    """Of the copy that programs such as search engines may show; None without a picture."""
    if image is None:
        return None
    shown = image if image.is_svg() else of(image, FALLBACK).get(FALLBACK)
    return request.build_absolute_uri(shown.file.url) if shown else None


def _found(image: Image, wanted: tuple[str, ...]) -> dict[str, Rendition]:
    there = {kind.spec for kind in image.find_existing_renditions(*map(Filter, wanted))}
    return image.get_renditions(*(spec for spec in wanted if spec in there)) if there else {}


def ask_worker(image: Image) -> bool:
    """Has the worker make all copies; False if it has been asked a while ago."""
    if image.is_svg() or not cache.add(f"cms.copies.{image.pk}.{image.file.name}", True, ASKED_AGAIN_AFTER):
        return False
    make_all.enqueue(image.pk)
    return True


@task()
def make_all(image_id: int) -> None:
    image = Image.objects.filter(pk=image_id).first()
    if image is not None:
        for spec in ALL:
            image.get_rendition(spec)


def on_saved(instance: Image, raw: bool = False, **_signal: Any) -> None:
    if not raw and instance.file:
        transaction.on_commit(lambda: ask_worker(instance), robust=True)

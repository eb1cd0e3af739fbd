"""Pictures with credit, and how uploaded files are delivered."""

import mimetypes
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.db import models
from django.http import FileResponse, Http404, HttpRequest
from django.utils.http import http_date
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.images.models import AbstractImage, AbstractRendition, ImageQuerySet
from wagtail.search import index

INLINE_TYPES = frozenset({"image/jpeg", "image/png", "image/webp", "image/avif", "image/svg+xml"})


class Image(AbstractImage):
    """A picture. Its credit is a fact of the picture; alternative text and caption belong to each use of it."""

    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("Who made the picture and who owns it, for example: Name / City of Hagen. News needs it."),
    )

    # Wagtail's own Image has the same class name: these two need other reverse names.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="uploaded_images"
    )
    tags = TaggableManager(help_text=None, blank=True, verbose_name=_("tags"), related_name="pictures")

    objects = ImageQuerySet.as_manager()
    admin_form_fields = (
        "title",
        "file",
        "credit",
        "description",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = (*AbstractImage.search_fields, index.SearchField("credit"))

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        return self.description


class Rendition(AbstractRendition):
    """A scaled copy of a picture."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


def serve_media(request: HttpRequest, path: str) -> FileResponse:
    """Delivers a file of the media storage of a one-machine installation; a proxy or S3 does so in larger ones.

    Names are never reused with other content, so copies may be kept for a year. Whatever is not a picture is a
    download, and a drawing cannot run anything.
    """
    try:
        file = default_storage.open(path)
    except (OSError, SuspiciousFileOperation, ValueError) as error:  # no such file, a folder, no possible name
        raise Http404 from error
    content_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
    response: Any = FileResponse(file, as_attachment=content_type not in INLINE_TYPES, content_type=content_type)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Last-Modified"] = http_date(default_storage.get_modified_time(path).timestamp())
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response

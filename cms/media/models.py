"""Pictures with credit, and their copies in the sizes of the pages."""

import secrets
from pathlib import PurePosixPath

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, ImageQuerySet, SourceImageIOError
from wagtail.search import index

from cms.media.image_process import NotYet, turn

LONGEST_WAIT = 5  # seconds


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
    search_fields = (*AbstractImage.search_fields, index.SearchField("credit"), index.AutocompleteField("credit"))

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]
        indexes = (models.Index(fields=["file"], name="cms_image_file"),)

    def create_rendition(self, filter: Filter) -> AbstractRendition:
        """One at a time on a machine: a copy takes up to a second of a core and 100 MB."""
        try:
            with turn("copies", seconds=LONGEST_WAIT):
                return super().create_rendition(filter)
        except NotYet as error:
            raise SourceImageIOError(f"Others are making copies of pictures ({self.file.name}).") from error

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        return {filter: self.create_rendition(filter) for filter in filters}

    @property
    def default_alt_text(self) -> str:
        return self.description


class Rendition(AbstractRendition):
    """A scaled copy of a picture."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        indexes = (models.Index(fields=["file"], name="cms_rendition_file"),)

    def get_upload_to(self, filename: str) -> str:
        """In a folder named for the picture's content: a copy may be kept for ever, so no other gets its address."""
        folder = self.image.file_hash[:16] or secrets.token_hex(8)
        return str(PurePosixPath("images", folder, PurePosixPath(super().get_upload_to(filename)).name))

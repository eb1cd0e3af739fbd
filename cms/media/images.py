"""Uploaded pictures: none is kept as it came, all are decoded and written anew.

A picture may carry the place where it was taken, a second file behind its end, or a header that makes
a decoder ask for gigabytes. What is stored here is a fresh JPEG or PNG of at most 3000 pixels, without
any metadata. The name and the content type that a browser sends decide nothing.
"""

import logging
import re
from functools import cache
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from anyascii import anyascii
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, UnidentifiedImageError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.admin.refusals import Refused
from cms.media import image_decoding, image_process
from cms.media.image_decoding import FORMATS
from cms.media.image_process import NotYet

logger = logging.getLogger(__name__)

LONGEST_NAME = 80
OFFERED = gettext_lazy("The file names this credit. Please check it: it is stored when you save.")
JPEG_SCANS = 64


@cache
def register_formats() -> None:
    """For `AppConfig.ready`."""
    image_decoding.register_formats()
    Image.MAX_IMAGE_PIXELS = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS


def clean_upload(file: "File[Any]") -> SimpleUploadedFile:
    """A fresh copy of the picture in `file`, with a safe name; ValidationError if it is none we take.

    Transparent pictures and PNGs become PNG, all others JPEG: these two every browser, mail program and
    calendar shows, while Wagtail would turn WebP and AVIF photographs into PNGs ten times their size.
    Of an animation the first frame is kept.
    """
    register_formats()
    if file.size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise _too_large(file.size)
    file.open()
    data = file.read()
    if not data:
        raise ValidationError(_("This file is empty. Please choose the picture again."), code="empty")

    try:
        _look_at(data)
        content, is_png = image_process.cleaned(data)
    except ValidationError:
        raise
    except NotYet as error:
        raise ValidationError(
            _("Other pictures are being prepared right now. Please wait a moment and send this one again."),
            code="busy",
        ) from error
    except UnidentifiedImageError as error:
        raise ValidationError(
            _(
                "This file cannot be read as a picture. Pictures may be JPEG, PNG, WebP, AVIF or HEIC. "
                "Please open it in a picture program, save it as JPEG or PNG and upload the new file."
            ),
            code="unknown_format",
        ) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except MemoryError as error:
        raise ValidationError(
            _(
                "This picture needs too much memory to be opened. "
                "Please make it smaller, for example 3000 pixels wide, and upload it again."
            ),
            code="too_much_memory",
        ) from error
    # A decoder that is given a broken file may raise anything.
    except Exception as error:
        logger.info("Picture %r refused: %r", file.name, error)
        raise _damaged() from error

    extension, content_type = ("png", "image/png") if is_png else ("jpg", "image/jpeg")
    return SimpleUploadedFile(clean_name(file.name or "", extension), content, content_type)


def _look_at(data: bytes) -> None:
    """Refuse by the first bytes what need not be decoded."""
    with Image.open(BytesIO(data), formats=FORMATS) as picture:
        if picture.width * picture.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
            raise _too_many_pixels()
        # A JPEG can make the decoder pass over it thousands of times: a scan of 99 bytes takes 5 ms in a picture of
        # 50 megapixels. Real pictures have about ten; the marker also turns up by chance, once in 65,536 bytes.
        if picture.format in {"JPEG", "MPO"} and data.count(b"\xff\xda") > JPEG_SCANS + len(data) // 16_384:
            raise _damaged()


def clean_name(name: str, extension: str) -> str:
    """The file name in plain ASCII, without folders, of at most 80 characters."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    stem = re.sub(r"[^a-z0-9]+", "-", anyascii(stem).lower())
    stem = stem.strip("-")[: LONGEST_NAME - len(extension) - 1].strip("-")
    return f"{stem or 'picture'}.{extension}"


def _what_is_taken() -> str:
    return _("JPEG, PNG, WebP, AVIF or HEIC, up to %(megabytes)s MB.") % {
        "megabytes": settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE // 2**20
    }


what_is_taken = lazy(_what_is_taken, str)
"""In the language of whoever reads it."""


class PictureField(WagtailImageField):
    """Wagtail's file field with `clean_upload` in place of its checks.

    Wagtail's own decode the whole picture before they count its pixels, and let the errors of broken
    files through to the visitor as a server error.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, allow_empty_file=True, **kwargs)  # clean_upload has the better message
        # Wagtail's own is put together when the form is defined, in the language of the server.
        self.help_text = what_is_taken()

    def to_python(self, data: "UploadedFile[Any] | None") -> "UploadedFile[Any] | None":
        if data is None or forms.FileField.to_python(self, data) is None:
            return None
        data.open()
        credit = image_process.credit(data.read())
        _overwrite(data, clean_upload(data))
        data.offered_credit = credit  # type: ignore[attr-defined]
        return data


class ImageForm(BaseImageForm):
    """Every form of the admin that takes a picture."""

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.user = user
        if field := self.fields.get("file"):
            self.fields["file"] = PictureField(label=field.label, required=field.required, widget=field.widget)
            self.fields["file"].widget.attrs["data-offers-credit"] = reverse("offered_credit")
        offered = getattr(self.instance, "offered_credit", "")
        if offered and not self.instance.credit and "credit" in self.fields:
            self.initial["credit"] = offered
            self.fields["credit"].help_text = OFFERED

    def clean(self) -> dict[str, Any]:
        from cms.media import (
            credits,
            media_rights,  # which stands on the models
        )

        if self.instance.pk and self.user is not None and not media_rights.may_change(self.user, self.instance):
            raise ValidationError(_("Visitors see this picture. Please upload the new one as a picture of its own."))
        cleaned: dict[str, Any] = super().clean()
        if "credit" in cleaned and not cleaned["credit"]:
            try:
                credits.require(self.instance)
            except Refused as refused:
                self.add_error("credit", str(refused))
        if file := cleaned.get("file"):
            self.instance.offered_credit = getattr(file, "offered_credit", "")
        return cleaned


def _overwrite(upload: "UploadedFile[Any]", clean: SimpleUploadedFile) -> None:
    """Put the clean picture into the upload itself, so that its original is gone from the request.

    When only another field is wrong (a title too long), Wagtail's multiple upload does not save the
    form but stores `request.FILES` and makes an image of it later, past every form field.
    """
    upload.seek(0)
    upload.truncate()
    upload.write(clean.read())
    upload.flush()
    upload.seek(0)
    upload.name, upload.size, upload.content_type = clean.name, clean.size, clean.content_type


def _too_large(size: int) -> ValidationError:
    return ValidationError(
        _(
            "This file has %(size)s; at most %(limit)s are possible. "
            "Please make the picture smaller, for example 3000 pixels wide, and upload it again."
        ),
        code="too_large",
        params={"size": filesizeformat(size), "limit": filesizeformat(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)},
    )


def _damaged() -> ValidationError:
    return ValidationError(
        _(
            "This picture is damaged or incomplete. Please copy it from your phone or camera again, "
            "or open it in a picture program, save it as JPEG or PNG and upload the new file."
        ),
        code="damaged",
    )


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _(
            "This picture has more than %(limit)d million pixels. "
            "Please make it smaller, for example 3000 pixels wide, and upload it again."
        ),
        code="too_many_pixels",
        params={"limit": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000},
    )

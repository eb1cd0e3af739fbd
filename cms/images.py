"""Uploaded pictures: none is kept as it came, all are decoded and written anew.

A picture may carry the place where it was taken, a second file behind its end, or a header that makes
a decoder ask for gigabytes. What is stored here is a fresh JPEG or PNG of at most 3000 pixels, without
any metadata. The name and the content type that a browser sends decide nothing.
"""

import logging
import re
import subprocess  # to decode AVIF apart, see _avif_to_png
import sys
from functools import cache
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

import pillow_heif
from anyascii import anyascii
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

logger = logging.getLogger(__name__)

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
LONGEST_SIDE = 3000
LONGEST_NAME = 80
JPEG_QUALITY = 88
JPEG_SCANS = 64
AVIF_MEMORY = 1024**3  # bytes
AVIF_SECONDS = 20

UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation to the turn that undoes it (CIPA DC-008, tag 0x0112)."""


@cache
def register_formats() -> None:
    """Teach Pillow HEIC, for `AppConfig.ready`; the pictures' depth maps and thumbnails stay unread."""
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


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
        picture, is_png = _decode(data)
        content = _encode(picture, "PNG" if is_png else "JPEG")
    except ValidationError:
        raise
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
    # A decoder that is given a broken file may raise anything.
    except Exception as error:
        logger.info("Picture %r refused: %r", file.name, error)
        raise _damaged() from error

    extension, content_type = ("png", "image/png") if is_png else ("jpg", "image/jpeg")
    return SimpleUploadedFile(clean_name(file.name or "", extension), content, content_type)


def clean_name(name: str, extension: str) -> str:
    """The file name in plain ASCII, without folders, of at most 80 characters."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    stem = re.sub(r"[^a-z0-9]+", "-", anyascii(stem).lower())
    stem = stem.strip("-")[: LONGEST_NAME - len(extension) - 1].strip("-")
    return f"{stem or 'picture'}.{extension}"


class PictureField(WagtailImageField):
    """Wagtail's file field with `clean_upload` in place of its checks.

    Wagtail's own decode the whole picture before they count its pixels, and let the errors of broken
    files through to the visitor as a server error.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, allow_empty_file=True, **kwargs)  # clean_upload has the better message

    def to_python(self, data: "UploadedFile[Any] | None") -> "UploadedFile[Any] | None":
        if data is None or forms.FileField.to_python(self, data) is None:
            return None
        _overwrite(data, clean_upload(data))
        return data


class ImageForm(BaseImageForm):
    """Every form of the admin that takes a picture."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = PictureField(label=field.label, required=field.required, widget=field.widget)


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


def _decode(data: bytes) -> tuple[Image.Image, bool]:
    """The picture upright, in sRGB and no larger than wanted; and whether it needs PNG."""
    source = Image.open(BytesIO(data), formats=FORMATS)
    if source.width * source.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise _too_many_pixels()
    is_png = source.format == "PNG"
    if source.format == "AVIF":
        source = Image.open(BytesIO(_avif_to_png(data)), formats=["PNG"])
    elif source.format in {"JPEG", "MPO"}:
        _check_scans(data)
        source.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # decodes no more than needed
    source.load()
    turn = UPRIGHT.get(_orientation(source))

    picture = _in_plain_mode(source)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    picture = _in_srgb(picture, source.info.get("icc_profile"))
    if picture.mode == "RGBA":
        if picture.getchannel("A").getextrema() == (255, 255):
            picture = picture.convert("RGB")
        else:
            is_png = True
    if turn is not None:
        picture = picture.transpose(turn)
    return picture, is_png


def _encode(picture: Image.Image, image_format: str) -> bytes:
    picture.info.clear()  # Pillow writes comments, profiles and resolutions that it finds there
    output = BytesIO()
    if image_format == "JPEG":
        picture.save(output, "JPEG", quality=JPEG_QUALITY, progressive=True, optimize=True)
    else:
        picture.save(output, "PNG")
    return output.getvalue()


def _orientation(picture: Image.Image) -> int:
    try:
        return picture.getexif().get(ExifTags.Base.Orientation, 1)
    except (ArithmeticError, LookupError, OSError, SyntaxError, TypeError, ValueError) as error:
        logger.info("Picture with unreadable EXIF: %r", error)
        return 1


def _in_plain_mode(picture: Image.Image) -> Image.Image:
    """As L, RGB, RGBA or CMYK, which can be resized and have a colour profile."""
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode.startswith("I"):  # 16 bits of grey, which convert() would cut off instead of scaling
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode in {"L", "RGB", "CMYK"}:
        return picture
    return picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            converted = ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGBA" if picture.mode == "RGBA" else "RGB",
            )
        except (ImageCms.PyCMSError, OSError, SyntaxError, TypeError, ValueError) as error:
            logger.info("Picture with unusable colour profile: %r", error)
        else:
            return converted or picture
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def _check_scans(data: bytes) -> None:
    """Refuse a JPEG that makes the decoder pass over it thousands of times.

    A scan of 99 bytes takes 5 ms in a picture of 50 megapixels; the upload limit has room for 150,000.
    Real pictures have about ten. The marker also turns up by chance, once in 65,536 bytes.
    """
    if data.count(b"\xff\xda") > JPEG_SCANS + len(data) // 16_384:
        raise _damaged()


_AVIF_TO_PNG = f"""
import io, resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({AVIF_MEMORY}, {AVIF_MEMORY}))
from PIL import AvifImagePlugin, Image
AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each reserves memory
picture = Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=["AVIF"])
picture.thumbnail(({LONGEST_SIDE}, {LONGEST_SIDE}), Image.Resampling.LANCZOS)
kept = {{key: picture.info[key] for key in ("exif", "icc_profile") if key in picture.info}}
picture.save(sys.stdout.buffer, "PNG", compress_level=1, **kept)
"""


def _avif_to_png(data: bytes) -> bytes:
    """Decode AVIF in a process of its own, with limited memory.

    The size in its header binds nobody: libavif scales whatever its AV1 stream contains to it. A file of
    2 KB that claims 100 by 100 pixels has been seen to take 540 MB.
    """
    result = subprocess.run(  # noqa: S603 (a constant program; the picture is its input)
        [sys.executable, "-I", "-c", _AVIF_TO_PNG], input=data, capture_output=True, timeout=AVIF_SECONDS, check=False
    )
    if result.returncode:
        raise OSError(result.stderr.decode(errors="replace").strip().rpartition("\n")[2])
    return result.stdout


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


def _too_large(size: int) -> ValidationError:
    return ValidationError(
        _(
            "This file has %(size)s; at most %(limit)s are possible. "
            "Please make the picture smaller, for example 3000 pixels wide, and upload it again."
        ),
        code="too_large",
        params={"size": filesizeformat(size), "limit": filesizeformat(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)},
    )

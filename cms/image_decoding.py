"""Decoding pictures from anywhere, within limits of memory and time, and encoding them without metadata."""

import logging
import subprocess  # to decode AVIF apart, see _avif_to_png
import sys
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms

logger = logging.getLogger(__name__)

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
LONGEST_SIDE = 3000
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


def decode(data: bytes) -> tuple[Image.Image, bool]:
    """The picture upright, in sRGB and no larger than wanted; and whether it needs PNG."""
    source = Image.open(BytesIO(data), formats=FORMATS)
    if source.width * source.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise too_many_pixels()
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


def encode(picture: Image.Image, image_format: str) -> bytes:
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
        raise damaged()


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


def damaged() -> ValidationError:
    return ValidationError(
        _(
            "This picture is damaged or incomplete. Please copy it from your phone or camera again, "
            "or open it in a picture program, save it as JPEG or PNG and upload the new file."
        ),
        code="damaged",
    )


def too_many_pixels() -> ValidationError:
    return ValidationError(
        _(
            "This picture has more than %(limit)d million pixels. "
            "Please make it smaller, for example 3000 pixels wide, and upload it again."
        ),
        code="too_many_pixels",
        params={"limit": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000},
    )

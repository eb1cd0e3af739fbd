"""Decoding pictures from anywhere, within limits of memory and time, and encoding them without metadata.

Knows nothing of the platform: ``image_process`` runs it as a program of its own, where a picture that asks for
too much ends that program and nothing else. Reads the picture, writes one line of JSON and the new picture.
"""

import json
import os
import resource
import sys
from io import BytesIO

import pillow_heif
from PIL import ExifTags, Image, ImageCms

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
LONGEST_SIDE = 3000
JPEG_QUALITY = 88
LESS_IMPORTANT = 5

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


def register_formats() -> None:
    """Teach Pillow HEIC; the pictures' depth maps and thumbnails stay unread."""
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def decode(data: bytes) -> tuple[Image.Image, bool]:
    """The picture upright, in sRGB and no larger than wanted; and whether it needs PNG."""
    source = Image.open(BytesIO(data), formats=FORMATS)
    is_png = source.format == "PNG"
    if source.format in {"JPEG", "MPO"}:
        source.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # decodes no more than needed
    source.load()
    turn, profile = UPRIGHT.get(_orientation(source)), source.info.get("icc_profile")

    picture = _in_plain_mode(source)
    del source
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=1.0)
    picture = _in_srgb(picture, profile)
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
    except (ArithmeticError, LookupError, OSError, SyntaxError, TypeError, ValueError):
        return 1


def _in_plain_mode(picture: Image.Image) -> Image.Image:
    """As L, RGB, RGBA or CMYK, which can be resized and have a colour profile."""
    if picture.mode.startswith("I"):  # 16 bits of grey, which convert() would cut off instead of scaling
        return _in_eight_bits(picture)
    transparent = picture.info.get("transparency")
    if picture.mode == "RGB" and isinstance(transparent, tuple) and max(transparent) > 255:
        # 16 bits a colour, of which Pillow has kept the upper eight, and not of the transparent one.
        picture.info["transparency"] = tuple(value >> 8 for value in transparent)
    if picture.mode == "RGBA":
        return picture
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode in {"L", "RGB", "CMYK"}:
        return picture
    return picture.convert("RGB")


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    transparent = picture.info.get("transparency")
    if picture.mode != "I":
        picture = picture.convert("I")
    grey = picture.point(lambda value: value * (1 / 256)).convert("L")
    if not isinstance(transparent, int):
        return grey
    result = grey.convert("RGBA")
    result.putalpha(picture.point([0 if value == transparent else 255 for value in range(65_536)], "L"))
    return result


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            converted = ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGBA" if picture.mode == "RGBA" else "RGB",
            )
        except (ImageCms.PyCMSError, OSError, SyntaxError, TypeError, ValueError):
            pass  # a profile that does not fit
        else:
            return converted or picture
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def main(memory: int, seconds: int, most_pixels: int) -> None:
    """Of the picture on standard input; with lower importance than the requests of visitors."""
    os.nice(LESS_IMPORTANT)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    Image.MAX_IMAGE_PIXELS = most_pixels
    register_formats()
    from PIL import AvifImagePlugin

    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each reserves memory
    picture, is_png = decode(sys.stdin.buffer.read())
    content = encode(picture, "PNG" if is_png else "JPEG")
    sys.stdout.buffer.write(json.dumps({"is_png": is_png}).encode() + b"\n" + content)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))

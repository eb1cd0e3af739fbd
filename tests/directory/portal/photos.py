"""Photographs as phones make them: lying on their side, with the place where they were taken."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

ROTATED = 6
"""The camera was held upright: the picture has to be turned by a quarter."""


def photo(name: str = "IMG_0001.JPG", *, size: tuple[int, int] = (400, 300), colour: str = "teal") -> bytes:
    picture = Image.new("RGB", size, colour)
    exif = picture.getexif()
    exif[ExifTags.Base.Orientation] = ROTATED
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (51.0, 21.0, 29.0)
    output = BytesIO()
    picture.save(output, "JPEG", exif=exif)
    return output.getvalue()


def upload(name: str = "IMG_0001.JPG", content: bytes | None = None, **options: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo(**options) if content is None else content, "image/jpeg")

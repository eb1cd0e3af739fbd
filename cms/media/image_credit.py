"""Who made a picture and who owns it, as the file itself says: EXIF, IPTC-IIM and XMP.

Knows nothing of the platform: ``image_process`` runs it as a program of its own. Reads the picture, writes one
line of JSON. Whatever a file claims is one line of plain text for a person to confirm.
"""

import json
import re
import resource
import sys
import unicodedata
from contextlib import suppress
from io import BytesIO
from typing import Any

import pillow_heif
from PIL import Image, IptcImagePlugin

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
LONGEST = 255
BY_LINE, IPTC_CREDIT, COPYRIGHT_NOTICE = (2, 80), (2, 110), (2, 116)
ARTIST, COPYRIGHT, XP_AUTHOR = 0x013B, 0x8298, 0x9C9D
OF_CAMERAS = {"", "unknown", "none", "default", "photographer", "copyright", "artist", "owner"}
"""What cameras write when nobody has told them a name."""


def offered(picture: Image.Image) -> str:
    """„Name / owner“; empty when the file says nothing. Raises nothing, whatever the file holds."""
    makers: list[str] = []
    owners: list[str] = []
    for read in (_iptc, _xmp, _exif):  # the most deliberate first
        try:
            maker, owner = read(picture)
        except Exception:  # noqa: BLE001, S112 (a parser that is given a broken file may raise anything)
            continue
        makers.append(maker)
        owners.append(owner)
    maker = next(filter(None, makers), "")
    owner = next(filter(None, owners), "")
    if maker.casefold() in owner.casefold():
        return owner[:LONGEST]
    return (maker if owner.casefold() in maker.casefold() else f"{maker} / {owner}")[:LONGEST]


def _iptc(picture: Image.Image) -> tuple[str, str]:
    found: dict[Any, Any] = IptcImagePlugin.getiptcinfo(picture) or {}  # type: ignore[arg-type]
    owner = line(found.get(COPYRIGHT_NOTICE)) or line(found.get(IPTC_CREDIT))
    return line(found.get(BY_LINE)), owner


def _exif(picture: Image.Image) -> tuple[str, str]:
    exif = picture.getexif()
    author = exif.get(XP_AUTHOR)
    if isinstance(author, bytes | tuple):
        author = bytes(author).decode("utf-16-le", errors="ignore")
    return line(exif.get(ARTIST)) or line(author), line(exif.get(COPYRIGHT))


def _xmp(picture: Image.Image) -> tuple[str, str]:
    """``dc:creator``, ``dc:rights`` and ``photoshop:Credit``; Pillow's reader refuses entities."""
    makers: list[str] = []
    owners: list[str] = []
    _gather(picture.getxmp(), makers, owners, depth=0)
    return line(makers), line(owners[:1])


def _gather(value: Any, makers: list[str], owners: list[str], depth: int) -> None:
    if depth > 12 or not isinstance(value, dict | list):
        return
    for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if name == "creator":
            makers += _texts(inner, 0)
        elif name in {"rights", "Credit"}:
            owners += _texts(inner, 0)
        else:
            _gather(inner, makers, owners, depth + 1)


def _texts(value: Any, depth: int) -> list[str]:
    if isinstance(value, str):
        return [value]
    if depth > 6 or not isinstance(value, dict | list):
        return []
    if isinstance(value, dict):
        return [text for name, inner in value.items() if name != "lang" for text in _texts(inner, depth + 1)]
    return [text for inner in value for text in _texts(inner, depth + 1)]


def line(value: Any) -> str:
    """One line of what people read: no control or direction signs, no "©" and year before it, no camera's filler."""
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(filter(None, (line(each) for each in value[:5]))))[:LONGEST]
    if isinstance(value, bytes):
        try:
            value = value.decode()
        except UnicodeDecodeError:
            value = value.decode("latin-1")
    if not isinstance(value, str):
        return ""
    with suppress(UnicodeDecodeError, UnicodeEncodeError):
        value = value.encode("latin-1").decode()  # EXIF is read as Latin-1, and often written as UTF-8
    kept = (sign if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"} else " " for sign in value[:2000])
    text = " ".join("".join(kept).split())
    text = re.sub(r"^((©|\(c\)|copyright|foto:|photo:|by)\s*)+", "", text, flags=re.IGNORECASE)
    text = re.sub(r"^(19|20)\d\d\s*[,:]?\s+(?=\w)", "", text).strip(" ,;/-–")
    return "" if text.casefold() in OF_CAMERAS else text[:LONGEST]


def main(memory: int, seconds: int) -> None:
    """Of the picture on standard input, whose pixels stay unread."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    with Image.open(BytesIO(sys.stdin.buffer.read()), formats=FORMATS) as picture:
        json.dump(offered(picture), sys.stdout)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))

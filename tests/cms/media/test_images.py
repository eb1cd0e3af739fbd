"""Uploaded pictures: what comes in is really made here, what is stored is taken apart by hand."""

import struct
import subprocess
import sys
import threading
import time
import tracemalloc
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms, PngImagePlugin
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, UploadedFile
from wagtail.users.models import UserProfile

from cms.media import image_decoding, image_process, images
from cms.media.image_process import NotYet, turn
from cms.media.images import clean_name, clean_upload

images.register_formats()
pytestmark = pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 160, 30), (30, 30, 200), (255, 255, 255)
SECRET = b"Musterweg 7"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>Musterweg 7</dc:creator></x:xmpmeta>'


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


# Making pictures


def quarters() -> Image.Image:
    """Wider than high, every corner of another colour: shows each turn and each mirroring."""
    picture = Image.new("RGB", (64, 32), WHITE)
    picture.paste(RED, (0, 0, 32, 16))
    picture.paste(GREEN, (32, 0, 64, 16))
    picture.paste(BLUE, (0, 16, 32, 32))
    return picture


def encoded(picture: Image.Image, image_format: str, **options: Any) -> bytes:
    output = BytesIO()
    picture.save(output, image_format, **options)
    return output.getvalue()


def exif(orientation: int = 1) -> bytes:
    tags = Image.Exif()
    tags[ExifTags.Base.Orientation] = orientation
    tags[ExifTags.Base.Artist] = SECRET.decode()
    tags.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (51.0, 21.0, 30.0), 3: "E", 4: (7.0, 28.0, 12.0)})
    return tags.tobytes()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def huge_png(width: int, height: int) -> bytes:
    """A few bytes that claim a picture of any size."""
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(bytes(100_000), 9))
        + chunk(b"IEND", b"")
    )


def jpeg_of_many_scans(scans: int) -> bytes:
    whole = encoded(quarters(), "JPEG", progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * scans + whole[-2:]


def lying_avif(side: int) -> bytes:
    """An AVIF whose container says 100 by 100 pixels and whose AV1 stream has many more."""
    data = bytearray(encoded(Image.new("RGB", (side, side), RED), "AVIF", speed=10, quality=1, subsampling="4:4:4"))
    place = data.find(b"ispe")
    data[place + 8 : place + 16] = struct.pack(">II", 100, 100)
    return bytes(data)


def zipped() -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("evil.html", "<script>alert(1)</script>")
    return output.getvalue()


JPEG = encoded(quarters(), "JPEG", quality=95, subsampling=0)
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'


# Looking at the result


def clean(data: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return clean_upload(ContentFile(data, name=name))


def opened(upload: SimpleUploadedFile) -> Image.Image:
    upload.seek(0)
    return Image.open(BytesIO(upload.read()))


def parts(data: bytes) -> list[bytes]:
    """The segments of a JPEG or the chunks of a PNG, read to its very last byte."""
    found = []
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        position = 8
        while position < len(data):
            length = struct.unpack(">I", data[position : position + 4])[0]
            found.append(data[position + 4 : position + 8])
            position += length + 12
        assert found[-1] == b"IEND"
        return found
    assert data.startswith(b"\xff\xd8")
    position = 2
    while (marker := data[position : position + 2]) != b"\xff\xd9":
        assert marker[0] == 0xFF
        found.append(marker)
        position += 2 + struct.unpack(">H", data[position + 2 : position + 4])[0]
        if marker == b"\xff\xda":  # the compressed pixels, in which FF is followed by 00
            while data[position] != 0xFF or data[position + 1] == 0:
                position += 1
    assert position + 2 == len(data)
    return found


def has_nothing_but_pixels(upload: SimpleUploadedFile) -> bool:
    upload.seek(0)
    data = upload.read()
    jfif_tables_frame_scans = {b"\xff\xe0", b"\xff\xdb", b"\xff\xc0", b"\xff\xc2", b"\xff\xc4", b"\xff\xda"}
    return SECRET not in data and set(parts(data)) <= jfif_tables_frame_scans | {b"IHDR", b"IDAT", b"IEND"}


def like(pixel: Any, colour: tuple[int, ...], tolerance: int = 12) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(pixel, colour, strict=True))


def corners(picture: Image.Image) -> list[Any]:
    right, bottom = picture.width - 5, picture.height - 5
    return [picture.getpixel(place) for place in ((4, 4), (right, 4), (4, bottom), (right, bottom))]


def stands_upright(picture: Image.Image) -> bool:
    return picture.size == (64, 32) and all(map(like, corners(picture), (RED, GREEN, BLUE, WHITE)))


# Formats


@pytest.mark.parametrize(
    ("image_format", "options", "extension"),
    [
        ("JPEG", {"quality": 95, "subsampling": 0}, "jpg"),
        ("PNG", {}, "png"),
        ("WEBP", {"lossless": True}, "jpg"),
        ("AVIF", {"quality": 95, "subsampling": "4:4:4"}, "jpg"),
        ("HEIF", {"quality": 95, "chroma": 444}, "jpg"),
    ],
)
def test_each_format_loses_its_metadata_and_keeps_its_picture(image_format, options, extension):
    data = encoded(quarters(), image_format, exif=exif(), xmp=XMP, **options)
    assert SECRET in data
    upload = clean(data, "photo.bin")
    assert upload.name == f"photo.{extension}"
    assert upload.content_type == {"jpg": "image/jpeg", "png": "image/png"}[extension]
    assert stands_upright(opened(upload))
    assert has_nothing_but_pixels(upload)


@pytest.mark.parametrize("image_format", ["PNG", "WEBP", "AVIF", "HEIF"])
def test_transparency_survives_as_png(image_format):
    picture = quarters().convert("RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, 16, 16))
    upload = clean(encoded(picture, image_format))
    assert upload.name == "photo.png"
    result = opened(upload)
    assert result.mode == "RGBA"
    assert result.getpixel((2, 2))[3] < 10
    assert result.getpixel((60, 28))[3] > 245


def test_an_alpha_channel_without_transparency_is_dropped():
    assert clean(encoded(quarters().convert("RGBA"), "WEBP", lossless=True)).name == "photo.jpg"
    assert opened(clean(encoded(quarters().convert("RGBA"), "PNG"))).mode == "RGB"


def test_palette_with_transparency():
    picture = quarters().quantize(8)
    index = picture.getpixel((2, 2))
    result = opened(clean(encoded(picture, "PNG", transparency=index)))
    assert result.getpixel((2, 2))[3] == 0
    assert like(result.getpixel((60, 4)), (*GREEN, 255))


def test_sixteen_bits_of_grey_are_scaled_not_cut_off():
    picture = Image.new("I;16", (3, 1))
    for x, value in enumerate((0, 32_768, 65_535)):
        picture.putpixel((x, 0), value)
    result = opened(clean(encoded(picture, "PNG")))
    assert [result.getpixel((x, 0)) for x in range(3)] == [0, 128, 255]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA"])
def test_other_modes_of_png(mode):
    upload = clean(encoded(quarters().convert("LA" if mode == "PA" else mode), "PNG"))
    assert opened(upload).size == (64, 32)
    assert has_nothing_but_pixels(upload)


def test_cmyk_jpeg_becomes_rgb():
    result = opened(clean(encoded(quarters().convert("CMYK"), "JPEG", quality=95)))
    assert result.mode == "RGB"
    assert stands_upright(result)


def test_grey_jpeg_stays_grey():
    assert opened(clean(encoded(quarters().convert("L"), "JPEG"))).mode == "L"


def test_jpegs_are_progressive():
    assert opened(clean(JPEG)).info["progressive"]


def test_colours_are_converted_to_srgb_before_the_profile_goes():
    upload = clean(encoded(quarters(), "PNG", icc_profile=swapped_srgb()))
    assert corners(opened(upload))[0] == pytest.approx(RED[::-1], abs=3)
    assert has_nothing_but_pixels(upload)


def swapped_srgb() -> bytes:
    """sRGB with the columns of red and blue exchanged."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ", 128), profile.index(b"bXYZ", 128)
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(profile)


@pytest.mark.parametrize("profile", [b"rubbish", swapped_srgb()])
def test_a_profile_that_does_not_fit_is_ignored(profile):
    upload = clean(encoded(quarters().convert("L"), "JPEG", icc_profile=profile))
    assert opened(upload).size == (64, 32)
    assert has_nothing_but_pixels(upload)


def test_one_pixel():
    assert opened(clean(encoded(Image.new("RGB", (1, 1), RED), "PNG"))).getpixel((0, 0)) == RED


@pytest.mark.parametrize("image_format", ["JPEG", "PNG"])
def test_the_longest_side_is_shrunk(image_format):
    upload = clean(encoded(Image.new("RGB", (4000, 1000), RED), image_format))
    assert opened(upload).size == (3000, 750)


def test_a_line_is_shrunk_too():
    assert opened(clean(encoded(Image.new("L", (9000, 1)), "PNG"))).size == (3000, 1)


@pytest.mark.parametrize("image_format", ["PNG", "WEBP", "AVIF"])
def test_of_an_animation_the_first_frame_stays(image_format):
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, GREEN, BLUE)]
    data = encoded(frames[0], image_format, save_all=True, append_images=frames[1:], duration=100)
    upload = clean(data)
    assert like(opened(upload).convert("RGB").getpixel((9, 9)), RED)
    assert has_nothing_but_pixels(upload)


def test_of_several_pictures_in_a_phones_jpeg_the_first_stays():
    data = encoded(quarters(), "MPO", save_all=True, append_images=[Image.new("RGB", (20, 20), RED)], quality=95)
    assert Image.open(BytesIO(data)).format == "MPO"
    upload = clean(data)
    assert stands_upright(opened(upload))
    assert has_nothing_but_pixels(upload)


# Orientation and metadata


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_every_orientation_is_turned_upright(image_format, orientation):
    quarter_turns = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    turn = quarter_turns.get(orientation, image_decoding.UPRIGHT.get(orientation))  # all others undo themselves
    stored = quarters() if turn is None else quarters().transpose(turn)
    options = {
        "JPEG": {"quality": 95},
        "WEBP": {"lossless": True},
        "HEIF": {"quality": 95, "chroma": 444},  # written as a turn of the container, which comes before EXIF
    }.get(image_format, {})
    upload = clean(encoded(stored, image_format, exif=exif(orientation), **options))
    assert stands_upright(opened(upload))
    assert has_nothing_but_pixels(upload)


def test_the_table_of_turns_is_that_of_the_exif_standard():
    """Where row 0 and column 0 of the stored picture are seen (CIPA DC-008, 4.6.5.1.1): 6 is right, top."""
    stored = Image.new("RGB", (64, 32), WHITE)
    stored.paste(RED, (0, 0, 16, 8))
    seen_at = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}
    for orientation, (x, y) in seen_at.items():
        result = opened(clean(encoded(stored, "PNG", exif=exif(orientation))))
        assert result.size == ((64, 32) if orientation < 5 else (32, 64))
        assert result.getpixel((x * (result.width - 1), y * (result.height - 1))) == RED, orientation


def test_avif_is_turned_upright():
    stored = quarters().transpose(Image.Transpose.ROTATE_90)
    upload = clean(encoded(stored, "AVIF", exif=exif(6), quality=95, subsampling="4:4:4"))
    assert stands_upright(opened(upload))


def test_broken_exif_does_not_cost_the_picture():
    upload = clean(encoded(quarters(), "JPEG", exif=b"Exif\0\0rubbish rubbish", quality=95))
    assert stands_upright(opened(upload))


def test_texts_in_a_png_are_removed():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", SECRET.decode())
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    texts.add(b"prVt", SECRET)
    upload = clean(encoded(quarters(), "PNG", pnginfo=texts, dpi=(300, 300)))
    assert parts(upload.read())[0] == b"IHDR"
    assert has_nothing_but_pixels(upload)


def test_comment_and_iptc_of_a_jpeg_are_removed():
    data = encoded(quarters(), "JPEG", comment=SECRET)
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + SECRET
    data = data[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + data[2:]
    assert has_nothing_but_pixels(clean(data))


# Hostile and broken files


@pytest.mark.parametrize("appended", [HTML, zipped(), b"\0" * 1000, SVG])
@pytest.mark.parametrize("image_format", ["JPEG", "PNG"])
def test_what_follows_the_picture_is_cut_off(image_format, appended):
    upload = clean(encoded(quarters(), image_format, quality=95) + appended)
    assert stands_upright(opened(upload))
    assert has_nothing_but_pixels(upload)
    assert not zipfile.is_zipfile(upload)


def test_the_content_decides_not_the_name():
    upload = clean(encoded(quarters(), "PNG"), "photo.jpg")
    assert upload.name == "photo.png"
    assert upload.content_type == "image/png"


BROKEN = {
    "nothing": (b"", "empty"),
    "HTML": (HTML, "unknown_format"),
    "SVG": (SVG, "unknown_format"),
    "GIF": (encoded(quarters(), "GIF"), "unknown_format"),
    "TIFF": (encoded(quarters(), "TIFF"), "unknown_format"),
    "BMP": (encoded(quarters(), "BMP"), "unknown_format"),
    "PDF": (encoded(quarters(), "PDF"), "unknown_format"),
    "ZIP": (zipped(), "unknown_format"),
    "HTML before a JPEG": (HTML + JPEG, "unknown_format"),
    "the first bytes of a JPEG": (JPEG[:4], "unknown_format"),
    "half a JPEG": (JPEG[: len(JPEG) // 2], "damaged"),
    "half a PNG": (encoded(Image.effect_noise((64, 64), 90), "PNG")[:2000], "damaged"),
    "half a WebP": (encoded(Image.effect_noise((64, 64), 90).convert("RGB"), "WEBP")[:-600], "damaged"),
    "half an AVIF": (encoded(Image.effect_noise((64, 64), 90), "AVIF")[:-900], "unknown_format"),
    "half a HEIC": (encoded(Image.effect_noise((64, 64), 90), "HEIF")[:-900], "damaged"),
    "a PNG with a wrong checksum": (huge_png(9, 9).replace(b"\x08\x02", b"\x08\x06", 1), "unknown_format"),
    "a JPEG of 2000 scans": (jpeg_of_many_scans(2000), "damaged"),
    "125 megapixels": (huge_png(12_500, 10_000), "too_many_pixels"),
    "10 gigapixels": (huge_png(100_000, 100_000), "too_many_pixels"),
}


@pytest.mark.parametrize(("data", "code"), BROKEN.values(), ids=BROKEN)
def test_no_picture_no_upload(data, code):
    with pytest.raises(ValidationError) as refused:
        clean(data)
    assert refused.value.code == code
    assert "Please" in refused.value.messages[0]


def test_a_picture_of_normal_scans_passes():
    assert stands_upright(opened(clean(jpeg_of_many_scans(1))))


def test_a_small_file_of_many_pixels_takes_no_memory():
    data = huge_png(12_500, 10_000)
    tracemalloc.start()
    try:
        with pytest.raises(ValidationError, match="more than 110 million pixels"):
            clean(data)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("data", [lying_avif(6000), encoded(Image.new("RGB", (7000, 5000), RED), "PNG")])
def test_a_picture_that_needs_more_memory_than_there_is_for_it_is_refused(monkeypatch, data):
    monkeypatch.setattr(image_process, "MEMORY", 160_000_000)
    assert opened(clean(lying_avif(200))).size == (100, 100)
    with pytest.raises(ValidationError) as refused:
        clean(data)
    assert refused.value.code in {"damaged", "too_much_memory"}


def test_a_picture_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(image_process, "SECONDS", 0.005)
    with pytest.raises(ValidationError) as refused:
        clean(encoded(quarters(), "AVIF"))
    assert refused.value.code == "damaged"


# Large pictures, and many at once


def gradient(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    return Image.radial_gradient("L").resize(size, Image.Resampling.NEAREST).convert(mode)


@pytest.mark.parametrize(
    ("size", "image_format", "shrunk"),
    [
        ((8160, 6144), "JPEG", (3000, 2259)),
        ((8160, 6144), "PNG", (3000, 2259)),
        ((16_000, 3000), "JPEG", (3000, 562)),
        ((16_000, 3000), "PNG", (3000, 562)),
        ((3000, 16_000), "PNG", (562, 3000)),
        ((12_000, 9000), "JPEG", (3000, 2250)),
    ],
)
def test_photographs_and_panoramas_of_phones_are_shrunk(size, image_format, shrunk):
    data = encoded(gradient(size), image_format)
    result = opened(clean(data))
    assert result.size == pytest.approx(shrunk, abs=1)
    middle, corner = result.getpixel((result.width // 2, result.height // 2)), result.getpixel((0, 0))
    assert sum(middle) < 30 < 600 < sum(corner)


def test_sixteen_bits_of_grey_with_a_transparent_grey_keep_their_picture():
    picture = Image.new("I;16", (4, 1))
    for x, value in enumerate((0, 32_768, 32_769, 65_535)):
        picture.putpixel((x, 0), value)
    data = encoded(picture, "PNG")
    end_of_header = 8 + 25
    data = data[:end_of_header] + chunk(b"tRNS", struct.pack(">H", 32_769)) + data[end_of_header:]
    result = opened(clean(data))
    assert [result.getpixel((x, 0))[0] for x in (0, 1, 3)] == [0, 128, 255]
    assert [result.getpixel((x, 0))[3] for x in range(4)] == [255, 255, 0, 255]


def sixteen_bit_png(pixels: bytes, width: int, colour_type: int, extra: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, 1, 16, colour_type, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0" + pixels))
    return b"\x89PNG\r\n\x1a\n" + head + extra + body + chunk(b"IEND", b"")


def test_sixteen_bits_of_grey_with_an_alpha_channel_keep_their_picture():
    pixels = struct.pack(">6H", 0, 65_535, 32_768, 65_535, 65_535, 0)
    result = opened(clean(sixteen_bit_png(pixels, 3, 4)))
    assert [result.getpixel((x, 0))[0] for x in range(2)] == [0, 128]
    assert [result.getpixel((x, 0))[3] for x in range(3)] == [255, 255, 0]


def test_sixteen_bits_a_colour_with_a_transparent_one_keep_their_picture():
    pixels = struct.pack(">6H", 65_535, 0, 0, 0, 32_768, 65_535)
    transparent = chunk(b"tRNS", struct.pack(">3H", 0, 32_768, 65_535))
    result = opened(clean(sixteen_bit_png(pixels, 2, 2, transparent)))
    assert result.getpixel((0, 0)) == (255, 0, 0, 255)
    assert result.getpixel((1, 0))[3] == 0


def test_who_cannot_get_a_turn_is_told_so_at_once_or_soon(monkeypatch):
    monkeypatch.setattr(image_process, "WAITING_SECONDS", 0.2)
    with turn("pictures", seconds=0), pytest.raises(ValidationError) as refused:
        clean(JPEG)
    assert refused.value.code == "busy"
    assert stands_upright(opened(clean(JPEG)))


def test_few_uploads_of_a_server_wait_and_the_others_leave_its_threads_free():
    answers = []

    def upload_one() -> None:
        try:
            answers.append(clean(JPEG))
        except ValidationError as error:
            answers.append(error.code)

    threads = [threading.Thread(target=upload_one) for _ in range(8)]
    with turn("pictures", seconds=0):
        for thread in threads:
            thread.start()
        wait_until(lambda: answers.count("busy") == 8 - image_process.WAITING_HERE)
    for thread in threads:
        thread.join()
    assert answers.count("busy") == 8 - image_process.WAITING_HERE
    assert [stands_upright(opened(each)) for each in answers if each != "busy"] == [True] * image_process.WAITING_HERE


def wait_until(condition) -> None:
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_turn_ends_with_the_process_that_had_it(settings):
    program = (
        "import fcntl, sys, time\nfile = open(sys.argv[1], 'w')\nfcntl.flock(file, fcntl.LOCK_EX)\n"
        "print('has it', flush=True)\ntime.sleep(60)"
    )
    path = str(Path(settings.DATA_DIR, "turn-pictures"))
    with subprocess.Popen([sys.executable, "-c", program, path], stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout.readline()
        with pytest.raises(NotYet), turn("pictures", seconds=0):
            pass
        process.kill()
        with turn("pictures", seconds=5):
            pass


def test_too_many_bytes(settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100
    with pytest.raises(ValidationError, match="at most 100"):
        clean(JPEG)


@given(st.binary(max_size=200), st.sampled_from([b"", JPEG[:200], huge_png(9, 9)[:40], b"RIFF\x40\0\0\0WEBPVP8X"]))
def test_rubbish_ends_in_a_message(rubbish, start):
    with pytest.raises(ValidationError):
        clean(start + rubbish)


# File names


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("Sommerfest 2025.JPG", "sommerfest-2025.jpg"),
        ("../../etc/passwd.png", "passwd.jpg"),
        ("..\\..\\C:\\boot.png", "boot.jpg"),
        ("..", "picture.jpg"),
        ("", "picture.jpg"),
        (".htaccess", "htaccess.jpg"),
        ("evil.php.jpg", "evil-php.jpg"),
        ("gpj.\u202egnp.exe", "gpj-gnp.jpg"),
        ("Фото.heic", "foto.jpg"),
        ("Grüße an\x00 alle\n.png", "grusse-an-alle.jpg"),
        ("<script>alert(1)<.png", "script-alert-1.jpg"),
        ("\u200f\u202b.png", "picture.jpg"),
    ],
)
def test_names_become_plain(name, cleaned):
    assert clean_name(name, "jpg") == cleaned


@given(st.one_of(st.text(), st.text(min_size=200, max_size=300)))
def test_no_name_is_long_or_leads_elsewhere(name):
    cleaned = clean_name(name, "jpg")
    assert len(cleaned) <= 80
    assert cleaned.isascii()
    assert Path(cleaned).name == cleaned
    assert cleaned.removesuffix(".jpg").strip("-").replace("-", "").isalnum()


# The forms and views of the admin


@pytest.fixture
def media(settings, tmp_path) -> Path:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    return tmp_path


@pytest.fixture
def admin(db, media) -> Client:
    client = Client()
    user = get_user_model().objects.create_superuser("admin@example.org")
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


def stored(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def secret_jpeg() -> bytes:
    return encoded(quarters(), "JPEG", exif=exif(), comment=SECRET) + HTML


def upload(name: str = "photo.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, secret_jpeg() if data is None else data, "image/jpeg")


def add(admin: Client, file: SimpleUploadedFile, **fields: Any) -> Any:
    root = Collection.get_first_root_node()
    data = {"title": "Sommerfest", "file": file, "collection": root.pk, **fields}
    return admin.post(reverse("wagtailimages:add"), data)


def add_multiple(admin: Client, file: SimpleUploadedFile, **fields: Any) -> Any:
    data = {"title": "Sommerfest", "files[]": file, "collection": Collection.get_first_root_node().pk, **fields}
    return admin.post(reverse("wagtailimages:add_multiple"), data)


def add_in_chooser(admin: Client, file: SimpleUploadedFile) -> Any:
    root = Collection.get_first_root_node()
    data = {"title": "Sommerfest", "file": file, "collection": root.pk}
    data = {f"image-chooser-upload-{name}": value for name, value in data.items()}
    return admin.post(reverse("wagtailimages_chooser:create"), data)


WAYS = [add, add_multiple, add_in_chooser]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("in_memory", [2_621_440, 0], ids=["in memory", "in a temporary file"])
def test_every_way_into_the_admin_stores_only_the_clean_copy(admin, media, settings, way, in_memory):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = in_memory
    assert way(admin, upload()).status_code in {200, 302}
    image = get_image_model().objects.get()
    assert (image.width, image.height) == (64, 32)
    assert image.file.name.endswith("/photo.jpg")
    for path in stored(media):
        assert SECRET not in path.read_bytes()
    assert has_nothing_but_pixels(SimpleUploadedFile("photo.jpg", Path(image.file.path).read_bytes()))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "kind", ["nothing", "HTML", "SVG", "half a JPEG", "half a HEIC", "125 megapixels", "10 gigapixels"]
)
def test_every_way_into_the_admin_answers_a_broken_file_with_a_message(admin, media, way, kind):
    data, _code = BROKEN[kind]
    with pytest.raises(ValidationError) as refused:
        clean(data)
    response = way(admin, upload(data=data))
    assert response.status_code == 200
    assert refused.value.messages[0] in response.content.decode()
    assert not get_image_model().objects.exists()
    assert not UploadedFile.objects.exists()
    assert stored(media) == []


@pytest.mark.parametrize("image_format", ["HEIF", "AVIF", "WEBP"])
@pytest.mark.parametrize("way", WAYS)
def test_phone_pictures_become_jpeg_in_every_way(admin, way, image_format):
    way(admin, upload("IMG_0001.HEIC", encoded(quarters(), image_format)))
    assert get_image_model().objects.get().file.name.endswith("/img-0001.jpg")


@pytest.mark.parametrize("name", ["../../x/evil.jpg", "\u202egpj.evil.jpg", "a" * 300 + ".jpg", "Фото.jpg"])
@pytest.mark.parametrize("way", WAYS)
def test_stored_names_are_plain(admin, media, way, name):
    way(admin, upload(name))
    image = get_image_model().objects.get()
    assert image.file.name.isascii()
    assert Path(image.file.path).parent == media / "original_images"


@pytest.mark.parametrize("in_memory", [2_621_440, 0], ids=["in memory", "in a temporary file"])
def test_multiple_upload_with_another_wrong_field_keeps_only_the_clean_copy(admin, media, settings, in_memory):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = in_memory
    response = add_multiple(admin, upload(), title="x" * 300).json()
    pending = UploadedFile.objects.get()
    [path] = stored(media)
    assert path.name == "photo.jpg"
    assert has_nothing_but_pixels(SimpleUploadedFile("photo.jpg", path.read_bytes()))

    prefix = f"uploaded-image-{response['uploaded_file_id']}"
    admin.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[pending.pk]),
        {f"{prefix}-title": "Sommerfest", f"{prefix}-collection": Collection.get_first_root_node().pk},
    )
    image = get_image_model().objects.get()
    assert has_nothing_but_pixels(SimpleUploadedFile("photo.jpg", Path(image.file.path).read_bytes()))


def edit(admin: Client, image: Any, **fields: Any) -> Any:
    data = {"title": "Neu", "collection": image.collection_id, **fields}
    return admin.post(reverse("wagtailimages:edit", args=[image.pk]), data)


def test_editing_without_a_file_leaves_the_picture_alone(admin):
    add(admin, upload())
    image = get_image_model().objects.get()
    before = (image.file.name, Path(image.file.path).read_bytes())
    assert edit(admin, image).status_code == 302
    image.refresh_from_db()
    assert image.title == "Neu"
    assert (image.file.name, Path(image.file.path).read_bytes()) == before


def test_a_replaced_file_is_cleaned_too(admin, media):
    add(admin, upload())
    image = get_image_model().objects.get()
    assert edit(admin, image, file=upload("neu.png", encoded(quarters(), "PNG", exif=exif()))).status_code == 302
    image = get_image_model().objects.get()
    assert image.file.name.endswith("/neu.png")
    assert image.file_size == len(Path(image.file.path).read_bytes())
    assert has_nothing_but_pixels(SimpleUploadedFile("neu.png", Path(image.file.path).read_bytes()))
    assert not any(SECRET in path.read_bytes() for path in stored(media))


def test_a_broken_replacement_leaves_the_old_file(admin):
    add(admin, upload())
    image = get_image_model().objects.get()
    before = Path(image.file.path).read_bytes()
    response = edit(admin, image, file=upload(data=JPEG[: len(JPEG) // 2]))
    assert response.status_code == 200
    image = get_image_model().objects.get()
    assert image.title == "Sommerfest"
    assert Path(image.file.path).read_bytes() == before


def test_the_form_of_several_uploaded_images_has_no_file_field(admin):
    response = add_multiple(admin, upload()).json()
    prefix = f"image-{response['image_id']}"
    answer = admin.post(
        reverse("wagtailimages:edit_multiple", args=[response["image_id"]]),
        {f"{prefix}-title": "Neu", f"{prefix}-collection": Collection.get_first_root_node().pk},
    )
    assert answer.json()["success"] is True


def test_the_field_says_what_may_be_uploaded(admin):
    html = admin.get(reverse("wagtailimages:add")).content.decode()
    assert "HEIC" in html
    assert admin.get(reverse("wagtailimages:add_multiple")).status_code == 200


@pytest.mark.django_db
def test_the_original_is_gone_from_the_request():
    original = TemporaryUploadedFile("photo.jpg", "text/html", 0, None)
    original.write(secret_jpeg())
    original.size = original.tell()
    form = get_image_form(get_image_model())({}, {"file": original})
    form.full_clean()
    assert "file" not in form.errors
    assert SECRET not in Path(original.temporary_file_path()).read_bytes()
    assert original.content_type == "image/jpeg"

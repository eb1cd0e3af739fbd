"""A card for links to a page that has no picture: its title and the site's name on the site's colour, as a PNG.

Drawn with Noto (OFL), which comes as a package: no font of the machine is asked for. What is written from right to left
needs libraqm and FriBidi; where they are missing its title is left out rather than drawn in the wrong order.
"""

import io
from functools import cache
from importlib import resources

from PIL import Image, ImageDraw, ImageFont, features

from cms.localization import languages

SIZE = (1200, 630)
"""What Open Graph's readers show without cutting."""
EDGE, LINES, STRIPE = 80, 4, 24
TITLE_SIZES = (76, 64, 54, 46)
NAME_SIZE = 36
INK, PAPER, MUTED = "#1b2733", "#ffffff", "#4a5866"
FILES = {
    "ltr": ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    "rtl": ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
}
BOLD, REGULAR = (700, 100), (400, 100)
"""Weight and width."""


@cache
def _font(direction: str, size: int, axes: tuple[int, int]) -> ImageFont.FreeTypeFont:
    package, name = FILES[direction]
    layout = ImageFont.Layout.RAQM if features.check("raqm") else ImageFont.Layout.BASIC
    font = ImageFont.truetype(
        io.BytesIO((resources.files(package) / "files" / name).read_bytes()), size, layout_engine=layout
    )
    font.set_variation_by_axes(list(axes))
    return font


def can_write(direction: str) -> bool:
    return direction == "ltr" or bool(features.check("raqm") and features.check("fribidi"))


def drawn(*, title: str, site_name: str, colour: str, language: str) -> bytes:
    """``language`` is that of the title, which says in which direction the card is read."""
    direction = languages.direction_of(language)
    card = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, SIZE[0], STRIPE), fill=colour)
    draw.rectangle((0, SIZE[1] - STRIPE, SIZE[0], SIZE[1]), fill=colour)
    if can_write(direction):
        font, lines = _fitted(" ".join(title.split()), direction)
        top = EDGE + STRIPE
        for line in lines:
            _write(draw, line, top, font, direction, INK)
            top += round(font.size * 1.3)
    name = _font(languages.direction_of(languages.SOURCE), NAME_SIZE, REGULAR)
    _write(draw, site_name, SIZE[1] - STRIPE - EDGE - NAME_SIZE // 2, name, direction, MUTED)
    buffer = io.BytesIO()
    card.quantize(64).save(buffer, "PNG")
    return buffer.getvalue()


def _write(
    draw: ImageDraw.ImageDraw, line: str, top: int, font: ImageFont.FreeTypeFont, direction: str, colour: str
) -> None:
    """From the edge at which readers begin."""
    place, anchor = (EDGE, "la") if direction == "ltr" else (SIZE[0] - EDGE, "ra")
    base = direction if features.check("raqm") else None
    draw.text((place, top), line, font=font, fill=colour, anchor=anchor, direction=base)


def _fitted(title: str, direction: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest letters in which the title has room; in the smallest it is cut at its end."""
    for size in TITLE_SIZES:
        font = _font(direction, size, BOLD)
        lines = _broken(title, font)
        if len(lines) <= LINES:
            return font, lines
    return font, [*lines[: LINES - 1], _cut(lines[LINES - 1], font)]


def _broken(title: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Lines of whole words; a word that is longer than a line is cut."""
    room, lines = SIZE[0] - 2 * EDGE, [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= room:
            lines[-1] = longer
        elif lines[-1]:
            lines.append(_cut(word, font, "") if font.getlength(word) > room else word)
        else:
            lines[-1] = _cut(word, font, "")
    return lines


def _cut(text: str, font: ImageFont.FreeTypeFont, end: str = "…") -> str:
    room = SIZE[0] - 2 * EDGE
    while text and font.getlength(text + end) > room:
        text = text[:-1]
    return text.rstrip() + end

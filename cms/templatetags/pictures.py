"""Pictures in the sizes and formats that phones and screens need: ``{% load pictures %}``.

The specifications stand here and nowhere else, so that every template uses the same few renditions.
"""

import logging
from typing import Any

from django import template
from django.db import OperationalError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import SourceImageIOError

from cms.database import refused
from cms.media import Image, Rendition
from cms.words import Words

logger = logging.getLogger(__name__)
register = template.Library()

WIDTHS = (400, 800, 1200)
FORMATS = {"avif": "format-avif|avifquality-60", "webp": "format-webp|webpquality-72"}
FALLBACK = "width-800|format-jpeg|jpegquality-76"
LOGO = "max-320x160|format-webp|webpquality-80"


@register.simple_tag
def picture_of(image: Image | None, alt: Words | str = "", sizes: str = "100vw", first: bool = False) -> SafeString:
    """``{% picture_of image alt=words.alt sizes="…" first=True %}``: the picture, or nothing when its file is lost.

    ``first`` is for the picture at the top of a page; all others load when they come near the screen.
    """
    if image is None:
        return mark_safe("")
    if image.is_svg():
        return _img(image.file.url, image.width, image.height, alt, first=first)
    specs = {name: [f"width-{width}|{spec}" for width in WIDTHS] for name, spec in FORMATS.items()}
    found = _renditions(image, FALLBACK, *(spec for group in specs.values() for spec in group))
    if not found:
        return mark_safe("")
    sources = format_html_join(
        "",
        '<source type="image/{}" srcset="{}" sizes="{}">',
        ((name, _srcset([found[spec] for spec in group]), sizes) for name, group in specs.items()),
    )
    fallback = found[FALLBACK]
    img = _img(fallback.url, fallback.width, fallback.height, alt, first=first)
    return format_html("<picture>{}{}</picture>", sources, img)


@register.simple_tag
def logo_of(image: Image | None) -> SafeString:
    """``{% logo_of organisation.logo %}``: small, without alternative text since the name stands beside it."""
    if image is None:
        return mark_safe("")
    if image.is_svg():
        return _img(image.file.url, image.width, image.height, "", first=False)
    logo = _renditions(image, LOGO).get(LOGO)
    return _img(logo.url, logo.width, logo.height, "", first=False) if logo else mark_safe("")


def _renditions(image: Image, *specs: str) -> dict[str, Rendition]:
    """Renditions by specification, made where they do not exist yet.

    Empty when the file cannot be read, or when nothing can be written now: the page is shown all the same.
    """
    try:
        return image.get_renditions(*specs)
    except SourceImageIOError:
        logger.warning("The file of picture %s (%s) is missing.", image.pk, image.file.name)
    except (OperationalError, OSError) as error:
        if not refused.reason(error):
            raise
        logger.warning("Picture %s cannot be made smaller now: %s", image.pk, error)
    return {}


def _srcset(renditions: list[Rendition]) -> str:
    """A small picture has the same width in several renditions: each width once."""
    by_width = {rendition.width: rendition for rendition in renditions}
    return ", ".join(f"{rendition.url} {width}w" for width, rendition in by_width.items())


def _img(url: str, width: Any, height: Any, alt: Words | str, *, first: bool) -> SafeString:
    text, attrs = (alt.plain, alt.attrs) if isinstance(alt, Words) else (alt, "")
    loading = SafeString('fetchpriority="high"' if first else 'loading="lazy" decoding="async"')
    size = format_html(' width="{}" height="{}"', round(width), round(height)) if width and height else ""
    return format_html('<img src="{}"{} alt="{}"{} {}>', url, size, text, attrs if text else "", loading)

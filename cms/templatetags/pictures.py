"""Pictures in the sizes and formats that phones and screens need: ``{% load pictures %}``."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cms.media import Image, Rendition, copies
from cms.media.copies import FALLBACK, LOGO, OF_FORMAT
from cms.words import Words

register = template.Library()


@register.simple_tag
def picture_of(image: Image | None, alt: Words | str = "", sizes: str = "100vw", first: bool = False) -> SafeString:
    """``{% picture_of image alt=words.alt sizes="…" first=True %}``: the picture, or nothing when its file is lost.

    ``first`` is for the picture at the top of a page; all others load when they come near the screen.
    """
    if image is None:
        return mark_safe("")
    if image.is_svg():
        return _img(image.file.url, image.width, image.height, alt, first=first)
    found = copies.of(image, FALLBACK, *(spec for group in OF_FORMAT.values() for spec in group))
    if FALLBACK not in found:
        return mark_safe("")
    groups = {name: [found[spec] for spec in group if spec in found] for name, group in OF_FORMAT.items()}
    sources = format_html_join(
        "",
        '<source type="image/{}" srcset="{}" sizes="{}">',
        ((name, _srcset(group), sizes) for name, group in groups.items() if group),
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
    logo = copies.of(image, LOGO).get(LOGO)
    return _img(logo.url, logo.width, logo.height, "", first=False) if logo else mark_safe("")


def _srcset(renditions: list[Rendition]) -> str:
    """A small picture has the same width in several renditions: each width once."""
    by_width = {rendition.width: rendition for rendition in renditions}
    return ", ".join(f"{rendition.url} {width}w" for width, rendition in by_width.items())


def _img(url: str, width: Any, height: Any, alt: Words | str, *, first: bool) -> SafeString:
    text, attrs = (alt.plain, alt.attrs) if isinstance(alt, Words) else (alt, "")
    loading = SafeString('fetchpriority="high"' if first else 'loading="lazy" decoding="async"')
    size = format_html(' width="{}" height="{}"', round(width), round(height)) if width and height else ""
    return format_html('<img src="{}"{} alt="{}"{} {}>', url, size, text, attrs if text else "", loading)

"""Pictures in the sizes and formats that phones and screens need: ``{% load pictures %}``."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cms.admin.preview_checks import is_checked
from cms.localization.localized_text import LocalizedText
from cms.media import Image, Rendition, copies
from cms.media.copies import FALLBACK, LOGO, OF_FORMAT

register = template.Library()


@register.simple_tag(takes_context=True)
def picture_of(
    context: Context,
    image: Image | None,
    alt: LocalizedText | str = "",
    sizes: str = "100vw",
    first: bool = False,
    needs_alt: bool = False,
) -> SafeString:
    """``{% picture_of image alt=words.alt sizes="…" first=True %}``: the picture, or nothing when its file is lost.

    ``first`` is for the picture at the top of a page; all others load when they come near the screen. One that
    ``needs_alt`` and has none has no such attribute in a preview, where the editor's checks look for it; to visitors
    it is decoration.
    """
    lacks_alt = bool(needs_alt and not alt and is_checked(context.get("request")))
    if image is None:
        return mark_safe("")
    if image.is_svg():
        return _img(image.file.url, image.width, image.height, alt, first=first, lacks_alt=lacks_alt)
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
    img = _img(fallback.url, fallback.width, fallback.height, alt, first=first, lacks_alt=lacks_alt)
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


def _img(
    url: str, width: Any, height: Any, alt: LocalizedText | str, *, first: bool, lacks_alt: bool = False
) -> SafeString:
    text, attrs = (alt.plain, alt.attrs) if isinstance(alt, LocalizedText) else (alt, "")
    loading = SafeString('fetchpriority="high"' if first else 'loading="lazy" decoding="async"')
    size = format_html(' width="{}" height="{}"', round(width), round(height)) if width and height else ""
    said = "" if lacks_alt else format_html(' alt="{}"', text)
    return format_html('<img src="{}"{}{}{} {}>', url, size, said, attrs if text else "", loading)

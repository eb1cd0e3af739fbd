"""What templates need for the look: ``{% load look %}``."""

import datetime as dt
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar

from cms.admin.preview_checks import is_checked
from cms.localization import formats
from cms.routing import accent
from cms.routing.site_settings import DEFAULT_ACCENT

register = template.Library()


@register.simple_tag(takes_context=True)
def accent_stylesheet(context: dict[str, Any]) -> str:
    """Path of the stylesheet with the site's own accent colour, "" when it has the default."""
    return accent.address(context["layout"].accent_colour)


@register.simple_tag(takes_context=True)
def accent_colour(context: dict[str, Any]) -> str:
    """The site's accent colour, for the browser's own bars."""
    layout = context.get("layout")
    return layout.accent_colour if layout else DEFAULT_ACCENT


@register.simple_tag
def date_tile(value: dt.datetime) -> SafeString:
    """``{% date_tile start %}``: a leaf of a calendar, for the eye only: the text beside it says more."""
    day = formats.local(value)
    return format_html(
        '<span class="tile" aria-hidden="true"><b>{}</b>{}</span>', day.day, formats.month_beside_day(day.month)
    )


@register.simple_tag(takes_context=True)
def preview_checks(context: dict[str, Any]) -> SafeString:
    """Wagtail's checks, in a preview that an editor looks at; nothing on any page that is read."""
    return SafeString(wagtailuserbar(context) if is_checked(context.get("request")) else "")

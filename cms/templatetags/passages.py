"""Language of passages and targets of links inside bodies: ``{% load passages %}``."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from wagtail.models import Page

from cms.localization import languages
from cms.routing.address import path_of

register = template.Library()


@register.simple_tag(takes_context=True)
def reader_attrs(context: dict[str, Any]) -> SafeString:
    """`` lang="…" dir="…"`` of the reader for an element inside a body that is shown in another language, else empty.

    ``<div class="contact"{% reader_attrs %}>``: its labels are the reader's although the text around is German.
    """
    around = getattr(context.get("words"), "lang", None) or languages.active().code
    return languages.attributes(languages.active().code, within=around)


@register.simple_tag
def page_path(page: Page | None) -> str:
    """Path of a page of any class in the reader's language; "" when it is not there for visitors."""
    return path_of(page, languages.active().code) if page is not None and page.live else ""

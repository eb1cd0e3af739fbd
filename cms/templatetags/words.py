"""Tags that every template may use without loading: addresses and passages in another language."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString

from cms import languages
from cms.structured_data import as_script

register = template.Library()


@register.simple_tag(takes_context=True)
def absolute(context: dict[str, Any], path: str) -> str:
    """``path`` with scheme and host of the site that is being read."""
    request: HttpRequest | None = context.get("request")
    return request.build_absolute_uri(path) if request else path


@register.filter
def lang_attrs(code: str) -> SafeString:
    """`` lang="…" dir="…"`` for a passage in language ``code``, empty when it is the reader's."""
    return languages.attributes(code)


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], **changes: Any) -> str:
    """The current query string with ``changes`` applied; a value of None or "" removes the parameter."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}" if query else "?"


register.simple_tag(as_script, name="structured_data")

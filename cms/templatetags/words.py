"""Tags that every template may use without loading: addresses and passages in another language."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms import isolation, languages, provenance
from cms.query_parameters import query_of
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
    return query_of(context["request"], changes) or "?"


@register.simple_tag(takes_context=True)
def german_path(context: dict[str, Any]) -> str:
    """The address being read, in the source language."""
    links = context["frame"].language_links
    return next(link.href for link in links if link.language.code == languages.SOURCE)


@register.simple_tag(takes_context=True)
def machine_mark(context: dict[str, Any]) -> SafeString:
    """For ``<head>``: says to programs that a machine has translated this page; empty when none has."""
    frame, request = context.get("frame"), context.get("request")
    page = frame.page if frame else None
    if page is None or request is None or not page.by_machine:
        return SafeString()
    data = provenance.machine_mark(
        page,
        address=request.build_absolute_uri(page.path_in(page.language.code)),
        original=request.build_absolute_uri(page.path_in(languages.SOURCE)),
    )
    return format_html('<meta name="digital-source-type" content="{}">{}', provenance.DIGITAL_SOURCE, as_script(data))


class AloneNode(template.Node):
    def __init__(self, row: FilterExpression, nodelist: NodeList) -> None:
        self.row, self.nodelist = row, nodelist

    def render(self, context: template.Context) -> SafeString:
        row = self.row.resolve(context)
        rendered = isolation.read_each([row], lambda _row: self._rendered(context))
        return rendered[0] if rendered else SafeString()

    def _rendered(self, context: template.Context) -> SafeString:
        with context.push():
            return self.nodelist.render(context)


@register.tag
def alone(parser: Parser, token: Token) -> AloneNode:
    """``{% alone row %}…{% endalone %}``: what is shown of one row of a list; nothing when that is impossible."""
    _name, row = token.split_contents()
    nodelist = parser.parse(["endalone"])
    parser.delete_first_token()
    return AloneNode(parser.compile_filter(row), nodelist)


register.simple_tag(as_script, name="structured_data")

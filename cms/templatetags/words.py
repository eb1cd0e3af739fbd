"""Tags that every template may use without loading: addresses, words in another language, what is told of them."""

from collections.abc import Callable
from functools import wraps
from html import unescape
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import defaultfilters
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.urls import reverse
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe

from cms.http.structured_data import as_script
from cms.localization import languages, notices, reading_order, reading_order_html
from cms.localization.localized_text import LocalizedText
from cms.localization.page_words import PageWords
from cms.pages import isolation
from cms.pages.share_picture import SharePicture
from cms.pages.share_picture import of as picture_beside_links
from cms.routing import described
from cms.routing.query_parameters import query_of

register = template.Library()
STRING_FILTER = defaultfilters.stringfilter(len).__code__
"""By which Django's filters of strings are known."""


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


@register.simple_tag
def path_to(page: Any, view: str, *values: Any) -> str:
    """Where the reader finds a view of ``page``, such as a year of it."""
    path: str = page.path_to(view, *values)
    return path


@register.simple_tag(takes_context=True)
def german_path(context: dict[str, Any]) -> str:
    """The address being read, in the source language."""
    links = context["layout"].language_links
    return next(link.href for link in links if link.language.code == languages.SOURCE)


@register.simple_tag
def members_login_path() -> str:
    return reverse(settings.MEMBERS_LOGIN_URL)


@register.simple_tag(takes_context=True)
def feedback_path(context: dict[str, Any]) -> str:
    """Where readers say what is wrong with the page being read."""
    return f"{reverse(settings.FEEDBACK_URL)}?page={quote(context['request'].path)}"


@register.simple_tag
def told(words: Any) -> SafeString:
    """``{% told article.words %}``: badges with what the reader has to know of these words; nothing of plain text."""
    if not isinstance(words, LocalizedText | PageWords):
        return SafeString()
    return format_html_join("", ' <span class="badge">{}</span>', ((label,) for label in notices.labels(words)))


@register.simple_tag
def not_translated() -> str:
    return notices.not_translated()


@register.filter
def as_title(value: Any) -> str:
    """``{{ meta.title|as_title }}``: in plain text, with what is to be told of it."""
    return notices.title_of(value) if isinstance(value, LocalizedText) else str.__str__(value or "")


@register.filter
def as_description(value: Any) -> str:
    """``{{ meta.description|as_description }}``"""
    text = notices.description_of(value) if isinstance(value, LocalizedText) else str.__str__(value or "")
    return reading_order.for_reader(text)


@register.simple_tag(takes_context=True)
def words_mark(context: dict[str, Any]) -> SafeString:
    """For ``<head>``: says to programs what the notices say of this page; empty when there is nothing to say."""
    layout, request = context.get("layout"), context.get("request")
    page = layout.page if layout else None
    if page is None or request is None:
        return SafeString()
    data = notices.mark(
        page.words,
        address=request.build_absolute_uri(page.reader_path),
        original=request.build_absolute_uri(page.path_in(languages.SOURCE)),
    )
    meta = format_html('<meta name="digital-source-type" content="{}">', notices.DIGITAL_SOURCE)
    return format_html("{}{}", meta if page.words.by_machine else "", as_script(data))


@register.simple_tag(takes_context=True)
def share_picture(context: dict[str, Any]) -> SharePicture | None:
    """For ``<head>`` of a page: what shows beside a link to it."""
    layout, request = context.get("layout"), context.get("request")
    return picture_beside_links(layout.page, request) if layout and request and layout.page else None


@register.simple_tag(takes_context=True)
def way_described(context: dict[str, Any], title: Any) -> SafeString:
    """For ``<head>`` of a page: the way to it."""
    layout, request = context.get("layout"), context.get("request")
    if layout is None or request is None or layout.page is None:
        return SafeString()
    return as_script(described.way(layout, request, title))


class TextNode(template.Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: template.Context) -> str:
        text = " ".join(unescape(strip_tags(self.nodelist.render(context))).split())
        context[self.name] = reading_order.for_reader(text)
        return ""


@register.tag
def astext(parser: Parser, token: Token) -> TextNode:
    """``{% astext title %}…{% endastext %}``: what is in there as plain text, for ``<title>`` and attributes."""
    _name, name = token.split_contents()
    nodelist = parser.parse(["endastext"])
    parser.delete_first_token()
    return TextNode(name, nodelist)


class ReadingOrderNode(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        html = reading_order_html.in_html(self.nodelist.render(context), languages.active().direction)
        return mark_safe(html)  # noqa: S308 (HTML as it was rendered)


@register.tag
def readingorder(parser: Parser, token: Token) -> ReadingOrderNode:
    """``{% readingorder %}…{% endreadingorder %}``: numbers and names in there keep their order in Arabic words."""
    nodelist = parser.parse(["endreadingorder"])
    parser.delete_first_token()
    return ReadingOrderNode(nodelist)


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


# Django's filters of strings make plain strings, which know no language.

ABOUT_NO_LANGUAGE = {"urlencode", "iriencode", "slugify", "stringformat", "make_list", "wordcount"}


def keeping_language(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Django's filter ``function`` that keeps the language of ``LocalizedText``, or refuses to make HTML of it."""

    @wraps(function)
    def kept(value: Any, *args: Any, **options: Any) -> Any:
        made = function(value, *args, **options)
        if not isinstance(value, LocalizedText) or not isinstance(made, str):
            return made
        if isinstance(made, SafeString):
            raise TypeError(f"|{name} loses the language: write |{name} after .plain, and .attrs into the element.")
        return value.saying(made)

    return kept


for _name, _function in defaultfilters.register.filters.items():
    if getattr(_function, "__code__", None) is STRING_FILTER and _name not in ABOUT_NO_LANGUAGE:
        register.filter(_name, keeping_language(_name, _function))

"""Links inside rich text: to a page of the site in the reader's language, whether translated or not."""

from typing import Any

from django.utils.html import format_html
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from cms.localization import languages
from cms.routing.address import path_of


class ReaderPageLinkHandler(PageLinkHandler):
    """Wagtail's own handler would lead to the translation where there is one and else out of the reader's language."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        pages = Page.objects.in_bulk([int(attrs["id"]) for attrs in attrs_list if str(attrs.get("id", "")).isdecimal()])
        reader = languages.active().code
        links = []
        for attrs in attrs_list:
            page = pages.get(int(attrs["id"])) if str(attrs.get("id", "")).isdecimal() else None
            links.append(format_html('<a href="{}">', path_of(page, reader)) if page and page.live else "<a>")
        return links

"""Which page an address means, and which address a page has.

Slugs are the same in every language: an address is looked up once, among the source pages, and holds for all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import NamedTuple
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q
from django.http import HttpRequest
from wagtail.models import Page, PageQuerySet, Site

from cms.database.request_memory import remembered
from cms.routing import absolute_urls, sites


class PageRow(NamedTuple):
    """What menus and the way to a page know of a source page."""

    pk: int
    path: str
    url_path: str
    depth: int
    translation_key: UUID
    title: str
    show_in_menus: bool
    app_label: str
    model_name: str

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.app_label, self.model_name)


def rows(pages: PageQuerySet) -> Iterator[PageRow]:
    """Those of ``pages``, in one query."""
    columns = ("pk", *PageRow._fields[1:-2], "content_type__app_label", "content_type__model")
    return map(PageRow._make, pages.values_list(*columns))


def path_of(page: sites.Placed, language: str) -> str:
    """Address of the source page ``page`` under ``/<language>/``, whether or not it is translated.

    Home pages are the roots of sites and stand right below the root of the tree, so the first part of ``url_path`` is
    that of the site; unlike ``get_url_parts`` this asks the database nothing. A page of another Site than the one being
    read gets its host as well; outside of a request the path alone is given.
    """
    below_site = page.url_path.partition("/")[2].partition("/")[2]
    path = f"/{language}/{below_site}"
    owner = sites.foreign_owner(page)
    return absolute_urls.whole(path, owner) if owner else path


@dataclass(frozen=True)
class Address:
    """What stands at an address of ``site``."""

    site: Site | None
    trail: tuple[PageRow, ...] = ()
    """From the home page down to the page with the longest address that this one begins with."""
    rest: tuple[str, ...] = ()
    """What follows the address of that page, for its own routes."""

    @property
    def page(self) -> PageRow | None:
        return self.trail[-1] if self.trail else None


def resolve(site: Site | None, path: str) -> Address:
    """What stands at ``path``, which begins with its language, on ``site``; one query.

    Only live source pages are found, and nothing below one that is not live.
    """
    # PostgreSQL knows no text with a null character.
    slugs = [slug for slug in path.replace("\0", "").split("/")[2:] if slug]
    if site is None:
        return Address(None, rest=tuple(slugs))
    root = site.root_page
    named = Q(pk=root.pk) | Q(slug__in=slugs, depth__lte=root.depth + len(slugs))
    by_address = {
        row.url_path: row for row in rows(Page.objects.filter(named, path__startswith=root.path, live=True).order_by())
    }
    addresses_on_the_way = accumulate(slugs, "{}{}/".format, initial=root.url_path)
    trail = tuple(takewhile(bool, map(by_address.get, addresses_on_the_way)))
    return Address(site, trail, tuple(slugs[max(len(trail) - 1, 0) :]))  # type: ignore[arg-type]


def of_request(request: HttpRequest) -> Address:
    """What stands at the address that is asked for."""
    site, path = sites.of_request(request), request.path
    return remembered(("address", site and site.pk, path), lambda: resolve(site, path))

"""Which Site a request reads, and which one a page belongs to: an installation may have several municipalities."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.http.request import split_domain_port
from wagtail.models import Page, Site

from cms.routing.site_settings import SiteSettings

HOME_DEPTH = 2
"""Home pages stand right below the root of the tree, in each language one."""


class Placed(Protocol):
    """What has a place in the tree: a page, or a row that stands for one."""

    @property
    def path(self) -> str: ...
    @property
    def url_path(self) -> str: ...


@dataclass
class Reading:
    """One request being answered, with the Sites of foreign pages that it links to."""

    request: HttpRequest
    owners: dict[str, Site | None] = field(default_factory=dict)


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


class CurrentSiteMiddleware:
    """Lets links know, wherever they are written, which Site is being read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _reading.set(Reading(request))
        try:
            return self.get_response(request)
        finally:
            _reading.reset(token)


def of_request(request: HttpRequest) -> Site | None:
    """The Site that answers ``request``, by Wagtail's rule: host and port, then host, then the default."""
    if not hasattr(request, "site_read"):
        host, port = split_domain_port(request.get_host())
        number = int(port) if port else None
        candidates = Site.objects.filter(Q(hostname=host) | Q(is_default_site=True)).select_related(
            "root_page", "sitesettings"
        )
        site = min(
            candidates,
            key=lambda site: (site.hostname != host, site.port != number, not site.is_default_site),
            default=None,
        )
        request.site_read = site  # type: ignore[attr-defined]
        # Where Site.find_for_request looks first.
        request._wagtail_site = site  # type: ignore[attr-defined]
    found: Site | None = request.site_read  # type: ignore[attr-defined]
    return found


def home_of(request: HttpRequest) -> Page:
    """The home page, in the source language, of the Site that answers ``request``."""
    site = of_request(request)
    if site is None:
        raise LookupError("No site answers under this host name.")
    return site.root_page


def settings_of(site: Site | None) -> SiteSettings:
    """What the municipality has set for ``site``; the defaults where nothing is stored."""
    if site is None:
        return SiteSettings()
    return getattr(site, "sitesettings", None) or SiteSettings(site=site)


def of_page(page: Placed) -> Site | None:
    """The Site below whose home page, in any language, ``page`` stands; None outside of all."""
    homes = Page.objects.filter(path=page.path[: HOME_DEPTH * Page.steplen])
    return Site.objects.filter(root_page__translation_key__in=homes.values("translation_key")).first()


def foreign_owner(page: Placed) -> Site | None:
    """The Site of ``page`` when that is another than the one being read; asked once a request and home page."""
    reading = _reading.get()
    current = of_request(reading.request) if reading else None
    if reading is None or current is None or page.path.startswith(current.root_page.path):
        return None
    home = page.path[: HOME_DEPTH * Page.steplen]
    if home not in reading.owners:
        reading.owners[home] = of_page(page)
    owner = reading.owners[home]
    return None if owner == current else owner

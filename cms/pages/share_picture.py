"""The picture that shows beside a link to a page, in messengers and elsewhere: its own, or a card with its title."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.localization import languages, locales, notices
from cms.media import Image, cards, copies
from cms.pages.base_page import BasePage
from cms.routing import restrictions, serving, sites

A_YEAR, A_WEEK = 365 * 24 * 60 * 60, 7 * 24 * 60 * 60


_fields: dict[type[BasePage], str] = {}


def register(model: type[BasePage], field: str) -> None:
    """Pages of ``model`` have their picture in that field."""
    _fields[model] = field


@dataclass(frozen=True)
class SharePicture:
    address: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Card:
    """What a card says; its ``mark`` stands in its address, so that a card of another title has another address."""

    title: str
    site_name: str
    colour: str
    language: str

    @property
    def mark(self) -> str:
        said = "\n".join((self.title, self.site_name, self.colour, self.language))
        return sha256(said.encode()).hexdigest()[:16]

    @property
    def content(self) -> bytes:
        """Drawn once, and kept for a week."""
        key = f"card:{self.mark}"
        kept: bytes | None = cache.get(key)
        if kept is None:
            kept = cards.drawn(title=self.title, site_name=self.site_name, colour=self.colour, language=self.language)
            cache.set(key, kept, A_WEEK)
        return kept


def card_of(page: BasePage, request: HttpRequest) -> Card:
    settings = sites.settings_of(sites.of_request(request))
    title = page.words.title
    return Card(notices.title_of(title), settings.name, settings.accent_colour, page.language.code)


def of(page: BasePage, request: HttpRequest) -> SharePicture:
    """Asks for no copy that would have to wait: until the worker has made it, another one that is there."""
    facts, alt = page.facts, notices.title_of(page.words.title)
    image: Image | None = getattr(facts, _fields.get(type(facts), ""), None)
    if image is not None and not image.is_svg():
        found = copies.of(image, copies.FALLBACK, copies.SHARED)
        copy = found.get(copies.SHARED) or found.get(copies.FALLBACK)
        if copy is not None:
            return SharePicture(request.build_absolute_uri(copy.url), copy.width, copy.height, alt)
    parts = {"key": page.translation_key, "mark": card_of(page, request).mark}
    return SharePicture(request.build_absolute_uri(reverse("share_card", kwargs=parts)), *cards.SIZE, alt)


@require_safe
def card(request: HttpRequest, key: UUID, mark: str) -> HttpResponse:
    """``/<language>/card/<key>/<mark>.png``; an old mark leads to the card as it is now."""
    page = _public(request, key)
    found = card_of(page, request)
    if mark != found.mark:
        return HttpResponse(status=302, headers={"Location": of(page, request).address})
    response = HttpResponse(found.content, content_type="image/png")
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response


def _public(request: HttpRequest, key: UUID) -> Any:
    """The page in the reader's language; 404 for what not everybody may see."""
    site = sites.of_request(request)
    pages = Page.objects.live().filter(
        restrictions.unrestricted(), translation_key=key, locale_id=locales.id_of(languages.SOURCE)
    )
    source = pages.descendant_of(site.root_page, inclusive=True).first() if site else None
    if source is None or source.get_ancestors().filter(live=False).exists():
        raise Http404
    return serving.in_readers_language(source.specific_class, key)

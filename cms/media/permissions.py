"""Who may see a picture: everybody sees what a public page shows, unless its collection is private.

Anything else (a picture of a draft, one that nothing shows, one whose page has gone offline, one in a private
collection) is seen only by those who work with it. The rule asks the database at each request, so that what becomes
private is private at once; what is in the bin has left this storage and has no address.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpRequest
from wagtail.images.permissions import ImagesPermissionPolicyGetter
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, ReferenceIndex

from cms.accounts.second_factor import owes_second_factor
from cms.localization import languages, locales
from cms.media.models import Image

_also: list[Callable[[Any, Image], bool]] = []


def register(rule: Callable[[Any, Image], bool]) -> None:
    """Who works with a picture beside those whom Wagtail's rights let."""
    _also.append(rule)


class Rights:
    """Wagtail's rights on pictures, by collection."""

    policy = ImagesPermissionPolicyGetter()


def is_public(image: Image) -> bool:
    """Whether everybody may see the picture."""
    if restrictions_of(image.collection):
        return False
    pages = showing(image)
    restricted = PageViewRestriction.objects.filter(page__path__in=_above(pages)).values_list("page__path", flat=True)
    return bool(pages and _beside(pages, restricted))


def may_see(request: HttpRequest, image: Image) -> bool:
    """Whether who asks may see a picture that not everybody sees."""
    user: Any = request.user
    if user.is_authenticated and works_with(user, image):
        return True
    if not all(restriction.accept_request(request) for restriction in restrictions_of(image.collection)):
        return False
    return any(
        all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
        for page in showing(image)
    )


def may_see_original(request: HttpRequest, image: Image) -> bool:
    """Whether who asks may have the picture as it was sent: no page needs it."""
    return bool(request.user.is_authenticated and works_with(request.user, image))


def works_with(user: Any, image: Image) -> bool:
    """Who chooses or changes pictures of its collection, has uploaded it, or edits a page that refers to it."""
    if not user.is_active or owes_second_factor(user):
        return False
    if image.uploaded_by_user_id == user.pk:
        return True
    if Rights().policy.user_has_any_permission_for_instance(user, ["choose", "change", "delete"], image):
        return True
    if any(rule(user, image) for rule in _also):
        return True
    pages = Page.objects.filter(pk__in=_referring(image))
    return any(page.permissions_for_user(user).can_edit() for page in pages.specific())


def restrictions_of(collection: Collection) -> list[CollectionViewRestriction]:
    """Passwords, log-ins and groups of the collection and of those above it."""
    above = _on_the_way(collection.path, Collection.steplen)
    return list(CollectionViewRestriction.objects.filter(collection__path__in=above))


def showing(image: Image) -> list[Page]:
    """Source pages that are live, with all pages above them, and show the picture in some language."""
    referring = _referring(image)
    if not referring:
        return []
    keys = Page.objects.filter(pk__in=referring, live=True).values("translation_key")
    sources = Page.objects.filter(translation_key__in=keys, locale_id=locales.id_of(languages.SOURCE), live=True)
    pages = list(sources.order_by().only("path"))
    hidden = Page.objects.filter(live=False, path__in=_above(pages)).order_by().values_list("path", flat=True)
    return _beside(pages, hidden)


def _above(pages: list[Page]) -> set[str]:
    """Tree paths of the pages and of those above them; asking for these costs the same with any number of pages."""
    return {path for page in pages for path in _on_the_way(page.path, Page.steplen)}


def _beside(pages: list[Page], paths: Iterable[str]) -> list[Page]:
    """Those of ``pages`` that are not below one of ``paths``."""
    beginnings = tuple(paths)
    return [page for page in pages if not page.path.startswith(beginnings)]


def _on_the_way(path: str, step: int) -> list[str]:
    return [path[:end] for end in range(step, len(path) + 1, step)]


def _referring(image: Image) -> list[int]:
    """Numbers of the pages whose public row, or first draft, refers to the picture."""
    found = ReferenceIndex.get_references_to(image).filter(base_content_type=ContentType.objects.get_for_model(Page))
    return [int(number) for number in found.values_list("object_id", flat=True).distinct()]


def on_page_saved(instance: Any, raw: bool = False, **_signal: Any) -> None:
    """What a page that is live refers to is known with it; Wagtail's worker would note it some time later.

    Read from the database: the object at hand may be a draft of which only a few fields have been saved.
    """
    if raw or not isinstance(instance, Page) or not instance.live or type(instance) is not instance.specific_class:
        return
    with transaction.atomic():
        ReferenceIndex.create_or_update_for_object(type(instance)._base_manager.get(pk=instance.pk))

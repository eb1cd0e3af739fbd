"""Keeps translations in step with their source in the admin."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page, PageQuerySet
from wagtail_localize.views import convert

from cms import languages, locales


@hooks.register("before_create_page")
def only_in_source_language(request: HttpRequest, parent: Page, page_class: type[Page]) -> HttpResponse | None:
    """A page begins in German. Elsewhere it would have no source, and so no facts and no address."""
    if parent.is_root() or locales.code_of(parent.locale_id) == languages.SOURCE:
        return None
    messages.error(request, _("Write the page in German first; the other languages are made from it by “Translate”."))
    return redirect("wagtailadmin_explore", parent.pk)


@hooks.register("construct_translated_pages_to_cascade_actions")
def translations_follow_source(pages: list[Page], action: str) -> dict[Page, PageQuerySet]:
    """Unpublishing or deleting a source page takes its translations along; a translation alone takes nothing."""
    source_id = locales.id_of(languages.SOURCE)
    return {page: Page.objects.translation_of(page, inclusive=False) for page in pages if page.locale_id == source_id}


def convert_to_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """As wagtail-localize's, which asks for the right to edit only, although published words vanish at once."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return convert.convert_to_alias(request, page_id)


@hooks.register("register_admin_urls", order=-1)  # before wagtail-localize's own
def guarded_urls() -> list[URLPattern]:
    return [path("localize/page/<int:page_id>/convert_to_alias/", convert_to_alias)]

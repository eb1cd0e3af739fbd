"""What wagtail-localize hooks into the admin's screens, cut down to what is used and asks the database little."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import ListingButton
from wagtail.models import Page
from wagtail_localize import wagtail_hooks as localize_hooks

from cms.localization import languages, locales


def _take_out(*registered: tuple[str, Callable[..., Any]]) -> None:
    """Wagtail offers no other way to take back what a package has registered."""
    hooks.register_temporarily(list(registered)).__exit__(None, None, None)


_take_out(
    ("register_page_header_buttons", localize_hooks.page_listing_more_buttons),
    ("register_page_listing_more_buttons", localize_hooks.page_listing_more_buttons),
    # Both lead to views that are closed, and ask the database in every editor.
    ("register_page_action_menu_item", localize_hooks.register_restart_translation_page_action_menu_item),
    ("register_page_action_menu_item", localize_hooks.register_convert_back_to_alias_page_action_menu_item),
    ("before_edit_page", localize_hooks.before_edit_page),
)


@hooks.register("before_edit_page")
def translations_in_their_editor(request: HttpRequest, page: Page) -> HttpResponse | None:
    """wagtail-localize's, which asks the database for pages in German as well: those are nobody's translation."""
    is_translation = not page.is_root() and page.locale_id != locales.id_of(languages.SOURCE)
    response: HttpResponse | None = localize_hooks.before_edit_page(request, page) if is_translation else None
    return response


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def to_the_languages(
    page: Page, user: Any, view_name: str | None = None, next_url: str | None = None
) -> Iterator[ListingButton]:
    """In the place of wagtail-localize's two, which lead there as well and ask the database for each row."""
    if not page.is_root() and user.has_perm("wagtail_localize.submit_translation"):
        address = reverse("translations:languages", args=[page.alias_of_id or page.pk])
        yield ListingButton(_("Translate this page"), address, priority=60, icon_name="wagtail-localize-language")

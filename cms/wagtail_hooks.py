"""What the ground changes in Wagtail."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.menu import MenuItem
from wagtail.admin.wagtail_hooks import PageAdminURLFinder
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms import admin_api, page_hooks  # noqa: F401 (register their hooks)
from cms.links import ReaderPageLinkHandler


@hooks.register("register_rich_text_features", order=100)
def link_in_readers_language(features: FeatureRegistry) -> None:
    features.register_link_type(ReaderPageLinkHandler)


class PageUrlFinder(PageAdminURLFinder):
    """Choosers offer to edit what was chosen; the root of all pages is not edited by anybody."""

    def get_edit_url(self, instance: Page) -> str | None:
        return None if instance.is_root() else super().get_edit_url(instance)


register_admin_url_finder(Page, PageUrlFinder)


@hooks.register("register_settings_menu_item")
def second_factor_in_menu() -> MenuItem:
    return MenuItem(_("Second factor"), reverse("second_factor"), icon_name="lock", order=900)


@hooks.register("construct_settings_menu")
def locales_for_those_who_may(request: HttpRequest, items: list[MenuItem]) -> None:
    """wagtail-localize shows its list to everybody who may change sites, and then refuses it."""
    if not any(request.user.has_perm(f"wagtailcore.{act}_locale") for act in ("add", "change", "delete")):
        items[:] = [item for item in items if item.url != reverse("wagtaillocales:index")]


@hooks.register("insert_global_admin_js")
def typed_dates_stay() -> SafeString:
    return format_html('<script src="{}"></script>', static("cms/admin_dates.js"))

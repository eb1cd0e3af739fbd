"""What the ground changes in Wagtail."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms import admin_api  # noqa: F401 (registers its hook)
from cms.bin import admin  # noqa: F401 (registers its hooks)
from cms.links import ReaderPageLinkHandler


@hooks.register("register_rich_text_features", order=100)
def link_in_readers_language(features: FeatureRegistry) -> None:
    features.register_link_type(ReaderPageLinkHandler)


@hooks.register("register_settings_menu_item")
def second_factor_in_menu() -> MenuItem:
    return MenuItem(_("Second factor"), reverse("second_factor"), icon_name="lock", order=900)


@hooks.register("insert_global_admin_js")
def typed_dates_stay() -> SafeString:
    return format_html('<script src="{}"></script>', static("cms/admin_dates.js"))

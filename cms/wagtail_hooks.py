"""What the ground changes in Wagtail."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.wagtail_hooks import PageAdminURLFinder
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms.accounts import person_of, second_factor
from cms.accounts.users_admin import BULK_ACTIONS
from cms.admin import (  # noqa: F401 (register their hooks)
    api,
    bulk_actions,
    page_chooser,
    page_hooks,
    preview_checks,
    reports,
    reviews,
)
from cms.bin import admin as bin_admin  # noqa: F401 (registers its hooks)
from cms.forms import kept_pages  # noqa: F401 (registers its hook)
from cms.http import proxies
from cms.jobs import admin  # noqa: F401 (registers its hooks)
from cms.mail import admin as mails  # noqa: F401 (registers its hooks)
from cms.media.image_credit_view import offered_credit
from cms.pasting.views import read_pasted
from cms.routing.links import ReaderPageLinkHandler
from cms.search import admin as search_admin  # noqa: F401 (registers its hooks)


@hooks.register("register_rich_text_features", order=100)
def link_in_readers_language(features: FeatureRegistry) -> None:
    features.register_link_type(ReaderPageLinkHandler)


for action in (*BULK_ACTIONS, *bulk_actions.ACTIONS):
    hooks.register("register_bulk_action", action, order=100)  # in the place of Wagtail's own of these names


@hooks.register("construct_homepage_panels")
def warnings(request: HttpRequest, panels: list[Component]) -> None:
    """What somebody must know who signs in: few recovery codes; for administrators, a proxy that does not fit."""
    told = [second_factor.warning_for(person_of(request))]
    if request.user.is_superuser:
        told += [gettext(finding) for finding in proxies.findings()]
    panels += [WarningPanel(text) for text in told if text]


class WarningPanel(Component):
    order = 10

    def __init__(self, text: str) -> None:
        self.text = text

    def render_html(self, parent_context: Any = None) -> SafeString:
        return format_html('<div class="help-block help-warning" role="status">{}</div>', self.text)


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
def scripts() -> SafeString:
    """Each says at its top what it mends."""
    names = ("admin_dates", "page_ticks", "autosave", "tab_errors", "credit")
    return format_html_join("\n", '<script src="{}"></script>', ((static(f"cms/{name}.js"),) for name in names))


@hooks.register("register_admin_urls")
def script_urls() -> list[URLPattern]:
    """What scripts of the editor ask."""
    return [
        path("pasted/", read_pasted, name="read_pasted"),
        path("offered-credit/", offered_credit, name="offered_credit"),
    ]


@hooks.register("insert_global_admin_js")
def nothing_pasted_is_lost() -> SafeString:
    return format_html(
        '<script src="{}" data-url="{}" data-failed="{}" data-close="{}" data-long="{}"></script>',
        static("cms/pasting.js"),
        reverse("read_pasted"),
        gettext("The pasted text could not be read, and nothing was inserted. Please paste it again, or less at once."),
        gettext("Close"),
        gettext("This has %(length)s letters; at most %(longest)s are possible. Nothing was cut: please shorten it."),
    )

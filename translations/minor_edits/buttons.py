"""The buttons with which an editor says that only the wording is corrected; the choice stays with the revision."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page

from cms.localization import languages, locales
from translations import status
from translations.minor_edits import minor_edits
from translations.segments import source_of

WORDING_ONLY = "wording-only"


def is_translation(page: Page) -> bool:
    return not page.is_root() and page.locale_id != locales.id_of(languages.SOURCE)


class PublishWordingItem(ActionMenuItem):
    """Publishes without making the translations outdated: a slip of the pen, not news."""

    name = "action-publish"
    label = gettext_lazy("Publish, only the wording is corrected")
    icon_name = "edit"
    template_name = "translations/minor_edits/publish_minor_edit.html"

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page")
        return bool(
            context["view"] in ("edit", "revisions_revert")
            and page is not None
            and not is_translation(page)
            and page.live
            and context["user_page_permissions_tester"].can_publish()
            and not context["user_page_permissions_tester"].page_locked()
        )

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), "value": WORDING_ONLY}


@hooks.register("register_page_action_menu_item")
def publish_wording() -> ActionMenuItem:
    return PublishWordingItem(order=90)


class SubmitWordingItem(PublishWordingItem):
    """The same for those whose text is reviewed first: the choice goes with what they send."""

    name = "action-submit"
    label = gettext_lazy("Send for review, only the wording is corrected")

    def is_shown(self, context: dict[str, Any]) -> bool:
        page, rights = context.get("page"), context.get("user_page_permissions_tester")
        return bool(
            context["view"] == "edit"
            and page is not None
            and rights is not None
            and not is_translation(page)
            and page.live
            and context.get("workflow_state") is None
            and page.get_workflow() is not None
            and rights.can_submit_for_moderation()
            and not rights.page_locked()
        )


@hooks.register("register_page_action_menu_item")
def submit_wording() -> ActionMenuItem:
    return SubmitWordingItem(order=95)


@hooks.register("before_publish_page")
def keep_wording_only(request: HttpRequest, page: Page) -> None:
    """Before the revision that has just been saved goes live, or gets its time to."""
    if request.POST.get("action-publish") == WORDING_ONLY:
        _choose_wording_only(page)


@hooks.register("after_edit_page")
def keep_wording_only_for_review(request: HttpRequest, page: Page) -> None:
    if request.POST.get("action-submit") == WORDING_ONLY:
        _choose_wording_only(page)


def _choose_wording_only(page: Page) -> None:
    row = Page.objects.select_related("latest_revision").get(pk=page.pk)
    if row.live and not is_translation(row) and row.latest_revision is not None:
        minor_edits.choose(row.latest_revision, status.places_of(source_of(row)))

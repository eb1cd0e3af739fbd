"""What Wagtail's checks look for in the preview of a page, and where they may run: in previews for editors only.

The script of the checks is the editor's. Visitors never get it: their pages have none.
"""

from typing import Any

from django.forms import Media
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page

SAYS_NOTHING = (
    *("hier", "hier klicken", "klicken Sie hier", "mehr", "mehr lesen", "mehr erfahren", "weiterlesen", "weiter"),
    *("link", "details", "here", "click here", "more", "read more", "this"),
)
"""Texts of links that tell somebody who hears only them nothing."""


def is_checked(request: HttpRequest | None) -> bool:
    """Whether ``request`` is for a preview that somebody looks at in the admin."""
    user = getattr(request, "user", None)
    return bool(getattr(request, "is_preview", False) and user and user.has_perm("wagtailadmin.access_admin"))


class PreviewChecks(ContentCheckerItem):
    """Wagtail's own, and alternative texts, empty links and texts of links that say nothing."""

    axe_include = ["main"]
    axe_run_only = [
        *(rule for rule in ContentCheckerItem.axe_run_only if rule != "empty-meta-description"),
        "image-alt",
        "input-image-alt",
        "image-redundant-alt",
        "link-says-something",
        "list",
        "listitem",
        "svg-img-alt",
        "valid-lang",
    ]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        {
            "id": "link-says-something",
            "impact": "serious",
            "selector": "main a[href]",
            "tags": ["best-practice"],
            "none": ["link-says-nothing"],
            "enabled": True,
        },
    ]
    axe_custom_checks = [
        *ContentCheckerItem.axe_custom_checks,
        {
            "id": "link-says-nothing",
            "options": {"texts": [text.lower() for text in SAYS_NOTHING]},
        },
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "image-alt": {
            "error_name": _("Alternative text is missing"),
            "help_text": _("Say what someone who cannot see the picture needs to know, or mark it as decoration only."),
        },
        "image-redundant-alt": {
            "error_name": _("Alternative text repeats the text beside it"),
            "help_text": _("Say what is to be seen, or mark the picture as decoration only."),
        },
        "link-says-something": {
            "error_name": _("The text of a link does not say where it leads"),
            "help_text": _("Name the page or file, for example “programme of the festival”."),
        },
    }

    @property
    def media(self) -> Media:
        return Media(js=[static("cms/preview_checks.js")])


@hooks.register("construct_wagtail_userbar")
def with_our_checks(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    """Nothing but the checks: all other doors of Wagtail's bar are in the editor, around the preview."""
    items[:] = [PreviewChecks()]

"""Sentences of Wagtail and wagtail-localize that their German catalogues lack.

Our catalogues come before theirs, so a string that is marked here is translated there as well. Which ones are missing
is found by ``tests/every_button``; what an update brings is taken out here.
"""

from django.utils.translation import gettext_noop as _

ADMIN = (
    _("A network error occurred"),
    _(
        "Troubleshoot your connection to the site before proceeding. "
        "Open the editor in a separate tab to view the last saved version."
    ),
    _("View latest version"),
    _("Meta description is empty"),
    _("Add a concise description for search engines"),
)
LOCALES = (
    _("Add a locale"),
    _("Add locale"),
    _("Delete locale"),
    _("This locale cannot be deleted because there are pages and/or other objects using it."),
    _("This locale cannot be deleted because there are no other locales."),
)
PERMISSIONS = (_("Can submit translations"),)

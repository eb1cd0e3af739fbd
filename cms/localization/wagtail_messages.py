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
LISTINGS = (
    _("Actions (footer)"),
    _("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s"),
    _("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s across entire site."),
    _(
        "%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s in "
        "'<span class=\"w-title-ellipsis\">%(title)s</span>'."
    ),
)
CONFLICTS = (
    _("Currently idle"),
    _("Proceeding will overwrite the changes you made in that window."),
    _("Proceeding will overwrite the changes made by %(user_name)s."),
    _("Alternatively, you can view the latest version in a new tab."),
)
PASSWORDS = (
    _("Password-based authentication"),
    _("Password-based authentication was disabled."),
    _("Conflicting form data submitted. Please try again."),
    _("Set password"),
    _("Set password: %s"),
    _("Reset password"),
    _("Enabled"),
    _("Disabled"),
    _("Raw passwords are not stored, so there is no way to see the user’s password."),
    _("Enable password-based authentication for this user by setting a password."),
    _(
        "Whether the user will be able to authenticate using a password or not. If disabled, they may still be able to "
        "authenticate using other backends, such as Single Sign-On or LDAP."
    ),
)
LOCALES = (
    _("Locales"),
    _("Select a new language"),
    _("This locale's current language code is not supported. Please choose a new language or delete this locale."),
    _("This locale's language code is not supported"),
    _("Locale '{0}' created."),
    _("Locale '{0}' updated."),
    _("Locale '{0}' deleted."),
    _("The locale could not be saved due to errors."),
    _("Are you sure you want to delete this locale?"),
    _("Add a locale"),
    _("Add locale"),
    _("Delete locale"),
    _("This locale cannot be deleted because there are pages and/or other objects using it."),
    _("This locale cannot be deleted because there are no other locales."),
)
PERMISSIONS = (_("Can submit translations"),)

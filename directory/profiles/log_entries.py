"""What is written into the history of an organisation beside the changes of its page."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter

from cms.localization import formats
from directory.records.record import OrganisationRecord

ACTIONS: dict[str, tuple[Promise, Promise]] = {
    "directory.invite": (_("Invite"), _("Invited %(person)s")),
    "directory.revoke": (_("Withdraw an invitation"), _("Withdrew the invitation of %(person)s")),
    "directory.accept": (_("Accept an invitation"), _("%(person)s accepted the invitation and the consent")),
    "directory.leave": (_("Leave"), _("%(person)s left")),
    "directory.remove": (_("Remove a member"), _("Removed %(person)s")),
    "directory.withdraw_consent": (_("Withdraw a consent"), _("%(person)s withdrew the consent")),
    "directory.ask": (_("Ask for access"), _("%(person)s asked for access")),
    "directory.register": (_("Register"), _("%(person)s registered the organisation")),
    "directory.approve": (_("Approve a request"), _("Approved the request of %(person)s")),
    "directory.refuse": (_("Refuse a request"), _("Refused the request of %(person)s")),
    "directory.confirm_by_link": (_("Confirm by link"), _("Confirmed by the link of a reminder")),
    "directory.confirm_by_phone": (_("Confirm by telephone"), _("Confirmed by telephone")),
    "directory.record": (_("Change the record"), _("Changed the record: %(fields)s")),
}
SOMEBODY = _("somebody")


class Formatter(LogFormatter):
    """Fills the sentence of an action with what its entry holds; who is gone is "somebody"."""

    def __init__(self, label: Promise, pattern: Promise) -> None:
        self.label, self.pattern = label, pattern

    def format_message(self, log_entry: Any) -> str:
        fields = (OrganisationRecord._meta.get_field(name) for name in log_entry.data.get("fields", ()))
        names = formats.list_of(str(field.verbose_name) for field in fields)  # type: ignore[union-attr]
        return str(self.pattern) % {"person": log_entry.data.get("person") or SOMEBODY, "fields": names}


def register(actions: LogActionRegistry) -> None:
    for name, (label, pattern) in ACTIONS.items():
        actions.register_action(name)(lambda label=label, pattern=pattern: Formatter(label, pattern))

"""What people set for themselves in the admin."""

from typing import Any

from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel


class AccountSettingsView(AccountView):
    """Without portraits: Wagtail stores them as uploaded, place and time of the photograph included."""

    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]


account_settings = require_admin_access(AccountSettingsView.as_view())

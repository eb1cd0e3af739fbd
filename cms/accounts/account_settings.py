"""What people set for themselves in the admin."""

from typing import Any

from django import forms
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.auth import PasswordChangeForm as WagtailPasswordChangeForm
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, ChangePasswordPanel

from cms.accounts import authentication


class PasswordChangeForm(WagtailPasswordChangeForm):
    """Wagtail's, in which nobody who has found an open session guesses the password for ever."""

    def clean_old_password(self) -> str:
        old: str = self.cleaned_data["old_password"]
        if not authentication.is_own_password(self.user, old):
            raise forms.ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return old


class AccountSettingsView(AccountView):
    """Without portraits: Wagtail stores them as uploaded, place and time of the photograph included."""

    def get_panels(self) -> list[Any]:
        panels = [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]
        for panel in panels:
            if isinstance(panel, ChangePasswordPanel):
                panel.form_class = PasswordChangeForm
        return panels


account_settings = require_admin_access(AccountSettingsView.as_view())

"""What the admin offers on pages is what it then allows."""

from wagtail.models import PagePermissionTester


class EditorPermissionTester(PagePermissionTester):
    """Wagtail offers the history of a page to everybody who sees it, and shows it to those who may edit it."""

    def can_view_revisions(self) -> bool:
        return bool(super().can_view_revisions() and self.can_edit())

"""What the admin offers on pages is what it then allows."""

from wagtail.models import PagePermissionTester


class EditorPermissionTester(PagePermissionTester):
    """Wagtail offers the history of a page to everybody who sees it, and shows it to those who may edit it."""

    def can_view_revisions(self) -> bool:
        return bool(super().can_view_revisions() and self.can_edit())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Who may change and not publish deletes nothing public; of a page with none below it that is seen at once."""
        is_known = (self.page.live or self.page.is_leaf()) and not self.page_is_root
        rights = self.permissions if self.user.is_active and not self.user.is_superuser else ()
        if is_known and "change" in rights and "publish" not in rights:
            return not self.page.live
        return bool(super().can_delete(ignore_bulk))

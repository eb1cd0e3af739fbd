"""Who may do what with events. Those below an organisation are its members', under the directory's rules."""

from directory.permissions import RecordPermissionTester, is_member, is_own_submission


class EventPermissionTester(RecordPermissionTester):
    """A member who is staff as well publishes no event of the own organisation past the review."""

    def can_publish(self) -> bool:
        own = is_own_submission(self.user, self.page) and is_member(self.user, self.page.get_parent())
        return super().can_publish() and not own

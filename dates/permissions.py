"""Who may do what with events. Those below an organisation are its members', under the directory's rules."""

from typing import Any

from directory.permissions import RecordPermissionTester, is_member, is_own_submission


class EventPermissionTester(RecordPermissionTester):
    """A member who is staff as well publishes no event of the own organisation past the review."""

    def can_publish(self) -> bool:
        own = is_own_submission(self.user, self.page) and is_member(self.user, self.page.get_parent())
        return super().can_publish() and not own


def may_delete_draft(user: Any, event: Any) -> bool:
    """Members delete what nobody has seen; what was public is cancelled, or taken away by the press office."""
    own = is_member(user, event.get_parent()) and event.permissions_for_user(user).can_edit()
    return bool(own and not event.live and event.first_published_at is None)

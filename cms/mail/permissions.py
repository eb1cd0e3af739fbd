"""Who may look at the queue of mails: it holds the addresses of people."""

from typing import Any

from cms.mail.letters import Letter, LetterQuerySet


def may_see_all(user: Any) -> bool:
    """Administrators."""
    return bool(user.is_active and user.has_perm("cms.view_letter"))


def may_decide_all(user: Any) -> bool:
    return bool(user.is_active and user.has_perm("cms.change_letter"))


def visible_to(user: Any) -> LetterQuerySet:
    """All letters for administrators; for others in the admin those that they have caused themselves."""
    letters = Letter.objects.all()
    return letters if may_see_all(user) else _own(letters, user)


def in_the_hands_of(user: Any) -> LetterQuerySet:
    """Letters that this person may send again or discard."""
    letters = Letter.objects.all()
    return letters if may_decide_all(user) else _own(letters, user)


def _own(letters: LetterQuerySet, user: Any) -> LetterQuerySet:
    if not user.is_active or not user.has_perm("wagtailadmin.access_admin"):
        return letters.none()
    return letters.filter(by=user)

"""Who may say where council dates come from."""

from cms.accounts import User


def may_keep_sources(user: User) -> bool:
    """Whoever keeps the sessions by hand: press office and administrators."""
    return user.is_active and user.has_perm("dates.change_councilsession")

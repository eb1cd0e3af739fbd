"""Who belongs to an organisation."""

from cms.accounts import User
from directory.organisation import OrganisationPage
from directory.permissions import group_of


def join(*, organisation: OrganisationPage, user: User) -> None:
    """Makes ``user`` a member: may change this organisation's profile, without access to the admin."""
    user.groups.add(group_of(organisation.facts))

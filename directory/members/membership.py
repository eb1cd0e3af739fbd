"""Who belongs to an organisation: invited, joined, gone. Each act happens as a whole or not at all."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from cms.accounts import User
from cms.localization import languages
from directory import permissions
from directory.members import consents, delivery
from directory.members.invitations import Invitation, InvitationRun
from directory.members.models import Membership, members_of
from directory.profiles import offices
from directory.profiles.organisation import OrganisationPage

__all__ = [
    "AlreadyMember",
    "InvitationOver",
    "LastMember",
    "WrongAccount",
    "accept",
    "accept_with_new_account",
    "invite",
    "join",
    "leave",
    "leave_all",
    "may_have_new_account",
    "members_of",
    "remove",
    "revoke",
]

WISH_IS_KNOWN_FOR = dt.timedelta(days=1)
"""How long the offices are not told again that the last member would like to leave."""
PRESSED_TWICE = dt.timedelta(minutes=1)


class AlreadyMember(Exception):
    """Says in a sentence that the person belongs to the organisation already."""


class InvitationOver(Exception):
    """Says in a sentence that the invitation was used, withdrawn or is too old."""


class WrongAccount(Exception):
    """Says in a sentence that the invitation is for somebody else."""


class LastMember(Exception):
    """Says in a sentence what the last member does instead of leaving."""


# Coming


def invite(
    *, organisation: OrganisationPage, email: str, language: str, invited_by: User, run: InvitationRun | None = None
) -> Invitation:
    """Sends a link by which the owner of ``email`` becomes a member; an earlier one stops working. The form sent twice
    is one invitation.

    Raises PermissionDenied and AlreadyMember.
    """
    organisation, email = organisation.facts, email.strip().lower()
    if not permissions.may_invite(invited_by, organisation):
        raise PermissionDenied
    with transaction.atomic():
        _lock(organisation)
        if members_of(organisation).filter(email=email).exists():
            raise AlreadyMember(_("%(email)s belongs to this organisation already.") % {"email": email})
        pending = Invitation.objects.pending().filter(organisation=organisation, email=email)
        just_now = pending.filter(
            invited_by=invited_by,
            language=languages.get(language).code,
            created_at__gt=timezone.now() - PRESSED_TWICE,
        )
        if twice := just_now.first():
            return twice
        pending.update(revoked_at=timezone.now())
        invitation = Invitation.objects.create(
            organisation=organisation,
            email=email,
            language=languages.get(language).code,
            invited_by=invited_by,
            by_office=not permissions.is_member(invited_by, organisation),
            run=run,
        )
        log(organisation, "directory.invite", user=invited_by, data={"person": email})
        delivery.soon(invitation)
    return invitation


def revoke(*, invitation: Invitation, revoked_by: User) -> None:
    """The link stops working. Raises PermissionDenied; what is over stays as it is."""
    if not permissions.may_invite(revoked_by, invitation.organisation):
        raise PermissionDenied
    with transaction.atomic():
        pending = Invitation.objects.pending().filter(pk=invitation.pk)
        if pending.update(revoked_at=timezone.now()):
            data = {"person": invitation.email}
            log(invitation.organisation, "directory.revoke", user=revoked_by, data=data)


@transaction.atomic
def accept(*, token: str, user: User) -> OrganisationPage:
    """Makes ``user``, whose address was invited, a member who consents. Raises InvitationOver and WrongAccount."""
    invitation = _open_invitation(token)
    if user.email != invitation.email or not user.is_active:
        raise WrongAccount(_("This invitation is for another email address."))
    return _accepted(invitation, user)


@transaction.atomic
def accept_with_new_account(*, token: str, name: str, password: str, language: str) -> User:
    """Makes an account for the address that was invited, and its owner a member who consents.

    An account that was closed when its owner left the last organisation is opened again. Raises InvitationOver, and
    WrongAccount when there is an account that only its password may open.
    """
    invitation = _open_invitation(token)
    user = User.objects.select_for_update().filter(email=invitation.email).first() or User(email=invitation.email)
    if not may_have_new_account(user):
        raise WrongAccount(_("There is an account with this address already. Please log in."))
    user.first_name, user.last_name, user.preferred_language = name, "", languages.get(language).code
    user.is_active = True
    user.set_password(password)
    user.save()
    _accepted(invitation, user)
    return user


def may_have_new_account(user: User) -> bool:
    """True for new people and for those whose account was closed because they had left every organisation."""
    return user.pk is None or not (user.is_active or permissions.has_role(user) or user.memberships.exists())


def _open_invitation(token: str) -> Invitation:
    found = Invitation.objects.with_token(token)
    if found is not None:
        # The row itself is locked, so the second of two who send the form at once finds it used.
        found = Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=found.pk)
    if found is None or not found.is_open:
        raise InvitationOver(
            _("This link does not work any more. It was used already, it is too old, or a newer one was sent.")
        )
    return found


def _accepted(invitation: Invitation, user: User) -> OrganisationPage:
    organisation = invitation.organisation
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    join(organisation=organisation, user=user, by=invitation.invited_by)
    consents.give(user=user, organisation=organisation)
    log(organisation, "directory.accept", user=user, data={"person": user.email})
    return organisation


def join(*, organisation: OrganisationPage, user: User, by: User | None = None) -> Membership:
    """Makes ``user`` a member: may change this organisation's profile, without access to the admin. Done twice it is
    one membership, as it began.
    """
    membership, _is_new = Membership.objects.get_or_create(
        user=user, organisation=organisation.facts, defaults={"by": by}
    )
    permissions.forget_memberships(user)
    return membership


# Going


def leave(*, organisation: OrganisationPage, user: User) -> None:
    """Ends a membership by the member's own wish. Raises LastMember and tells the offices of the wish."""
    organisation = organisation.facts
    with transaction.atomic():
        _lock(organisation)
        is_last = not members_of(organisation).exclude(pk=user.pk).exists()
        if not is_last:
            _end(organisation, user, "directory.leave", by=user)
    if is_last:
        offices.tell(organisation=organisation, template="directory/mail/last_member", pause=WISH_IS_KNOWN_FOR)
        raise LastMember(
            _(
                "You are the only one who looks after this organisation. Invite somebody first, then you can leave. "
                "If there is nobody, the city helps: it knows now that you would like to leave."
            )
        )


def remove(*, organisation: OrganisationPage, member: User, removed_by: User) -> None:
    """Ends another's membership; for members and the offices. Raises PermissionDenied."""
    organisation = organisation.facts
    if member == removed_by or not permissions.may_invite(removed_by, organisation):
        raise PermissionDenied
    with transaction.atomic():
        _lock(organisation)
        if Membership.objects.of(organisation).filter(user=member).exists():
            _end(organisation, member, "directory.remove", by=removed_by)
            _tell_if_empty(organisation)


@transaction.atomic
def leave_all(*, user: User) -> None:
    """Before an account is deleted: ends every membership; the offices learn which organisation has none left."""
    for organisation in OrganisationPage.objects.sources().filter(memberships__user=user).order_by("pk"):
        _lock(organisation)
        _end(organisation, user, "directory.leave", by=user)
        _tell_if_empty(organisation)


def _lock(organisation: OrganisationPage) -> None:
    """Until the transaction ends nobody else comes or goes: two who leave at once see each other."""
    Page.objects.select_for_update().get(pk=organisation.pk)


def _end(organisation: OrganisationPage, member: User, action: str, *, by: User) -> None:
    """Takes the row away, and closes the account of who has nothing left to do here."""
    Membership.objects.of(organisation).filter(user=member).delete()
    permissions.forget_memberships(member)
    log(organisation, action, user=by, data={"person": member.email})
    if not permissions.has_role(member) and not member.memberships.exists():
        member.is_active = False
        member.save(update_fields=["is_active"])


def _tell_if_empty(organisation: OrganisationPage) -> None:
    if not members_of(organisation).exists():
        offices.tell(organisation=organisation, template="directory/mail/no_member")

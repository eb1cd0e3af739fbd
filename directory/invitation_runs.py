"""Many invitations at once: everybody whom the records name and whose organisation nobody looks after yet."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from cms.accounts import User
from directory import membership, permissions
from directory.invitations import Invitation, InvitationRun
from directory.organisation import OrganisationPage


def kept_by(user: Any) -> Any:
    """The organisations whose records ``user`` keeps, by name."""
    below = Q(pk=None)
    for path in permissions.directories_kept_by(user).values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return OrganisationPage.objects.sources().filter(below).select_related("record").order_by("title")


def member_counts() -> dict[str, int]:
    """Active members by the name of their organisation's group; one query."""
    active = Count("groups", filter=Q(groups__name__startswith=permissions.MEMBERS_OF))
    rows = User.objects.filter(is_active=True, groups__name__startswith=permissions.MEMBERS_OF)
    return dict(rows.values_list("groups__name").annotate(number=active))


def waiting_for_invitation(user: Any) -> list[OrganisationPage]:
    """Organisations with a contact address, without member and without open invitation."""
    counts = member_counts()
    listed = kept_by(user).exclude(record=None).exclude(record__contact_email="")
    listed = listed.exclude(pk__in=Invitation.objects.open().values("organisation"))
    return [each for each in listed if not counts.get(permissions.group_name(each))]


def start(*, started_by: User) -> InvitationRun:
    """Invites all that wait for it, one by one. Begun again after an interruption, it takes only who is left."""
    run = InvitationRun.objects.create(started_by=started_by)
    for organisation in waiting_for_invitation(started_by):
        record = organisation.record
        membership.invite(
            organisation=organisation,
            email=record.contact_email,
            language=record.contact_language,
            invited_by=started_by,
            run=run,
        )
    return run


@dataclass(frozen=True)
class Report:
    """How far a run is. ``failed`` are tried again by themselves a few times."""

    sent: int
    failed: list[Invitation]
    left: int
    accepted: int

    @property
    def total(self) -> int:
        return self.sent + len(self.failed) + self.left

    @property
    def is_over(self) -> bool:
        return not self.left


def report(run: InvitationRun) -> Report:
    """Two queries, whatever the length of the run."""
    invitations = list(run.invitations.select_related("organisation"))
    unsent = [each for each in invitations if not each.sent_at and each.is_open]
    failed = [each for each in unsent if each.tried_at]
    return Report(
        sent=sum(1 for each in invitations if each.sent_at),
        failed=failed,
        left=len(unsent) - len(failed),
        accepted=sum(1 for each in invitations if each.accepted_at),
    )

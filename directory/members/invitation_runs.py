"""Many invitations at once: everybody whom the records name and whose organisation nobody looks after yet."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page, Site

from cms.accounts import User
from directory import permissions
from directory.members import membership
from directory.members.applications import Application
from directory.members.invitations import Invitation, InvitationRun
from directory.members.models import Membership
from directory.profiles.organisation import OrganisationPage


def kept_by(user: Any) -> Any:
    """The organisations whose records ``user`` keeps, by name."""
    below = Q(pk=None)
    for path in permissions.directories_kept_by(user).values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return OrganisationPage.objects.sources().filter(below).select_related("record").order_by("title")


def applications_for(user: Any) -> QuerySet[Application]:
    """Requests for access to the organisations whose records ``user`` keeps, also to those that were refused and are
    gone: then it is the Site that tells whose they were.
    """
    paths = list(permissions.directories_kept_by(user).values_list("path", flat=True))
    sites = [site.pk for site in Site.objects.select_related("root_page") if _holds(site.root_page, paths)]
    kept = kept_by(user).order_by().values("pk")
    return Application.objects.filter(Q(organisation__in=kept) | Q(organisation=None, site__in=sites))


def _holds(root: Page, paths: list[str]) -> bool:
    return any(path.startswith(root.path) for path in paths)


def runs_for(user: Any) -> QuerySet[InvitationRun]:
    """Runs that invited somebody to one of these organisations, or nobody, or that ``user`` has started."""
    kept = Invitation.objects.filter(organisation__in=kept_by(user).order_by().values("pk"))
    inviting = Invitation.objects.exclude(run=None).values("run")
    return InvitationRun.objects.filter(Q(pk__in=kept.values("run")) | ~Q(pk__in=inviting) | Q(started_by=user))


def waiting_for_invitation(user: Any) -> list[OrganisationPage]:
    """Organisations with a contact address, without member and without open invitation."""
    listed = kept_by(user).exclude(record=None).exclude(record__contact_email="")
    listed = listed.exclude(pk__in=Invitation.objects.open().values("organisation"))
    return list(listed.exclude(pk__in=Membership.objects.active().values("organisation")))


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


def report(run: InvitationRun, user: Any) -> Report:
    """What of the run concerns the organisations whose records ``user`` keeps; few queries, whatever its length."""
    kept = kept_by(user).order_by().values("pk")
    invitations = list(run.invitations.filter(organisation__in=kept).select_related("organisation"))
    unsent = [each for each in invitations if not each.sent_at and each.is_open]
    failed = [each for each in unsent if each.tried_at]
    return Report(
        sent=sum(1 for each in invitations if each.sent_at),
        failed=failed,
        left=len(unsent) - len(failed),
        accepted=sum(1 for each in invitations if each.accepted_at),
    )

"""What is kept about a person: shown on demand, deleted on demand, forgotten when it is over."""

import datetime as dt
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageLogEntry, Revision

from cms.accounts import User
from cms.mail.letters import Letter
from directory.members import applications, invitations, membership
from directory.members.applications import Application, Decision
from directory.members.invitations import Invitation
from directory.members.models import Membership

JOBS_KEPT_FOR = dt.timedelta(days=30)
"""What a job was given may be about people."""


def of(user: User) -> dict[str, Any]:
    """Everything about ``user``, as JSON can hold it."""
    memberships = Membership.objects.filter(user=user).select_related("organisation")
    entries = PageLogEntry.objects.filter(Q(user=user) | Q(data__person=user.email)).order_by("timestamp")
    revisions = Revision.objects.filter(user=user).order_by("created_at")
    return {
        "account": {
            "email": user.email,
            "name": user.get_full_name(),
            "language": user.preferred_language,
            "joined": user.date_joined.isoformat(),
            "last_login": user.last_login.isoformat() if user.last_login else None,
        },
        "memberships": [each.organisation.title for each in memberships],
        "member_since": {each.organisation.title: each.since.isoformat() for each in memberships},
        "consents": [
            {
                "organisation": consent.organisation.title,
                "wording": consent.wording,
                "language": consent.language,
                "given": consent.given_at.isoformat(),
                "withdrawn": consent.withdrawn_at.isoformat() if consent.withdrawn_at else None,
            }
            for consent in user.consents.select_related("organisation")
        ],
        "invitations": [
            {
                "organisation": invitation.organisation.title,
                "email": invitation.email,
                "invited": invitation.created_at.isoformat(),
                "state": str(invitation.state),
            }
            for invitation in _invitations_of(user).select_related("organisation")
        ],
        "requests": [
            {"organisation": each.organisation_name, "message": each.message, "received": each.created_at.isoformat()}
            for each in Application.objects.filter(email=user.email)
        ],
        "mails": [
            {
                "subject": letter.subject,
                "written": letter.created_at.isoformat(),
                "state": letter.state,
            }
            for letter in Letter.objects.filter(to__iexact=user.email)
        ],
        "history": [
            {"when": entry.timestamp.isoformat(), "what": entry.action, "page": entry.label} for entry in entries
        ],
        "texts": [
            {"when": revision.created_at.isoformat(), "page": revision.object_str, "content": revision.content}
            for revision in revisions
        ],
    }


def _invitations_of(user: User) -> Any:
    return Invitation.objects.filter(Q(email=user.email) | Q(accepted_by=user) | Q(invited_by=user))


@transaction.atomic
def delete(*, user: User) -> None:
    """Ends memberships and the account. What was written for an organisation stays, without a name.

    Log entries keep the number of the account only.
    """
    membership.leave_all(user=user)
    Invitation.objects.filter(Q(email=user.email) | Q(accepted_by=user)).delete()
    Application.objects.filter(email=user.email).delete()
    for entry in PageLogEntry.objects.filter(data__person=user.email):
        PageLogEntry.objects.filter(pk=entry.pk).update(data={**entry.data, "person": None})
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        model.objects.filter(username=user.email).delete()
    DBTaskResult.objects.finished().filter(args_kwargs__icontains=user.email).delete()
    Letter.objects.filter(to__iexact=user.email).delete()
    user.delete()


def forget_what_is_over() -> None:
    """Every minute: what was decided long ago is no longer needed, and holds names and addresses."""
    now = timezone.now()
    decided = Application.objects.exclude(decision=Decision.OPEN)
    decided.filter(decided_at__lt=now - applications.KEPT_FOR).delete()
    Invitation.objects.filter(expires_at__lt=now - invitations.KEPT_FOR).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - JOBS_KEPT_FOR).delete()

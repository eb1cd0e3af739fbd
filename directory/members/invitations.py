"""Invitations to look after an organisation's page. Who has the link may accept; it logs nobody in."""

import datetime as dt
import hashlib
import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.localization import languages
from directory.profiles.organisation import OrganisationPage

VALID_FOR = dt.timedelta(days=14)
KEPT_FOR = dt.timedelta(days=180)
"""How long an invitation that is over is remembered: it holds a person's address."""


class InvitationState(models.TextChoices):
    WAITING = "waiting", _("is being sent")
    FAILED = "failed", _("could not be sent")
    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    REVOKED = "revoked", _("withdrawn")
    EXPIRED = "expired", _("expired")


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationRun(models.Model):
    """Many invitations that were sent at once."""

    started_at = models.DateTimeField(_("started"), default=timezone.now)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("started by")
    )

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> Self:
        """Neither accepted nor withdrawn, whether or not they are over."""
        return self.filter(accepted_at=None, revoked_at=None)

    def open(self) -> Self:
        return self.pending().filter(expires_at__gt=timezone.now())

    def unsent(self) -> Self:
        return self.open().filter(sent_at=None)

    def with_token(self, token: str) -> "Invitation | None":
        """The invitation of this link, whatever has become of it."""
        return self.select_related("organisation").filter(token_hash=hash_of(token)).first()


class Invitation(models.Model):
    """One invitation of one address. The secret of its link is nowhere but in the mail; here is its SHA-256."""

    organisation = models.ForeignKey(
        OrganisationPage, models.CASCADE, related_name="invitations", verbose_name=_("organisation")
    )
    email = models.EmailField(_("email address"))
    language = models.CharField(_("language"), max_length=16, choices=languages.django_languages())
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    by_office = models.BooleanField(default=True)
    run = models.ForeignKey(InvitationRun, models.SET_NULL, null=True, related_name="invitations")
    token_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 (none until the mail is sent)
    created_at = models.DateTimeField(_("invited on"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    tried_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    accepted_at = models.DateTimeField(_("accepted on"), null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("accepted by")
    )
    revoked_at = models.DateTimeField(_("withdrawn on"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_one_pending_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation.title}: {self.email}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        self.expires_at = self.expires_at or self.created_at + VALID_FOR
        super().save(*args, **kwargs)

    def new_token(self) -> str:
        """A fresh secret, from now on the only one that opens this invitation."""
        token = secrets.token_urlsafe(32)
        self.token_hash = hash_of(token)
        return token

    @property
    def state(self) -> InvitationState:
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.revoked_at:
            return InvitationState.REVOKED
        if self.expires_at <= timezone.now():
            return InvitationState.EXPIRED
        if self.sent_at:
            return InvitationState.OPEN
        return InvitationState.FAILED if self.tried_at else InvitationState.WAITING

    @property
    def is_open(self) -> bool:
        return self.state in (InvitationState.WAITING, InvitationState.FAILED, InvitationState.OPEN)

    @property
    def state_label(self) -> str:
        return str(self.state.label)

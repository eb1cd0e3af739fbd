"""Who looks after an organisation. One row a person; every right of members follows from it, and none from a group."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.accounts import User
from directory.profiles.organisation import OrganisationPage


class MembershipQuerySet(models.QuerySet["Membership"]):
    def of(self, organisation: Page) -> Self:
        """Those of one organisation, whichever of its languages ``organisation`` is."""
        return self.filter(organisation__translation_key=organisation.translation_key)

    def active(self) -> Self:
        """Of people who can log in: an account that is switched off looks after nothing."""
        return self.filter(user__is_active=True)

    def for_record(self) -> Self:
        """By name, with who they are and who let them in."""
        return self.select_related("user", "by").order_by("user__first_name", "user__last_name", "user__email")

    def counts(self) -> dict[int, int]:
        """How many there are, by the number of the organisation's page; one query."""
        return dict(self.order_by().values_list("organisation").annotate(number=Count("pk")))


class Membership(models.Model):
    """One person looks after one organisation: ``organisation`` is its source page."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        OrganisationPage, models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    since = models.DateTimeField(_("since"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )

    objects = MembershipQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.organisation.title}: {self.user}"


def members_of(organisation: OrganisationPage) -> Any:
    """Active members, by name."""
    current = Membership.objects.of(organisation).active()
    return User.objects.filter(pk__in=current.values("user")).order_by("first_name", "last_name", "email")


def looked_after_by(user: Any) -> Any:
    """The organisations (source pages) of which ``user`` is a member, by name; none of an account that is off."""
    sources = OrganisationPage.objects.sources()
    return sources.filter(memberships__user=user.pk, memberships__user__is_active=True).order_by("title")

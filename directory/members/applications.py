"""Somebody asks to come in: for an organisation of the directory that nobody looks after, or with a new one."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Site

from cms.localization import languages
from directory.profiles.organisation import OrganisationPage

KEPT_FOR = dt.timedelta(days=180)
"""How long a decided application is remembered: it holds a person's name and address."""


class Kind(models.TextChoices):
    ACCESS = "access", _("asks for access")
    REGISTRATION = "registration", _("new organisation")


class Decision(models.TextChoices):
    OPEN = "", _("open")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")


class Application(models.Model):
    """What somebody has written, and what the offices have decided. Nothing public comes of it before."""

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    site = models.ForeignKey(Site, models.CASCADE, related_name="+", verbose_name=pgettext_lazy("website", "site"))
    organisation = models.ForeignKey(
        OrganisationPage, models.SET_NULL, null=True, related_name="applications", verbose_name=_("organisation")
    )
    organisation_name = models.CharField(_("name of the organisation"), max_length=255)
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("email address"))
    message = models.TextField(_("message"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=16, choices=languages.django_languages())
    consent_wording = models.TextField(_("wording of the consent"), blank=True)
    created_at = models.DateTimeField(_("received"), default=timezone.now)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(_("decided on"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    reason = models.TextField(_("reason"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("request for access")
        verbose_name_plural = _("requests for access")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.organisation_name}: {self.email}"

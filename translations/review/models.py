"""What happened to a translation on its way to the public, and what people wrote to each other about it."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, Revision


class Act(models.TextChoices):
    SENT = "sent", _("sent for review")
    WITHDRAWN = "withdrawn", _("withdrawn from review")
    RETURNED = "returned", _("handed back")
    PUBLISHED = "published", _("published")
    NOTE = "note", pgettext_lazy("what somebody wrote to a colleague", "note")


class ReviewActQuerySet(models.QuerySet["ReviewAct"]):
    def of(self, page: Page, language: str) -> Self:
        """Of one source page in one language, the newest first."""
        return self.filter(page=page, language=language).order_by("-pk")

    def newest_steps(self, pages: Iterable[int], languages: Iterable[str]) -> dict[tuple[int, str], "ReviewAct"]:
        """By number of the source page and language; one query."""
        found = self.filter(page__in=list(pages), language__in=list(languages)).steps().order_by("pk")
        return {(step.page_id, step.language): step for step in found}

    def steps(self) -> Self:
        """Without the notes: the newest one says where the translation stands."""
        return self.exclude(act=Act.NOTE)


class ReviewAct(models.Model):
    """One step. ``text`` is the reason of a return, or a note."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    language = models.CharField(_("language"), max_length=16)
    act = models.CharField(max_length=12, choices=Act.choices)
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ReviewActQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a translation")
        verbose_name_plural = _("steps of a translation")
        indexes = [models.Index(fields=["page", "language"])]

    def __str__(self) -> str:
        return f"{self.page_id} {self.language}: {self.act}"

    @property
    def by_name(self) -> str:
        return name_of(self.by)


def name_of(person: Any) -> str:
    """How colleagues call somebody; empty for nobody (any more)."""
    return (person.get_full_name() or person.email) if person is not None else ""

"""The council as a body whose name changes over time, and its sessions.

Plain models without translated rows: a title comes from a translated pattern, a date from CLDR, so every language is
complete in the second a session is saved.
"""

import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from cms.words import Phrase, Words, WordsField, choose, phrase
from dates.places import Place


class CouncilBody(ClusterableModel):
    """A council or committee: its usual name, and its legal names with the day from which each holds."""

    key = models.SlugField(_("key"), unique=True)
    name = WordsField(_("name"))

    panels = [FieldPanel("key"), FieldPanel("name"), InlinePanel("legal_names", label=_("legal name"))]

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["key"]

    def __str__(self) -> str:
        return str(choose(self.name)) or self.key

    @property
    def label(self) -> Words:
        return choose(self.name)


class BodyName(Orderable):
    """A name that a law gave the body; without ``valid_from`` it held from the beginning."""

    body = ParentalKey(CouncilBody, on_delete=models.CASCADE, related_name="legal_names")
    name = WordsField(_("name"))
    valid_from = models.DateField(_("valid from"), null=True, blank=True)

    panels = [FieldPanel("name"), FieldPanel("valid_from")]

    @property
    def label(self) -> Words:
        return choose(self.name)


class Status(models.TextChoices):
    PLANNED = "planned", _("planned")
    INVITED = "invited", _("invited")
    CANCELLED = "cancelled", _("cancelled")


class CouncilSessionQuerySet(models.QuerySet["CouncilSession"]):
    def public(self) -> Self:
        return self.filter(is_public=True)

    def of(self, body: CouncilBody | None) -> Self:
        return self.filter(body=body)

    def upcoming(self) -> Self:
        """From the beginning of today: a session of this afternoon is still ahead for who looks at noon."""
        return self.filter(start__gte=start_of_today()).order_by("start")

    def past(self) -> Self:
        return self.filter(start__lt=start_of_today()).order_by("-start")

    def with_facts(self) -> Self:
        return self.select_related("body", "place")


def start_of_today() -> dt.datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


class CouncilSession(models.Model):
    """One session. ``year`` is that of its start; number and year make its address."""

    body = models.ForeignKey(CouncilBody, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("body"))
    number = models.PositiveSmallIntegerField(_("number in the year"))
    year = models.PositiveSmallIntegerField(editable=False, db_index=True)
    start = models.DateTimeField(_("start"))
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("place"))
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.PLANNED)
    information_url = models.URLField(
        _("in the council information system"), blank=True, help_text=_("Agenda and papers of this meeting.")
    )
    is_public = models.BooleanField(_("shown on the website"), default=True)
    is_example = models.BooleanField(default=False, editable=False)

    objects = CouncilSessionQuerySet.as_manager()

    panels = [
        FieldPanel("body"),
        FieldPanel("number"),
        FieldPanel("start"),
        FieldPanel("place"),
        FieldPanel("status"),
        FieldPanel("information_url"),
        FieldPanel("is_public"),
    ]

    class Meta:
        verbose_name = _("council session")
        verbose_name_plural = _("council sessions")
        ordering = ["-start"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year", "number"],
                name="session_number_unique_in_year",
                violation_error_message=_("This body has a session with that number in that year."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.start:%Y-%m-%d})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.year = timezone.localtime(self.start).year
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.number is not None and self.number < 1:
            raise ValidationError({"number": _("The number must be 1 or higher.")})
        if self.start:
            self.year = timezone.localtime(self.start).year

    def validate_constraints(self, exclude: Any = None) -> None:
        """Forms leave out ``year``, which follows from ``start``; the number must be free in it all the same."""
        super().validate_constraints(exclude=set(exclude or ()) - {"year"})

    @property
    def title(self) -> Phrase:
        """ "Integration council – session 1/2025" in the reader's language, by a translated pattern."""
        pattern = pgettext("title of a council session", "%(body)s – meeting %(number)s")
        return phrase(pattern, body=self.body.label, number=f"{self.number}/{self.year}")

    @property
    def short_title(self) -> str:
        return pgettext("title of a council session", "Meeting %(number)s") % {"number": f"{self.number}/{self.year}"}

    @property
    def is_cancelled(self) -> bool:
        return self.status == Status.CANCELLED

    @property
    def is_past(self) -> bool:
        return self.start < start_of_today()

    @property
    def status_label(self) -> str:
        return Status(self.status).label

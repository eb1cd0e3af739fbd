"""Sessions of a council: what is kept of each.

Plain models without translated rows: a title comes from a translated pattern, a date from CLDR, what is offered from
sentences that stand ready, so every language is complete in the second a session is saved. Values of a saved session
are written by ``dates.council.session_changes.change`` alone.
"""

import datetime as dt
from typing import Any, Self
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from modelcluster.models import ClusterableModel

from cms.localization.accepted_dates import is_accepted, shown
from cms.localization.localized_text import Phrase, phrase
from dates.council.bodies import CouncilBody
from dates.council.session_notices import FOR_VISITORS, Notice, Offered, Openness
from dates.council.session_told import ToldToVisitors
from dates.places import Place
from directory.profiles.taxonomy import LanguageCodesField


class Status(models.TextChoices):
    PLANNED = "planned", _("planned")
    INVITED = "invited", _("invited")
    CANCELLED = "cancelled", _("cancelled")
    WITHDRAWN = "withdrawn", _("withdrawn")


class CouncilSessionQuerySet(models.QuerySet["CouncilSession"]):
    def public(self) -> Self:
        """What visitors may see. A session in an impossible year is a mistake, however it got there."""
        return self.filter(shown("start", "end"), is_public=True)

    def of(self, body: CouncilBody | None) -> Self:
        return self.filter(body=body)

    def met_by(self, body: CouncilBody | None) -> Self:
        """Those of ``body``, and those that others hold together with it."""
        if body is None:
            return self.none()
        return self.filter(models.Q(body=body) | models.Q(pk__in=body.joint_sessions.values("pk")))

    def met_by_any(self, bodies: Any) -> Self:
        """The same for several bodies: their numbers, or a query of them."""
        joint = CouncilSession.joint_bodies.through.objects.filter(councilbody__in=bodies)
        return self.filter(models.Q(body__in=bodies) | models.Q(pk__in=joint.values("councilsession")))

    def in_year(self, year: int) -> Self:
        return self.filter(year=year).order_by("start")

    def upcoming(self) -> Self:
        """From the beginning of today: a session of this afternoon is still ahead for who looks at noon."""
        return self.filter(start__gte=start_of_today()).order_by("start")

    def past(self) -> Self:
        return self.filter(start__lt=start_of_today()).order_by("-start")

    def with_facts(self) -> Self:
        """With everything that pages and calendars show: four queries."""
        return self.select_related("body", "place").prefetch_related("body__legal_names", "joint_bodies", "agenda")


def start_of_today() -> dt.datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


class CouncilSession(ToldToVisitors, ClusterableModel):
    """One session. ``year`` is that of its start; number and year make its address."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    body = models.ForeignKey(CouncilBody, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("body"))
    number = models.PositiveSmallIntegerField(
        _("number in the year"),
        validators=[
            MinValueValidator(1, _("The number must be 1 or higher.")),
            MaxValueValidator(99, _("The number must be 99 or lower.")),
        ],
    )
    year = models.PositiveSmallIntegerField(editable=False, db_index=True)
    start = models.DateTimeField(_("start"))
    end = models.DateTimeField(_("expected end"), null=True, blank=True)
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("place"))
    joint_bodies = models.ManyToManyField(
        CouncilBody,
        blank=True,
        related_name="joint_sessions",
        verbose_name=_("together with"),
        help_text=_(
            "Other bodies that meet at the same time in the same room. The meeting stands on their pages, too."
        ),
    )
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.PLANNED)
    moved_to = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("takes place instead"),
        help_text=_("The meeting that people should come to when this one is cancelled or withdrawn."),
    )
    openness = models.CharField(
        _("open to the public"), max_length=8, choices=Openness.choices, default=Openness.PUBLIC
    )
    notice = models.CharField(_("notice"), max_length=20, choices=Notice.choices, blank=True)
    information_url = models.URLField(
        _("in the council information system"), blank=True, help_text=_("Agenda and papers of this meeting.")
    )
    agenda_url = models.URLField(_("agenda"), blank=True)
    papers_url = models.URLField(_("papers"), blank=True)
    minutes_url = models.URLField(_("minutes"), blank=True)
    livestream_url = models.URLField(_("livestream"), blank=True)
    interpreters = models.CharField(_("interpreters"), max_length=10, choices=Offered.choices, blank=True)
    interpreter_languages = LanguageCodesField(_("languages of the interpreters"), blank=True)
    sign_language = models.CharField(_("sign language"), max_length=10, choices=Offered.choices, blank=True)
    is_public = models.BooleanField(_("shown on the website"), default=True)
    is_example = models.BooleanField(default=False, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    """How often time, place or status has changed: SEQUENCE of RFC 5545."""
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    """When anything that is shown has changed."""
    moved_from = models.DateTimeField(null=True, editable=False)
    """The public start before the present one, from the history; None when visitors never saw another."""
    overridden = models.JSONField(default=list, editable=False)
    """Names of fields that a person has set since; an import leaves them alone."""

    agenda_removed = models.JSONField(default=list, editable=False)
    """Imported points of the agenda that a person has taken out; an import does not bring them again."""

    objects = CouncilSessionQuerySet.as_manager()

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
        if not self.start or not is_accepted(self.start, self.end):
            return  # which the fields themselves complain about
        self.year = timezone.localtime(self.start).year
        if self.end and self.end <= self.start:
            raise ValidationError({"end": _("The end must be after the start. Check the date and time.")})
        if self.pk and self.moved_to_id == self.pk:
            raise ValidationError({"moved_to": _("Choose another meeting than this one.")})
        if self.is_closed and self.notice in FOR_VISITORS:
            raise ValidationError(
                {"notice": _("Nobody may come to a meeting that is not public. Choose another notice.")}
            )

    def validate_constraints(self, exclude: Any = None) -> None:
        """The number must be free in the year, also in forms that leave out ``year`` (as all do) or ``body``."""
        super().validate_constraints(exclude=set(exclude or ()) - {"year", "body"})

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
    def is_withdrawn(self) -> bool:
        return self.status == Status.WITHDRAWN

    @property
    def takes_place(self) -> bool:
        return not (self.is_cancelled or self.is_withdrawn)

    @property
    def is_past(self) -> bool:
        return self.start < start_of_today()

    @property
    def is_held(self) -> bool:
        return self.is_past and self.takes_place

    @property
    def is_moved(self) -> bool:
        return self.moved_from is not None

    @property
    def status_label(self) -> str:
        return str(self.get_status_display())  # an unknown status is shown as it is stored

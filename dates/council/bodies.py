"""Councils and committees, whose names change by law while they stay the same body."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from cms.localization.localized_text import LocalizedText, LocalizedTextField, choose
from cms.localization.named import Named


class CouncilBody(Named, ClusterableModel):
    """A council or committee: its usual name, and its legal names with the days on which each holds."""

    panels = [
        FieldPanel("key"),
        FieldPanel("name"),
        InlinePanel("legal_names", label=_("legal name")),
        InlinePanel("breaks", label=_("break")),
    ]

    class Meta(Named.Meta):
        verbose_name = _("body")
        verbose_name_plural = _("bodies")

    def breaks_from(self, day: dt.date) -> list["BodyBreak"]:
        """Those that are not over on ``day``, the next first."""
        return [each for each in self.breaks.all() if each.last_day >= day]

    def breaks_in(self, year: int) -> list["BodyBreak"]:
        return [each for each in self.breaks.all() if each.first_day.year <= year <= each.last_day.year]

    def break_on(self, day: dt.date) -> "BodyBreak | None":
        return next((each for each in self.breaks.all() if each.first_day <= day <= each.last_day), None)

    def name_on(self, day: dt.date) -> LocalizedText:
        """The legal name of that day, the youngest if several hold; the usual name where the law gave none."""
        holding = [name for name in self.legal_names.all() if name.holds_on(day)]
        if not holding:
            return self.label
        return max(holding, key=lambda name: name.valid_from or dt.date.min).label


class BodyName(Orderable):
    """A name that a law gave the body; without ``valid_from`` it held from the beginning, without end it still does."""

    body = ParentalKey(CouncilBody, on_delete=models.CASCADE, related_name="legal_names")
    name = LocalizedTextField(_("name"))
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True, help_text=_("The last day."))

    panels = [FieldPanel("name"), FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")])]

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The last day must not be before the first one.")})

    @property
    def label(self) -> LocalizedText:
        return choose(self.name)

    def holds_on(self, day: dt.date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_until or day)


class BreakKind(models.TextChoices):
    SUMMER = "summer", _("Summer break")
    WINTER = "winter", _("Winter break")
    ELECTION = "election", _("Break because of an election")
    OTHER = "other", _("No meetings")


class BodyBreak(models.Model):
    """Days on which the body does not meet. Facts, which read right in every language."""

    body = ParentalKey(CouncilBody, on_delete=models.CASCADE, related_name="breaks")
    kind = models.CharField(_("kind"), max_length=10, choices=BreakKind.choices, default=BreakKind.SUMMER)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    panels = [FieldPanel("kind"), FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")])]

    class Meta:
        verbose_name = _("break without meetings")
        verbose_name_plural = _("breaks without meetings")
        ordering = ["first_day"]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day must not be before the first one.")})

    @property
    def label(self) -> str:
        return str(self.get_kind_display())

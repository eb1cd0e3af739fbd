"""A list that somebody is reading in: the file as rows of text, what each column means, what became of each row."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.profiles.directory_page import DirectoryPage
from directory.profiles.organisation import OrganisationPage

KEPT_FOR = dt.timedelta(days=90)
"""Lists hold addresses of people, so they are not kept for longer than questions come."""


class ImportState(models.TextChoices):
    PREPARED = "prepared", _("not started")
    RUNNING = "running", _("at work")
    DONE = "done", _("done")


class ImportChoice(models.TextChoices):
    """What is to be done with a row whose organisation is there already."""

    UPDATE = "update", _("complete what is there")
    NEW = "new", _("add as a new organisation")
    SKIP = "skip", _("leave out")


class RowOutcome(models.TextChoices):
    WAITING = "", _("waiting")
    CREATED = "created", _("added")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("nothing to do")
    SKIPPED = "skipped", _("left out")
    REFUSED = "refused", _("refused")


class SpreadsheetImport(models.Model):
    """One list on its way into a directory."""

    directory = models.ForeignKey(DirectoryPage, models.CASCADE, related_name="+")
    file_name = models.CharField(_("file"), max_length=255)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    readings = models.JSONField(default=list)
    """Ways to read the file, of which a person has yet to choose one, and until then there are no rows:
    ``{"name": encoding or sheet, "is_sheet": …, "rows": [[number, cells], …]}``."""
    headings = models.JSONField(default=list)
    """Texts of the first row, empty when it holds an organisation."""
    mapping = models.JSONField(default=list)
    """For each column of the file the key of ours, or "" for one that is left out."""
    publish = models.BooleanField(_("publish at once"), default=False)
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.PREPARED)
    worked_at = models.DateTimeField(null=True, blank=True)
    """Last sign of life while it runs."""

    class Meta:
        verbose_name = _("list of organisations")
        verbose_name_plural = _("lists of organisations")
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def unknown_headings(self) -> list[str]:
        """Headings that say nothing to us, so that their columns are not read."""
        return [heading for heading, key in zip(self.headings, self.mapping, strict=False) if heading and not key]

    @property
    def outcomes(self) -> dict[str, int]:
        """How many rows came to what; one query."""
        return dict(self.rows.order_by().values_list("outcome").annotate(count=models.Count("pk")))


class SpreadsheetRow(models.Model):
    """One row of the list, with what became of it and why."""

    of = models.ForeignKey(SpreadsheetImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    choice = models.CharField(max_length=8, choices=ImportChoice.choices, blank=True)
    outcome = models.CharField(max_length=9, choices=RowOutcome.choices, blank=True, default=RowOutcome.WAITING)
    notes = models.JSONField(default=list)
    """Sentences on what was refused or kept: ``{"column": heading or "", "text": cell, "sentence": …}``."""
    organisation = models.ForeignKey(OrganisationPage, models.SET_NULL, null=True, blank=True, related_name="+")
    revision = models.ForeignKey("wagtailcore.Revision", models.SET_NULL, null=True, blank=True, related_name="+")
    """The revision that the row made: a later one is by a person."""

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="one_row_of_a_number")]

    def __str__(self) -> str:
        return f"{self.of}: {self.number}"

    @property
    def name(self) -> str:
        """What the list calls the organisation."""
        mapping = self.of.mapping
        return self.cells[mapping.index("title")] if "title" in mapping else ""


def remove_old() -> None:
    """Lists older than ``KEPT_FOR`` go; what they brought stays."""
    SpreadsheetImport.objects.filter(started_at__lt=timezone.now() - KEPT_FOR).delete()

"""Drafts by machine as jobs, what providers were sent, the glossary, and what a site lets machines publish."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from cms.localization import languages
from cms.localization.localized_text import LocalizedTextField

# Jobs


class JobState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("at work")
    PAUSED = "paused", _("paused")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


OPEN = (JobState.WAITING, JobState.RUNNING, JobState.PAUSED)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many jobs of a run are where; ``of`` is all of them."""

    of: int
    done: int
    failed: int

    @property
    def is_over(self) -> bool:
        return self.done + self.failed == self.of


class DraftRun(models.Model):
    """ "Draft everything that is missing in this language", asked for by a person."""

    language = models.CharField(_("language"), max_length=16)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    paused = models.BooleanField(_("paused"), default=False)

    class Meta:
        verbose_name = _("drafts by machine")
        verbose_name_plural = _("drafts by machine")
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.language} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def progress(self) -> Progress:
        """Counted anew each time; one query."""
        counts = dict(self.jobs.order_by().values_list("state").annotate(count=models.Count("pk")))
        return Progress(sum(counts.values()), counts.get(JobState.DONE, 0), counts.get(JobState.FAILED, 0))


class DraftJob(models.Model):
    """One source page to be drafted in one language. ``translations.machine.jobs`` moves it from state to state."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    language = models.CharField(_("language"), max_length=16)
    run = models.ForeignKey(DraftRun, models.CASCADE, null=True, blank=True, related_name="jobs")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(_("state"), max_length=8, choices=JobState.choices, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    """Begun since words were last stored."""
    due_at = models.DateTimeField(default=timezone.now)
    claim = models.CharField(max_length=32, blank=True)
    """Who has it: a new word for each claim, so that a worker that was thought dead notices."""
    lease_until = models.DateTimeField(null=True, blank=True)
    """A running job not heard of until then belongs to nobody."""
    sentence = models.TextField(_("what happened"), blank=True)
    left = models.JSONField(default=list)
    """Sentences that need a person: ``{"context_id", "string_id", "reason", "text"}``, text as the machine wrote it."""

    class Meta:
        verbose_name = _("draft by machine")
        verbose_name_plural = _("drafts by machine")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language"],
                condition=models.Q(state__in=["waiting", "running", "paused"]),
                name="one_open_draft_per_page_and_language",
            )
        ]
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.page_id} {self.language}: {self.state}"


class ProviderUse(models.Model):
    """Characters sent to a provider in a month; ``month`` is its first day."""

    provider = models.CharField(max_length=32)
    month = models.DateField()
    characters = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "month"], name="one_use_per_provider_and_month")]

    def __str__(self) -> str:
        return f"{self.provider} {self.month:%Y-%m}: {self.characters}"


class ProviderPause(models.Model):
    """A provider that failed, until it is asked again. ``translations.machine.pauses`` keeps it."""

    provider = models.CharField(max_length=32, unique=True)
    reason = models.CharField(max_length=16)
    """That of the last ``ProviderError``."""
    failures = models.PositiveIntegerField(default=0)
    """One after the other, without an answer in between."""
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    """None: until the settings change or somebody has it tried again."""
    is_paused = models.BooleanField(default=False)
    settings = models.CharField(max_length=64)
    """What the provider was set up with, unreadably: with another key or address the pause is over."""

    def __str__(self) -> str:
        return f"{self.provider}: {self.reason}"


# Glossary


@register_snippet
class GlossaryTerm(models.Model):
    """A German term whose translation is fixed; where a language has none, machines choose."""

    german = models.CharField(_("German term"), max_length=255, unique=True, editable=False)
    translations = LocalizedTextField(_("term and translations"))
    note = models.TextField(_("note"), blank=True, help_text=_("For translators: what is meant, what to avoid."))

    panels = [FieldPanel("translations"), FieldPanel("note")]
    search_fields = [index.SearchField("german"), index.AutocompleteField("german")]

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        ordering = ["german"]

    def __str__(self) -> str:
        return self.german

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._agree()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self._agree()
        if GlossaryTerm.objects.filter(german=self.german).exclude(pk=self.pk).exists():
            raise ValidationError({"translations": _("This term is in the glossary already.")})

    def _agree(self) -> None:
        """The German of the form is the term itself."""
        self.german = self.translations.get(languages.SOURCE) or self.german
        self.translations = {languages.SOURCE: self.german, **self.translations}


@register_snippet
class KeptName(models.Model):
    """A proper name that machines leave as it is."""

    name = models.CharField(_("name"), max_length=255, unique=True)

    panels = [FieldPanel("name", help_text=_("Stays in every language as it is written here."))]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("name that stays")
        verbose_name_plural = _("names that stay")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


# Policy


class LanguagesField(models.JSONField):
    """Codes of languages into which pages are translated, chosen by ticking boxes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        choices = [(code, name) for code, name in languages.django_languages() if code != languages.SOURCE]
        return forms.MultipleChoiceField(
            label=self.verbose_name,
            help_text=self.help_text,
            required=not self.blank,
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
        )


@register_setting(icon="globe")
class TranslationPolicy(BaseSiteSetting):
    """What a site lets machines do; by default nothing goes public before a person has read it."""

    unreviewed = LanguagesField(
        _("published without review"),
        blank=True,
        help_text=_(
            "In these languages complete drafts by machine are published at once and marked for visitors. "
            "In all others a person checks them first."
        ),
    )

    panels = [FieldPanel("unreviewed")]

    class Meta:
        verbose_name = _("machine translation")

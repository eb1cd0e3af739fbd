"""What is known of each source page in each language."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from cms.bin.tree import PREFIX
from cms.localization import languages


class TranslationState(models.TextChoices):
    """Where a translation stands, as the press office and translators see it."""

    MISSING = "missing", _("missing")
    DRAFT = "draft", _("in translation")
    REVIEW = "review", _("waiting for review")
    PUBLISHED = "published", _("published")
    OUTDATED = "outdated", _("outdated")
    READY = "ready", _("goes live with the German page")


PUBLIC = (TranslationState.PUBLISHED, TranslationState.OUTDATED)


class Origin(models.TextChoices):
    """Who answers for the published words."""

    NONE = "", "–"
    PERSON = "person", _("by a person")
    MACHINE = "machine", _("by machine, not reviewed")


class StatusQuerySet(models.QuerySet["TranslationStatus"]):
    """Reads of the dashboard and of the translators' queue, and the one write of whole rows."""

    def of_live_pages(self) -> Self:
        return self.filter(page__live=True)

    def in_languages(self, codes: Any) -> Self:
        return self.filter(language__in=codes)

    def to_do(self) -> Self:
        """What a translator should look at: words are missing or changed, or only a machine has written them.

        Of a page that was never public that is what somebody has begun to translate.
        """
        done = models.Q(state=TranslationState.PUBLISHED, origin=Origin.PERSON, segments_by_machine=0)
        begun = models.Q(page__first_published_at=None, state__in=(TranslationState.DRAFT, TranslationState.REVIEW))
        begun &= ~models.Q(page__url_path__startswith=PREFIX)
        return self.filter(models.Q(page__live=True) | begun).exclude(done)

    def left_behind(self) -> Self:
        """Reviewed once, and not public although the German page is: its text has changed meanwhile."""
        return self.of_live_pages().filter(waiting_revision__isnull=False).exclude(state__in=PUBLIC)

    def may_follow(self) -> Self:
        """What needs no words, only one act: the German text has lost or moved something, or shows other pictures."""
        return self.of_live_pages().filter(may_follow=True)

    def put(self, rows: Iterable["TranslationStatus"]) -> None:
        """Writes them, each as the row of its page and language, whoever has made that."""
        rows, now = list(rows), timezone.now()
        for row in rows:
            row.pk, row.updated_at = None, now
        told = [*TranslationStatus.columns(), "updated_at"]
        self.bulk_create(rows, update_conflicts=True, unique_fields=["page", "language"], update_fields=told)

    def oldest_first(self) -> Self:
        """What visitors read and is out of date first, then what waits longest; pages near the entrance first."""
        return self.order_by(models.F("outdated_since").asc(nulls_last=True), "page__depth", "page__path")


class TranslationStatus(models.Model):
    """One source page in one language. ``translations.status`` keeps it current."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="translation_statuses")
    language = models.CharField(_("language"), max_length=16)
    state = models.CharField(
        _("state"), max_length=12, choices=TranslationState.choices, default=TranslationState.MISSING
    )
    origin = models.CharField(_("published words"), max_length=8, choices=Origin.choices, blank=True)
    segments = models.PositiveIntegerField(_("sentences"), default=0)
    segments_missing = models.PositiveIntegerField(_("sentences to translate"), default=0)
    segments_by_machine = models.PositiveIntegerField(_("sentences that no person has checked"), default=0)
    words = models.PositiveIntegerField(_("words"), default=0)
    words_missing = models.PositiveIntegerField(_("words to translate"), default=0)
    outdated_since = models.DateTimeField(_("outdated since"), null=True, blank=True)
    live_strings = models.JSONField(default=list, editable=False)
    """What the published words translate: ``[context id, string id]`` of each German sentence in its order."""
    waiting_revision = models.ForeignKey(Revision, models.SET_NULL, null=True, blank=True, related_name="+")
    """A reviewed revision that is not public because the German page is not: it goes live with that when it fits.
    What this row says of published words is said of this revision meanwhile."""
    withdrawn_strings = models.JSONField(default=list, editable=False)
    """The German sentences, as in ``live_strings``, when the German page was taken off."""
    may_follow = models.BooleanField(_("needs no words, only to follow the German page"), default=False)
    submitted_revision = models.ForeignKey(Revision, models.SET_NULL, null=True, blank=True, related_name="+")
    source_revision = models.ForeignKey(Revision, models.SET_NULL, null=True, blank=True, related_name="+")
    """The German revision that the published words translate."""
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    adapted = models.BooleanField(_("has a structure of its own"), default=False)
    """Written freely in Wagtail's editor (plain language): German sentences are not counted against it."""
    updated_at = models.DateTimeField(auto_now=True)

    objects = StatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [models.UniqueConstraint(fields=["page", "language"], name="one_status_per_page_and_language")]
        indexes = [models.Index(fields=["language", "state"])]

    def __str__(self) -> str:
        return f"{self.page_id} {self.language}: {self.state}"

    @classmethod
    def columns(cls) -> list[str]:
        """What a row says, beside what it is about and when."""
        about = {"id", "page", "language", "updated_at"}
        return [field.attname for field in cls._meta.concrete_fields if field.name not in about]

    @property
    def said(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.columns())

    @property
    def language_name(self) -> str:
        return languages.get(self.language).native_name

    @property
    def is_left_behind(self) -> bool:
        """Whether somebody has reviewed it, and it is not public because the German text has changed."""
        return self.waiting_revision_id is not None and self.state not in (*PUBLIC, TranslationState.READY)

    @property
    def is_complete(self) -> bool:
        return self.segments > 0 and not self.segments_missing


class TranslatedRevision(models.Model):
    """Which German sentences a revision of a translation holds, so that its publication says what is current."""

    revision = models.OneToOneField(Revision, models.CASCADE, related_name="+")
    source_revision = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")
    strings = models.JSONField(default=list)
    """``[context id, string id]`` of each German sentence in its order."""
    missing = models.PositiveIntegerField(default=0)
    by_machine = models.PositiveIntegerField(default=0)
    """Sentences that only a machine had written when the revision was made."""
    words = models.JSONField(default=list)
    """For each of ``strings`` ``[fragment, made by, id of the person]``: so the version can be read and restored."""

    def __str__(self) -> str:
        return f"Revision {self.revision_id}: {len(self.strings)} sentences"


class WordingCorrection(models.Model):
    """A German revision in which only the wording is corrected (``translations.minor_edits.minor_edits``)."""

    revision = models.OneToOneField(Revision, models.CASCADE, related_name="+")
    strings = models.JSONField(default=list)
    """``[context id, string id]`` of each German sentence that was public when somebody said so."""

    def __str__(self) -> str:
        return f"Revision {self.revision_id}"


from translations.machine.models import DraftJob  # noqa: E402, F401 (with all others of the module: Django looks here)
from translations.review.models import ReviewAct  # noqa: E402, F401

"""One step of a step-by-step: what to do, what to bring, what it costs, who is in charge and who helps."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail_localize.fields import TranslatableField

from cms.pages.blocks import RICH_TEXT
from cms.pages.contacts import ContactPoint
from cms.pages.facts import copied, facts
from directory.models import Topic


class Joined(models.TextChoices):
    """How a step follows the one before it, as in GOV.UK's pattern: only ``NEXT`` has a number of its own."""

    NEXT = "", pgettext_lazy("step", "then")
    AND = "and", pgettext_lazy("step", "and: at the same time")
    OR = "or", pgettext_lazy("step", "or: instead of the step before")


class Step(TranslatableMixin, Orderable):
    """Title, text, what to bring and the price are words, the rest are facts."""

    FACTS = facts("joined is_free office topic details sort_order")

    step_by_step = ParentalKey("home.StepByStepPage", on_delete=models.CASCADE, related_name="steps")
    joined = models.CharField(_("follows the step before"), max_length=3, choices=Joined.choices, blank=True)
    title = models.CharField(_("title"), max_length=100)
    text = RichTextField(_("what to do"), features=RICH_TEXT, blank=True)
    bring = models.CharField(_("what to bring"), max_length=255, blank=True)
    is_free = models.BooleanField(_("free of charge"), default=False)
    price = models.CharField(_("price"), max_length=150, blank=True, help_text=_("Leave this empty if it is free."))
    office = models.ForeignKey(
        ContactPoint, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("office")
    )
    topic = models.ForeignKey(
        Topic,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("topic"),
        help_text=_("Names the organisations that work on it and speak the reader's language."),
    )
    details = models.ForeignKey(
        Page,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page with more about it"),
        help_text=_("That page then says which step it belongs to."),
    )

    panels = [
        FieldPanel("title"),
        FieldPanel("joined"),
        FieldPanel("text"),
        FieldPanel("bring"),
        FieldRowPanel([FieldPanel("is_free"), FieldPanel("price")]),
        FieldPanel("office"),
        FieldPanel("topic"),
        PageChooserPanel("details"),
    ]
    override_translatable_fields = [
        TranslatableField("title"),
        TranslatableField("text"),
        TranslatableField("bring"),
        TranslatableField("price"),
        *copied(FACTS),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = pgettext_lazy("step-by-step", "step")
        verbose_name_plural = pgettext_lazy("step-by-step", "steps")

    def __str__(self) -> str:
        return self.title

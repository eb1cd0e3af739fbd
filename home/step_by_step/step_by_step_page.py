"""A step-by-step: a way through several offices in the order in which people go it (after GOV.UK's pattern)."""

from dataclasses import dataclass
from typing import Any, Self

from django.db import models
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Page
from wagtail.search import index

from cms.localization import languages
from cms.localization.page_words import PageWords, in_words
from cms.pages.base_page import BasePage, BasePageManager, BasePageQuerySet
from cms.pages.facts import copied, facts
from cms.routing import restrictions, sites
from cms.routing.address import path_of
from cms.routing.navigation import Link, section
from cms.routing.titles import title_of, translated
from directory.models import DirectoryPage
from home.step_by_step import numbering
from home.step_by_step.helping import Helping, helping
from home.step_by_step.step import Step


class StepByStepQuerySet(BasePageQuerySet):
    def for_serving(self) -> Self:
        return self.select_related("afterwards").prefetch_related("steps__office", "steps__topic", "steps__details")


@dataclass(frozen=True)
class ShownStep:
    """A step as its template gets it: facts from ``source``, words in the reader's language."""

    source: Step
    words: PageWords
    place: numbering.Place
    details: Link | None
    helping: Helping | None


class StepByStepPage(BasePage):
    """Ordered steps, all on one page; other pages of the site belong to one of them and say so."""

    template = "home/step_by_step/step_by_step_page.html"

    FACTS = facts("afterwards")

    lead = models.TextField(_("lead"), blank=True)
    afterwards = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("what comes afterwards"),
        help_text=_("Another step-by-step, named after the last step."),
    )

    objects = BasePageManager.from_queryset(StepByStepQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        InlinePanel(
            "steps", heading=pgettext_lazy("step-by-step", "Steps"), label=pgettext_lazy("step-by-step", "step")
        ),
        PageChooserPanel("afterwards", "home.StepByStepPage"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.RelatedFields(
            "steps", [index.SearchField("title"), index.SearchField("text"), index.SearchField("bring")]
        ),
    ]
    override_translatable_fields = [*BasePage.override_translatable_fields, *copied(FACTS)]

    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types: list[type[Page]] = []

    class Meta:
        verbose_name = _("step-by-step")
        verbose_name_plural = _("step-by-steps")

    def steps_in_words(self) -> list[tuple[Step, PageWords, numbering.Place]]:
        sources = list(self.facts.steps.all())
        rows = in_words(sources, self.steps.all() if self.facts is not self else ())
        return [(row.source, row.words, place) for row, place in zip(rows, numbering.places(sources), strict=True)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        steps, home, language = self.steps_in_words(), sites.home_of(request), languages.active().code
        after = [self.facts.afterwards] if self.facts.afterwards else []
        linked = [page for page in (*(source.details for source, _words, _place in steps), *after) if page]
        titles = translated((page.translation_key for page in linked), language)

        def link(page: Page | None) -> Link | None:
            if page is None or not restrictions.may_name(page):
                return None
            return Link(title_of(page, titles), path_of(page, language))

        helps = helping(home, {source.topic for source, _words, _place in steps if source.topic})
        context["steps"] = [
            ShownStep(source, words, place, link(source.details), helps.get(source.topic_id))
            for source, words, place in steps
        ]
        context["afterwards"] = link(self.facts.afterwards)
        context["directory"] = section(request, DirectoryPage)
        return context

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        address = request.build_absolute_uri(self.reader_path)
        return {
            "@type": "HowTo",
            "@id": address,
            "name": self.words.title.plain,
            "description": self.words.lead.plain,
            "inLanguage": self.language.code,
            "step": [
                {
                    "@type": "HowToStep",
                    "position": position,
                    "name": words.title.plain,
                    "text": strip_tags(words.text).strip() or words.title.plain,
                    "url": f"{address}#{place.anchor}",
                }
                for position, (_source, words, place) in enumerate(self.steps_in_words(), start=1)
            ],
        }

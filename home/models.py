"""The entrance of the site and its plain pages."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from cms.pages.base_page import BasePage, BasePageManager, BasePageQuerySet
from cms.pages.blocks import BodyBlock
from cms.pages.facts import copied, facts
from cms.pages.streams import StreamField
from cms.routing import described
from cms.routing.navigation import section
from dates.council.council_page import CouncilPage, next_sessions
from dates.council.session_addresses import prefetch_paths
from dates.events.event_page import EventPage
from dates.programme import event_dates
from dates.programme.event_index import EventIndexPage
from directory.models import DirectoryPage
from directory.profiles.entrance import Entrance
from home.barrier import BarrierReport
from home.step_by_step.step import Step
from home.step_by_step.step_by_step_page import StepByStepPage
from news.models import NewsIndexPage, NewsPage

__all__ = ["BarrierReport", "ContentPage", "HomePage", "Step", "StepByStepPage"]


class HomePageQuerySet(BasePageQuerySet):
    def for_serving(self) -> Self:
        return self.select_related("hero_image", "sign_language_video", "contact")


class HomePage(BasePage):
    """The entrance: welcome, news, dates, the directory, explanations in plain and in sign language."""

    FACTS = facts("hero_image sign_language_video contact")

    welcome = models.TextField(_("welcome"), blank=True)
    hero_image = models.ForeignKey(
        "cms.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    hero_image_alt = models.CharField(_("alternative text"), max_length=255, blank=True)
    plain_language_text = models.TextField(
        _("explanation in plain language"), blank=True, help_text=_("What this site offers and how to use it.")
    )
    sign_language_text = models.TextField(_("text beside the sign language video"), blank=True)
    sign_language_video = models.ForeignKey(
        "wagtaildocs.Document",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sign language video"),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("help offers"))
    contact = models.ForeignKey(
        "cms.ContactPoint", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("contact point")
    )

    objects = BasePageManager.from_queryset(HomePageQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("welcome"),
        MultiFieldPanel([FieldPanel("hero_image"), FieldPanel("hero_image_alt")], _("Picture")),
        FieldPanel("body"),
        FieldPanel("contact"),
        MultiFieldPanel(
            [
                FieldPanel("plain_language_text"),
                FieldPanel("sign_language_text"),
                FieldPanel("sign_language_video"),
            ],
            _("Explanations"),
        ),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("welcome"), index.SearchField("body")]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *copied(FACTS),
        TranslatableField("hero_image_alt"),
    ]

    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")

    def clean(self) -> None:
        super().clean()
        if self.expire_at:
            raise ValidationError(_("The home page has no end: without it no page of the site would be reached."))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        below = self.facts
        news = NewsPage.objects.listed().descendant_of(below).newest_first().for_cards().with_words()[:3]
        events = event_dates.upcoming(EventPage.objects.listed().descendant_of(below), 4)
        sessions = next_sessions(below, 2) if section(request, CouncilPage) else []
        prefetch_paths(sessions, below)
        context.update(
            {
                "news": news,
                "dates": sorted([*events, *sessions], key=lambda date: date.start),
                "news_index": section(request, NewsIndexPage),
                "event_index": section(request, EventIndexPage),
                "directory": section(request, DirectoryPage),
                "entrance": Entrance(below),
                "step_by_steps": StepByStepPage.objects.listed().descendant_of(below).order_by("path").with_words(),
            }
        )
        return context

    def structured_data(self, request: HttpRequest) -> dict[str, Any] | None:
        return described.site(request)


class ContentPage(BasePage):
    """A page of blocks: partners, projects, about, legal pages."""

    lead = models.TextField(_("lead"), blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    content_panels = [*BasePage.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("lead"), index.SearchField("body")]

    parent_page_types = ["home.HomePage", "home.ContentPage"]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

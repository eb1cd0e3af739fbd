"""An article: place and date line, lead, picture with credit, body, and what it speaks of."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel, PageChooserPanel
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from cms.http.structured_data import identity, municipality
from cms.localization import languages
from cms.localization.accepted_dates import shown
from cms.media import copies
from cms.pages.base_page import BasePage, BasePageManager, BasePageQuerySet
from cms.pages.blocks import BodyBlock
from cms.pages.facts import copied, facts
from cms.pages.references import PageForm
from cms.pages.streams import StreamField
from cms.routing import sites, titles
from cms.routing.restrictions import may_name, unrestricted
from dates.council.session_addresses import prefetch_paths
from dates.council.sessions import CouncilSession
from dates.events.event_page import EventPage
from directory.profiles.organisation import OrganisationPage
from directory.profiles.structured_data import identity_of


class NewsPageForm(PageForm):
    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation or self.errors:
            return
        try:
            self.instance.check_publishable()
        except ValidationError as error:
            self._update_errors(error)


class NewsPageQuerySet(BasePageQuerySet):
    def listed(self) -> Self:
        return super().listed().filter(shown("date"))

    def newest_first(self) -> Self:
        return self.order_by("-date", "-pk")

    def in_year(self, year: int) -> Self:
        return self.filter(date__year=year)

    def about(self, page: Page) -> Self:
        """Articles that name ``page`` (an organisation, an event) as having taken part."""
        return self.filter(related__page_id=page.pk).distinct()

    def for_cards(self) -> Self:
        return self.select_related("main_image").prefetch_related("main_image__renditions").defer("body")

    def for_serving(self) -> Self:
        return self.select_related("main_image", "contact")


class NewsPage(BasePage):
    """An article: place and date line, lead, picture with credit, body."""

    FACTS = facts("date date_is_month place main_image contact related related_sessions")

    date = models.DateField(_("date"), default=timezone.localdate)
    date_is_month = models.BooleanField(_("only month and year are known"), default=False)
    place = models.CharField(_("place"), max_length=100, blank=True, help_text=_("Begins the text, for example: Hagen"))
    lead = models.TextField(_("lead"), max_length=600)
    main_image = models.ForeignKey(
        "cms.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("main picture")
    )
    main_image_alt = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        help_text=_("What someone who cannot see the picture needs to know."),
    )
    main_image_caption = models.CharField(_("caption"), max_length=255, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    contact = models.ForeignKey(
        "cms.ContactPoint", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("contact point")
    )

    objects = BasePageManager.from_queryset(NewsPageQuerySet)()
    base_form_class = NewsPageForm

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("date"), FieldPanel("date_is_month"), FieldPanel("place")], _("Place and date")),
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldPanel("main_image"), FieldPanel("main_image_alt"), FieldPanel("main_image_caption")],
            _("Main picture"),
        ),
        FieldPanel("body"),
        FieldPanel("contact"),
        MultipleChooserPanel(
            "related", "page", heading=_("Organisations that took part, related events"), label=_("page")
        ),
        InlinePanel("related_sessions", heading=_("Related council sessions"), label=_("session")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.FilterField("date"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *copied(FACTS),
        TranslatableField("main_image_alt"),
        TranslatableField("main_image_caption"),
    ]
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("news article")
        verbose_name_plural = _("news articles")

    def check_publishable(self) -> None:
        """Raises ``ValidationError`` when something is missing that a published article must have."""
        errors = {}
        if self.main_image and not self.main_image.credit:
            errors["main_image"] = ValidationError(
                _("“%(title)s” has no credit. Edit the picture and write who made it, then publish."),
                params={"title": self.main_image.title},
            )
        if self.main_image and not self.main_image_alt:
            errors["main_image_alt"] = ValidationError(_("Describe the picture for people who cannot see it."))
        uncredited = [
            block.value["image"].title
            for block in self.body
            if block.block_type == "picture" and block.value["image"] and not block.value["image"].credit
        ]
        if uncredited:
            errors["body"] = ValidationError(
                _("A picture in the text has no credit: %(titles)s"), params={"titles": ", ".join(uncredited)}
            )
        if errors:
            raise ValidationError(errors)

    def save(self, clean: bool = True, **kwargs: Any) -> None:
        if clean and self.live and self.facts is self:
            self.check_publishable()
        super().save(clean=clean, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        source = self.facts
        others = NewsPage.objects.listed().sibling_of(source).exclude(pk=source.pk).newest_first()
        # By way of the article: a preview shows rows, and articles, that are not stored yet.
        related = [row for row in source.related.select_related("page__content_type") if may_name(row.page)]
        context["others"] = list(others.defer("body").with_words()[:3])
        context["organisations"] = [row.page for row in related if row.page.specific_class is OrganisationPage]
        described = context["meta"].get("structured_data") or {}
        described["mentions"] = [
            {"@type": "NGO", "@id": identity_of(page, request), "name": page.title} for page in context["organisations"]
        ]
        events = [row.page for row in related if row.page.specific_class is not OrganisationPage]
        read = titles.translated((event.translation_key for event in events), languages.active().code)
        context["related_pages"] = [(event, titles.title_of(event, read)) for event in events]
        context["sessions"] = [
            row.session
            for row in source.related_sessions.select_related("session__body", "session__place")
            if row.session.is_public
        ]
        prefetch_paths(context["sessions"], sites.home_of(request))
        return context

    def structured_data(self, request: HttpRequest) -> dict[str, Any] | None:
        """A NewsArticle."""
        facts, settings = self.facts, sites.settings_of(sites.of_request(request))
        return {
            "@type": "NewsArticle",
            "@id": identity(request, self.path_in(languages.SOURCE), "article"),
            "headline": self.words.title.plain,
            "description": self.words.lead.plain,
            "inLanguage": self.words.lang,
            "datePublished": facts.date.isoformat() if not facts.date_is_month else facts.date.strftime("%Y-%m"),
            "dateModified": facts.last_published_at.isoformat() if facts.last_published_at else None,
            "mainEntityOfPage": request.build_absolute_uri(self.reader_path),
            "image": copies.address(facts.main_image, request),
            "publisher": municipality(request, settings.municipality or settings.name),
        }


class RelatedPage(Orderable):
    """An organisation that took part in what an article reports, or an event it speaks of."""

    article = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="related")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))

    panels = [PageChooserPanel("page", [OrganisationPage, EventPage])]


class RelatedSession(Orderable):
    """A council session of which an article speaks."""

    article = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="related_sessions")
    session = models.ForeignKey(CouncilSession, on_delete=models.CASCADE, related_name="+", verbose_name=_("session"))

    panels = [FieldPanel("session")]


def organisations_in(articles: NewsPageQuerySet) -> list[Page]:
    """The public organisations that took part in what ``articles`` report, by name; one query."""
    public = Page.objects.live().exact_type(OrganisationPage).filter(unrestricted())
    return list(public.filter(pk__in=RelatedPage.objects.filter(article__in=articles).values("page")).order_by("title"))

"""The profile of an organisation: facts once, a few words in every language."""

from typing import Any, Self

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from cms.admin.search_backend import searched
from cms.localization.localized_text import LocalizedText
from cms.localization.page_words import RowInWords, in_words
from cms.pages import related
from cms.pages.base_page import BasePage, BasePageManager, BasePageQuerySet
from cms.pages.blocks import RICH_TEXT, PictureBlock
from cms.pages.contacts import PhoneField
from cms.pages.facts import copied
from cms.pages.streams import StreamField
from cms.routing import sites
from directory.hours.kept import KeepsHours
from directory.permissions import RecordPermissionTester, has_members
from directory.profiles import structured_data
from directory.profiles.completeness import things
from directory.profiles.coordinates import map_link, route_link
from directory.profiles.district_of import Districts, Whereabouts
from directory.profiles.facts import FACTS, SHOWN, ProfileFact, further
from directory.profiles.names import HasNames
from directory.profiles.pictures import pictures_in_words
from directory.profiles.taxonomy import SPOKEN, District, SpokenLanguage
from directory.profiles.topics import TopicsField


class StepFree(models.TextChoices):
    UNKNOWN = "", _("not known")
    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")


class OrganisationQuerySet(BasePageQuerySet):
    def for_cards(self) -> Self:
        """Beside what the listing has read of all organisations: district, topics, languages."""
        return self.prefetch_related("opening_hours", "special_hours").defer("about", "pictures", "social_links")

    def for_serving(self) -> Self:
        related = ("topics", "languages_spoken", "offers", "opening_hours", "special_hours")
        pages = self.select_related("district", "logo", "record").prefetch_related(*related)
        return pages.annotate(has_members=has_members())


class OrganisationPage(HasNames, KeepsHours, BasePage):
    """One organisation. The title is its German name; the native name has its own language."""

    template = "directory/profiles/organisation_page.html"

    FACTS = FACTS

    native_name = models.CharField(_("name in its own language"), max_length=255, blank=True)
    native_language = models.CharField(
        _("own language"), max_length=16, blank=True, choices=[(code, code) for code in SPOKEN]
    )
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    former_names = models.TextField(
        _("former names"), max_length=1000, blank=True, help_text=_("Each in a line of its own.")
    )
    short_description = models.CharField(_("short description"), max_length=300, blank=True)
    about = RichTextField(_("about us"), features=RICH_TEXT, blank=True)
    own_short_description = models.CharField(_("short description in its own language"), max_length=300, blank=True)
    own_about = RichTextField(_("about us in its own language"), features=RICH_TEXT, blank=True)
    topics = TopicsField()
    languages_spoken = ParentalManyToManyField(
        SpokenLanguage, blank=True, related_name="+", verbose_name=_("languages spoken")
    )
    district = models.ForeignKey(
        District, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    street = models.CharField(_("street and number"), max_length=150, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=7, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    phone = PhoneField(_("telephone"), blank=True)
    email = models.EmailField(_("email address"), blank=True)
    website = models.URLField(_("website"), blank=True)
    social_links = StreamField([("link", blocks.URLBlock())], blank=True, verbose_name=_("social media"))
    whatsapp = PhoneField(
        _("WhatsApp number"),
        short=False,
        blank=True,
        help_text=_("Only if the organisation would like to receive messages there."),
    )
    logo = models.ForeignKey(
        "cms.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    pictures = StreamField([("picture", PictureBlock())], blank=True, max_num=6, verbose_name=_("pictures"))
    step_free = models.CharField(_("step-free access"), max_length=8, choices=StepFree.choices, blank=True)

    objects = BasePageManager.from_queryset(OrganisationQuerySet)()

    promote_panels = [MultiFieldPanel(BasePage.found_by, _("For search engines")), BasePage.navigation_panel]
    content_panels = [
        MultiFieldPanel(
            [
                TitleFieldPanel("title", heading=_("German name")),
                *map(FieldPanel, ("short_name", "native_name", "native_language", "former_names")),
            ],
            _("Name"),
        ),
        FieldPanel("short_description"),
        FieldPanel("about"),
        MultiFieldPanel([FieldPanel("own_short_description"), FieldPanel("own_about")], _("In its own language")),
        FieldPanel("topics"),
        FieldPanel("languages_spoken"),
        *map(FieldPanel, further("topics")),
        MultiFieldPanel(
            [
                FieldPanel("district"),
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("postal_code"), FieldPanel("city")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                *map(FieldPanel, further("address")),
            ],
            _("Address"),
        ),
        MultiFieldPanel(
            [*map(FieldPanel, ("phone", "email", "website", "whatsapp", "social_links", *further("contact")))],
            _("Contact"),
        ),
        KeepsHours.hours_panel,
        InlinePanel("offers", heading=_("Regular offers"), label=_("offer")),
        FieldPanel("logo"),
        FieldPanel("pictures"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("native_name", boost=2),
        index.AutocompleteField("native_name"),
        index.SearchField("short_name", boost=2),
        index.AutocompleteField("short_name"),
        index.SearchField("former_names"),
        index.AutocompleteField("former_names"),
        index.SearchField("short_description"),
        index.SearchField("about"),
        index.SearchField("searched_numbers"),
        index.AutocompleteField("searched_numbers"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *copied(FACTS),
        TranslatableField("short_description"),
    ]
    parent_page_types = ["directory.DirectoryPage"]
    subpage_types: list[type[Page]] = []
    """Apps above the directory add their own kinds of pages in ``AppConfig.ready``."""

    permission_tester = RecordPermissionTester
    title_is_name = True

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    @property
    def searched_numbers(self) -> str:
        """For editors."""
        return searched(self.phone, self.whatsapp)

    @cached_property
    def topic_labels(self) -> list[LocalizedText]:
        return [topic.label for topic in self.facts.topics.all()]

    @cached_property
    def spoken(self) -> list[str]:
        """Names of the languages spoken, in the reader's language."""
        return sorted(str(language) for language in self.facts.languages_spoken.all())

    @property
    def step_free_label(self) -> str:
        return str(self.facts.get_step_free_display()) if self.facts.step_free else ""

    @cached_property
    def whereabouts(self) -> Whereabouts | None:
        """The district that it has named, else the one that its address or its name tells."""
        facts: Any = self.facts
        if facts.district is not None:
            return Whereabouts(facts.district)
        site = sites.of_page(facts) if facts.path else None
        values = (facts.street, facts.postal_code, facts.city, facts.title)
        return Districts(District.offered(site)).of(None, *values) if site else None

    @cached_property
    def details(self) -> list[tuple[str, LocalizedText | str]]:
        """What is known of the facts that have a line of their own, with the label of each."""
        said = [(fact.label_on(self), self._said(fact)) for fact in SHOWN]
        return [(label, words) for label, words in said if words]

    def _said(self, fact: ProfileFact) -> LocalizedText | str:
        if fact.name == "district":
            return self.whereabouts.said if self.whereabouts else ""
        return fact.said_on(self.facts)

    @property
    def missing(self) -> list[str]:
        """What visitors look for and this profile does not say yet."""
        return [str(thing.label) for thing in things(self.facts) if thing.essential and not thing.is_there]

    @property
    def _place(self) -> dict[str, Any]:
        facts = self.facts
        address = f"{facts.street}, {facts.postal_code} {facts.city}" if facts.street else ""
        return {"latitude": facts.latitude, "longitude": facts.longitude, "address": address}

    @property
    def map_link(self) -> str:
        return map_link(**self._place)

    @property
    def route_link(self) -> str:
        return route_link(**self._place)

    def offers_in_words(self) -> list[RowInWords]:
        """The regular offers by weekday and time."""
        offers = sorted(self.facts.offers.all(), key=lambda offer: (offer.weekday, offer.starts))
        return in_words(offers, self.offers.all() if self.facts is not self else ())

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["hours"] = self.opening
        context["offers"] = self.offers_in_words()
        context["pictures"] = pictures_in_words(self)
        context["is_vacant"] = not getattr(self.facts, "has_members", True)  # previews need not ask
        context["sections"] = related.sections_about(self.facts)
        return context

    def structured_data(self, request: HttpRequest) -> dict[str, Any] | None:
        return structured_data.organisation(self, request, hours=self.hours_for_programs())

"""Events: a list of what is ahead, an archive of what was, a page each."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms import languages, related
from cms.blocks import BodyBlock
from cms.pages import BasePage, BasePageManager, BasePageQuerySet, give_words
from cms.paging import requested_page
from cms.related import Section
from dates import structured_data
from dates.places import Place
from dates.sessions import start_of_today


class EventQuerySet(BasePageQuerySet):
    def upcoming(self) -> Self:
        """What begins or still goes on from the beginning of today."""
        today = start_of_today()
        return self.filter(Q(start__gte=today) | Q(end__gte=today)).order_by("start")

    def past(self) -> Self:
        """What was over before today, as ``EventPage.is_past``."""
        today = start_of_today()
        return self.filter(Q(end__lt=today) | Q(end=None, start__lt=today)).order_by("-start")

    def organised_by(self, organisation: Page) -> Self:
        return self.filter(organiser_id=organisation.pk)

    def for_cards(self) -> Self:
        return self.select_related("place", "organiser").defer("body")

    def for_serving(self) -> Self:
        return self.select_related("place", "organiser")


class EventIndexPage(RoutablePageMixin, BasePage):
    """What is ahead; ``/archiv/`` what was."""

    intro = models.TextField(_("introduction"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]
    subpage_types = ["dates.EventPage"]
    max_count_per_parent = 1
    per_page = 20

    class Meta:
        verbose_name = _("event index")

    @path("")
    def upcoming(self, request: HttpRequest) -> HttpResponse:
        return self._list(request, EventPage.objects.listed().child_of(self.facts).upcoming(), archive=False)

    @path("archiv/", name="archive")
    def archive(self, request: HttpRequest) -> HttpResponse:
        return self._list(request, EventPage.objects.listed().child_of(self.facts).past(), archive=True)

    def _list(self, request: HttpRequest, events: EventQuerySet, *, archive: bool) -> HttpResponse:
        listed = requested_page(Paginator(events.for_cards(), self.per_page), request)
        listed.object_list = list(listed.object_list)
        give_words(listed.object_list, EventPage, languages.active().code)
        return self.render(
            request,
            context_overrides={
                "events": listed,
                "archive": archive,
                "index_path": self.reader_path,
                "archive_path": f"{self.reader_path}archiv/",
            },
        )


class EventPage(BasePage):
    """Something that happens: start, end, place and organiser are facts."""

    start = models.DateTimeField(_("start"))
    end = models.DateTimeField(_("end"), null=True, blank=True)
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("place"))
    organiser = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("organiser in the directory")
    )
    organiser_name = models.CharField(_("or name of the organiser"), max_length=200, blank=True)
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    lead = models.TextField(_("lead"), max_length=600, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("description"))

    objects = BasePageManager.from_queryset(EventQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("is_cancelled"),
        FieldPanel("place"),
        PageChooserPanel("organiser", "directory.OrganisationPage"),
        FieldPanel("organiser_name"),
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.SearchField("organiser_name"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in ("start", "end", "place", "organiser", "organiser_name", "is_cancelled")
        ),
    ]
    parent_page_types = ["dates.EventIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def clean(self) -> None:
        super().clean()
        if self.start and self.end and self.end <= self.start:
            raise ValidationError({"end": _("The end must be after the start. Check the date and time.")})

    @property
    def is_past(self) -> bool:
        return (self.end or self.start) < start_of_today()

    @property
    def organiser_label(self) -> str:
        """Name of the organiser: a proper name, the same in every language."""
        return self.organiser.title if self.organiser else self.organiser_name

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["sections"] = related.sections_about(self.facts)
        return context

    def structured_data(self, request: HttpRequest) -> dict[str, Any] | None:
        return structured_data.event(self, request)


def events_of(page: BasePage) -> Section:
    """For an organisation's page: what it has ahead."""
    events = EventPage.objects.listed().organised_by(page).upcoming().for_cards()[:6].worded()
    return Section(gettext("Events"), "dates/includes/event_list.html", events)

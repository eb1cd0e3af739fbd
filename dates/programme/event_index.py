"""The entrance to events: what is ahead day by day, ``/archiv/`` what was."""

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from cms.localization.localized_text import LocalizedText
from cms.pages.base_page import BasePage
from cms.routing import sites
from cms.routing.query_parameters import requested_page
from dates.calendars import atom, collections, document
from dates.events.event_page import EventPage
from dates.programme import event_dates, event_filters
from dates.programme.event_listing import EventListing


class EventIndexPage(RoutablePageMixin, BasePage):
    """Lists all events of the site: those below it and those of organisations."""

    template = "dates/programme/event_index_page.html"

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
        listing = EventListing(sites.home_of(request), request.GET, site=sites.of_request(request))
        filtered_by = event_filters.in_words(listing.programme.marks, listing.wanted)
        return self.render(
            request,
            context_overrides={
                "listing": listing,
                "filtered_by": ", ".join(filtered_by),
                "index_path": self.reader_path,
                "archive_path": self.path_to("archive"),
                "calendar_path": self.path_to("calendar") + listing.wanted.query_string,
                "calendar_name": self._name_of(filtered_by),
                "feed_path": self.path_to("feed") + listing.wanted.query_string,
            },
        )

    def _name_of(self, filtered_by: list[str]) -> LocalizedText:
        """The title with what was filtered by: in a calendar program two such calendars stand beside each other."""
        title = self.words.title
        return title.saying(f"{title.plain}: {', '.join(filtered_by)}") if filtered_by else title

    @path("archiv/", name="archive")
    def archive(self, request: HttpRequest) -> HttpResponse:
        past = EventPage.objects.listed().descendant_of(sites.home_of(request)).past().for_cards().with_words()
        listed = requested_page(Paginator(past, self.per_page), request)
        return self.render(
            request,
            template="dates/programme/archive.html",
            context_overrides={
                "listed": listed,
                "dates": event_dates.last_of(listed.object_list),
                "index_path": self.reader_path,
            },
        )

    @path("calendar.ics", name="calendar")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """All dates of the site, those of the council too, for calendar programs; filtered as the list is."""
        chosen = collections.Chosen(request)
        entries = [
            *collections.event_entries_of(collections.events(request, chosen), request),
            *collections.session_entries(request, chosen),
        ]
        title = self._name_of(chosen.in_words)
        return document.answer(
            request,
            name=LocalizedText(f"{sites.settings_of(sites.of_request(request)).name}: {title.plain}", title.lang),
            entries=entries,
            file_name=self.facts.slug,
            page=self.reader_path,
        )

    @path("dates.xml", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """The dates ahead as Atom in the reader's language; filtered as the list is."""
        chosen = collections.Chosen(request)
        return atom.atom(request, self, collections.ahead(request, chosen), title=self._name_of(chosen.in_words))

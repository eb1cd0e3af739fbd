"""The entrance to events: what is ahead by week and month, ``/archiv/`` what was."""

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from cms import languages
from cms.frame import Frame
from cms.pages import BasePage, give_words
from cms.paging import requested_page
from cms.words import Words
from dates import event_dates, feeds
from dates.calendars import answers, collections
from dates.event import EventPage
from dates.event_listing import EventListing


class EventIndexPage(RoutablePageMixin, BasePage):
    """Lists all events of the site: those below it and those of organisations."""

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
        listing = EventListing(Frame.of(request).root, request.GET)
        return self.render(
            request,
            context_overrides={
                "listing": listing,
                "index_path": self.reader_path,
                "archive_path": f"{self.reader_path}archiv/",
                "calendar_path": f"{self.reader_path}calendar.ics",
                "feed_path": f"{self.reader_path}dates.xml",
            },
        )

    @path("archiv/", name="archive")
    def archive(self, request: HttpRequest) -> HttpResponse:
        past = EventPage.objects.listed().descendant_of(Frame.of(request).root).past().for_cards()
        listed = requested_page(Paginator(past, self.per_page), request)
        events = list(listed.object_list)
        give_words(events, EventPage, languages.active().code)
        return self.render(
            request,
            template="dates/event_archive.html",
            context_overrides={
                "listed": listed,
                "dates": event_dates.last_of(events),
                "index_path": self.reader_path,
            },
        )

    @path("calendar.ics", name="calendar")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """All dates of the site, those of the council too, for calendar programs."""
        entries = [
            *collections.event_entries_of(collections.events(request), request),
            *collections.session_entries(request),
        ]
        title = self.words.title
        return answers.answer(
            request,
            name=Words(f"{Frame.of(request).settings.name}: {title.plain}", title.lang),
            entries=entries,
            file_name=self.facts.slug,
            page=self.reader_path,
        )

    @path("dates.xml", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """The dates ahead as Atom in the reader's language."""
        return feeds.atom(request, self, collections.ahead(request))

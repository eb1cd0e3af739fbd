"""The page of a council: what it is, when it meets, a page for each year and each session."""

from dataclasses import replace
from typing import Any, Self

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.search import index

from cms.localization import languages
from cms.localization.localized_text import LocalizedText
from cms.pages.base_page import BasePage, BasePageManager, BasePageQuerySet
from cms.pages.blocks import BodyBlock
from cms.pages.facts import copied, facts
from cms.pages.isolation import read_each
from cms.pages.streams import StreamField
from dates import structured_data
from dates.calendars import document, period, session_entries
from dates.calendars.document import Entry
from dates.council.bodies import CouncilBody
from dates.council.session_history import FormerAddress
from dates.council.session_story import story_of
from dates.council.sessions import CouncilSession, Status


class CouncilPageQuerySet(BasePageQuerySet):
    def for_serving(self) -> Self:
        return self.select_related("council")


class CouncilPage(RoutablePageMixin, BasePage):
    """What the council is and when it meets; ``/2025/`` a year, ``/2025/1/`` a session."""

    template = "dates/council/council_page.html"

    FACTS = facts("council")

    council = models.ForeignKey(
        CouncilBody, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("body")
    )
    intro = models.TextField(_("introduction"), blank=True)
    text = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    objects = BasePageManager.from_queryset(CouncilPageQuerySet)()

    content_panels = [*BasePage.content_panels, FieldPanel("council"), FieldPanel("intro"), FieldPanel("text")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro"), index.SearchField("text")]
    override_translatable_fields = [*BasePage.override_translatable_fields, *copied(FACTS)]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("council page")

    @cached_property
    def sessions(self) -> list[CouncilSession]:
        """All public sessions of the body, joint ones too, newest first; a council meets some six times a year."""
        return list(
            CouncilSession.objects.public()
            .met_by(self.facts.council)
            .with_facts()
            .prefetch_related("former_addresses")
            .order_by("-start", "-number")
        )

    def session_path(self, session: CouncilSession) -> str:
        """Number and year are those of the body that counts it: a joint session lives on that one's page.

        "" where that body has no public page.
        """
        if session.body_id == self.facts.council_id:
            return self.path_to("session", session.year, session.number)
        host = self._hosts.get(session.body_id)
        return host.session_path(session) if host else ""

    @cached_property
    def _hosts(self) -> dict[int, "CouncilPage"]:
        """The pages of the other bodies whose joint sessions stand here."""
        bodies = {session.body_id for session in self.sessions} - {self.facts.council_id}
        pages = CouncilPage.objects.listed().filter(council__in=bodies).order_by("-path") if bodies else ()
        return {page.council_id: page for page in pages}

    def instead_of(self, session: CouncilSession) -> CouncilSession | None:
        """The public session to which ``session`` leads on."""
        if session.moved_to_id is None:
            return None
        return next((each for each in self.sessions if each.pk == session.moved_to_id), None)

    def structured_data(self, request: HttpRequest) -> dict[str, Any] | None:
        return structured_data.council(self, request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        for session in self.sessions:
            session.path = self.session_path(session)  # type: ignore[attr-defined]
        upcoming = [session for session in reversed(self.sessions) if not session.is_past]
        context["upcoming"] = upcoming
        context["next"] = next((session for session in upcoming if session.takes_place), (upcoming or [None])[0])
        context["years"] = sorted({session.year for session in self.sessions}, reverse=True)
        context["index_path"] = self.reader_path
        context["council"] = self.facts.council
        context["calendar_path"] = self.path_to("calendar")
        return context

    def session_entry(self, session: CouncilSession, request: HttpRequest) -> Entry:
        url = request.build_absolute_uri(self.session_path(session) or self.reader_path)
        entry = session_entries.entry_of(session, url, instead=self.instead_of(session))
        known = {each.uid for each in session.former_addresses.all() if each.body_id == self.facts.council_id} - {None}
        return replace(entry, uid=str(min(known))) if known else entry  # so that subscribers find what they have

    def find_session(self, year: int, number: int) -> CouncilSession | None:
        own = (each for each in self.sessions if each.body_id == self.facts.council_id)
        return next((each for each in own if (each.year, each.number) == (year, number)), None)

    @path("")
    def overview(self, request: HttpRequest) -> HttpResponse:
        past = [session for session in self.sessions if session.is_past]
        by_year: dict[int, list[CouncilSession]] = {}
        for session in reversed(past):
            by_year.setdefault(session.year, []).append(session)
        council = self.facts.council
        return self.render(
            request,
            context_overrides={
                "past_years": sorted(by_year.items(), reverse=True),
                "legal_names": list(council.legal_names.all()) if council else [],
                "breaks": council.breaks_from(timezone.localdate()) if council else [],
            },
        )

    @path("<int:year>/", name="year")
    def one_year(self, request: HttpRequest, year: int) -> HttpResponse:
        """The sessions of one year as a table."""
        of_year = [session for session in reversed(self.sessions) if session.year == year]
        if not of_year:
            raise Http404
        return self.render(
            request,
            template="dates/council/year.html",
            context_overrides={
                "meta": {},  # a page of facts, of which no words are missing
                "year": year,
                "sessions": of_year,
                "breaks": self.facts.council.breaks_in(year),
                "year_path": f"{self.reader_path}{year}/",
                "today": timezone.localdate(),
            },
        )

    @path("<int:year>/<int:number>/", name="session")
    def one_session(self, request: HttpRequest, year: int, number: int) -> HttpResponse:
        session = self.find_session(year, number)
        if session is None:
            return self._lead_on(year, number)
        meta = {
            "title": session.title,
            "description": "",
            "structured_data": structured_data.council_session(session, request, page=self),
        }
        return self.render(
            request,
            template="dates/council/session.html",
            context_overrides={
                "session": session,
                "instead": self.instead_of(session),
                "meta": meta,
                "calendar_path": f"{self.session_path(session)}calendar.ics",
                "story": story_of(session, public=True),
                "legal_name": session.body.name_on(timezone.localtime(session.start).date()),
            },
        )

    @path("calendar.ics", name="calendar")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """All sessions, for calendar programs."""
        since = period.beginning()
        sessions = [session for session in reversed(self.sessions) if session.start >= since]
        return document.answer(
            request,
            name=self.words.title,
            entries=read_each(sessions, lambda each: self.session_entry(each, request)),
            file_name=self.facts.slug,
            page=self.reader_path,
        )

    @path("<int:year>/<int:number>/calendar.ics", name="session_calendar")
    def session_calendar(self, request: HttpRequest, year: int, number: int) -> HttpResponse:
        session = self.find_session(year, number)
        if session is None:
            return self._lead_on(year, number, "calendar.ics")
        return document.answer(
            request,
            name=LocalizedText(session.title.plain, languages.active().code),
            entries=read_each([session], lambda each: self.session_entry(each, request)),
            file_name=f"{self.facts.slug}-{year}-{number}",
            page=self.session_path(session),
        )

    def _lead_on(self, year: int, number: int, rest: str = "") -> HttpResponse:
        """An address that a session of this council had before leads to where it is now; 404 for all others."""
        former = FormerAddress.objects.filter(body=self.facts.council, year=year, number=number).first()
        session = next((session for session in self.sessions if former and session.pk == former.session_id), None)
        if session is None:
            raise Http404
        return HttpResponsePermanentRedirect(f"{self.session_path(session) or self.reader_path}{rest}")


def next_sessions(home: Page, count: int) -> list[CouncilSession]:
    """The sessions ahead of the councils that have a page right below ``home``; one query.

    A cancelled one is named, because people know its date; one that was withdrawn is not.
    """
    councils = CouncilPage.objects.listed().child_of(home).order_by().values("council")
    ahead = CouncilSession.objects.public().met_by_any(councils).upcoming().exclude(status=Status.WITHDRAWN)
    return list(ahead.select_related("body", "place")[:count])


def what_would_have_no_address(page: Page) -> str:
    """For ``guards.keep_section``: sessions are not below the page in the tree, but have their addresses there."""
    council = page.specific.council
    others = CouncilPage.objects.sources().filter(council=council).exclude(pk=page.pk)
    count = 0 if council is None or others.exists() else CouncilSession.objects.filter(body=council).count()
    if not count:
        return ""
    return ngettext(
        "“%(page)s” cannot be deleted: %(count)d session is shown there and nowhere else.",
        "“%(page)s” cannot be deleted: %(count)d sessions are shown there and nowhere else.",
        count,
    ) % {"page": page.title, "count": count}

"""An event: when it takes place, once or again and again, where, by whom and for whom."""

from typing import Any, Self
from uuid import uuid4

from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from cms.localization import languages
from cms.localization.accepted_dates import is_accepted
from cms.localization.localized_text import LocalizedText
from cms.pages import related
from cms.pages.base_page import BasePage, BasePageManager
from cms.pages.blocks import BodyBlock
from cms.pages.contacts import PhoneField
from cms.pages.facts import copied, facts
from cms.pages.streams import StreamField
from cms.routing import navigation
from dates import recurrence, structured_data
from dates.calendars import document, event_entries
from dates.council.sessions import start_of_today
from dates.events import event_times, former_versions, panels
from dates.events.event_queryset import EventQuerySet
from dates.events.form import EventForm
from dates.holidays.school_holidays import DaysOff
from dates.permissions import EventPermissionTester
from dates.places import Place
from dates.recurrence import Occurrence, sentences
from dates.series import EventSeries
from directory.models import District, OrganisationPage
from directory.profiles.taxonomy import LanguageCodesField
from directory.profiles.topics import TopicsField

OUTSIDE_REVISIONS = ("uid", "sequence", "moved_from", "announced", "last_end")
"""What calendars of visitors hold on to: no old draft and no copy of the page brings another event's, or an old one."""

NEXT_DATES = 6


class EventPage(RoutablePageMixin, BasePage):
    """Something that happens. All but words are facts, read from the German page."""

    template = "dates/events/event_page.html"

    FACTS = (
        *facts("start exceptions additions is_cancelled", is_trusted=True, is_urgent=True),
        *facts("end all_day recurrence recurrence_until breaks topics", is_trusted=True),
        *facts("skips_public_holidays skips_school_holidays", is_trusted=True),
        *facts("place place_name organiser organiser_name series language_codes is_free picture"),
        *facts("registration_email registration_phone registration_url"),
    )

    uid = models.UUIDField(default=uuid4, editable=False, db_index=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    moved_from = models.DateTimeField(null=True, blank=True, editable=False)
    announced = models.JSONField(default=dict, blank=True, editable=False)
    """Time, place and status as last published, to know what a new version changes."""
    last_end = models.DateTimeField(null=True, editable=False, db_index=True)
    """When the last occurrence is over; None while it goes on without end. Follows from the other facts."""

    start: Any = models.DateTimeField(_("start"), null=True)
    """None only in a draft that does not say it yet."""
    end = models.DateTimeField(_("end"), null=True, blank=True)
    all_day = models.BooleanField(_("all day"), default=False, help_text=_("Only the days count, not the times."))
    recurrence = models.CharField(_("repeats"), max_length=200, blank=True)
    """A rule as ``recurrence.rule`` reads it, empty when it takes place once."""
    recurrence_until = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Leave empty if nobody knows yet when it ends.")
    )
    skips_public_holidays = models.BooleanField(_("not on public holidays"), default=False)
    skips_school_holidays = models.BooleanField(_("not in the school holidays"), default=False)
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("place"))
    place_name = models.TextField(
        _("or place and address in words"), max_length=200, blank=True, help_text=_("If the place is not in the list.")
    )
    organiser = models.ForeignKey(
        OrganisationPage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organiser in the directory"),
    )
    organiser_name = models.CharField(_("or name of the organiser"), max_length=200, blank=True)
    series = models.ForeignKey(
        EventSeries, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("series")
    )
    topics = TopicsField()
    language_codes = LanguageCodesField(_("languages of the event"), blank=True)
    is_free = models.BooleanField(_("free of charge"), default=False)
    registration_email = models.EmailField(_("email address for registration"), blank=True)
    registration_phone = PhoneField(_("telephone for registration"), blank=True)
    registration_url = models.URLField(_("web page for registration"), blank=True)
    picture = models.ForeignKey(
        "cms.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )

    lead = models.TextField(_("lead"), max_length=600, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("description"))
    for_whom = models.CharField(_("for whom"), max_length=150, blank=True)
    price = models.CharField(_("price"), max_length=150, blank=True)
    registration = models.CharField(
        _("registration"), max_length=255, blank=True, help_text=_("For example: Please register by 3 May.")
    )
    picture_alt = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        help_text=_("What someone who cannot see the picture needs to know."),
    )

    objects = BasePageManager.from_queryset(EventQuerySet)()
    base_form_class = EventForm

    content_panels = [*BasePage.content_panels, *panels.PANELS]
    search_fields = [
        *BasePage.search_fields,
        *(index.SearchField(name) for name in ("lead", "body", "for_whom", "organiser_name", "place_name")),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *copied(FACTS),
        *(TranslatableField(name) for name in ("for_whom", "price", "registration", "picture_alt")),
    ]
    exclude_fields_in_copy = [*BasePage.exclude_fields_in_copy, *OUTSIDE_REVISIONS]
    parent_page_types = ["dates.EventIndexPage", "directory.OrganisationPage"]
    subpage_types: list[str] = []

    permission_tester = EventPermissionTester

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def save(self, *args: Any, **kwargs: Any) -> None:
        last = recurrence.last_occurrence(self)
        self.last_end = last.over if last else None
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if not is_accepted(self.start, self.end, self.recurrence_until):
            return  # which the fields themselves complain about
        event_times.fill_in(self)
        event_times.check(self)

    def serializable_data(self) -> dict[str, Any]:
        return {name: value for name, value in super().serializable_data().items() if name not in OUTSIDE_REVISIONS}

    def with_content_json(self, content: dict[str, Any]) -> Self:
        page = super().with_content_json(content)
        for name in OUTSIDE_REVISIONS:
            setattr(page, name, getattr(self, name))
        return page

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Versions of former times have a word for their rule."""
        return super().from_serializable_data(former_versions.in_words_of_today(data), *args, **kwargs)

    @cached_property
    def days_off(self) -> DaysOff:
        return DaysOff(self)

    @cached_property
    def next_occurrence(self) -> Occurrence | None:
        """The first that is not over before today."""
        return recurrence.next_occurrence(self, start_of_today())

    @property
    def has_more_dates(self) -> bool:
        return bool(self.recurrence or self.additions.all())

    @property
    def repeats(self) -> str:
        """The rule in words: "Every week: Tuesday"."""
        return sentences.rule(self)

    def get_recurrence_display(self) -> str:
        """As choices are shown in words, for people who compare two versions."""
        return self.repeats or self.recurrence

    @property
    def leaves_out(self) -> list[str]:
        """ "Not in the school holidays": one sentence each."""
        return sentences.left_out(self)

    @property
    def is_past(self) -> bool:
        return self.last_end is not None and self.last_end < start_of_today()

    @property
    def organiser_label(self) -> str:
        """Name of the organiser: a proper name, the same in every language."""
        return self.organiser.title if self.organiser else self.organiser_name

    @property
    def place_label(self) -> LocalizedText:
        return self.place.label if self.place else LocalizedText(self.place_name, languages.SOURCE)

    @property
    def district(self) -> District | None:
        """Where the place is, else where the organiser is."""
        if self.place:
            return self.place.district
        return self.organiser.district if self.organiser and not self.place_name else None

    @property
    def step_free_label(self) -> str:
        """Of the place; at no place of its own the event is at the organiser's."""
        if self.place:
            return self.place.step_free_label
        return self.organiser.step_free_label if self.organiser and not self.place_name else ""

    @property
    def spoken(self) -> list[str]:
        """Names of the languages of the event, in the reader's language."""
        return sorted(languages.name_in(code, languages.active().code) for code in self.language_codes)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        facts = self.facts
        index_link = navigation.section(request, apps.get_model("dates", "EventIndexPage"))
        context.update(
            {
                "is_moved_series": event_times.is_moved_series(facts, start_of_today()),
                "next": facts.next_occurrence or recurrence.last_occurrence(facts),
                "coming": recurrence.coming(facts, start_of_today(), NEXT_DATES) if facts.has_more_dates else [],
                "series_path": f"{index_link.href}?series={facts.series.key}" if facts.series and index_link else "",
                "sections": related.sections_about(facts),
                "calendar_path": self.path_to("calendar"),
            }
        )
        return context

    @path("calendar.ics", name="calendar")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        entries = event_entries.entries_on(self, request)
        path_of_page, file_name = self.reader_path, self.facts.slug
        return document.answer(request, name=self.words.title, entries=entries, file_name=file_name, page=path_of_page)

    def structured_data(self, request: HttpRequest) -> dict[str, Any] | None:
        return structured_data.event(self, request)

"""What is on, one by one: an event, a session, a regular offer, each with its organiser and what it is found by."""

from dataclasses import dataclass

from wagtail.models import Page

from cms.localization import languages, locales, notices
from cms.localization.localized_text import LocalizedText, Name
from cms.localization.page_words import PageWords, RowInWords, in_words
from cms.routing.address import path_of
from dates.council.sessions import CouncilSession
from dates.programme.event_filters import Marks
from dates.programme.listed_event import ListedEvent
from dates.series import EventSeries
from directory.models import Offer, OrganisationPage


def below(home: Page) -> list[RowInWords]:
    """Offers of the published organisations of a site, by weekday and time, in the reader's words; two queries."""
    organisations = OrganisationPage.objects.listed().descendant_of(home).order_by().values("pk")
    offers = list(Offer.objects.filter(organisation__in=organisations).order_by("weekday", "starts", "pk"))
    reader = languages.active().code
    keys = [offer.translation_key for offer in offers] if reader != languages.SOURCE else []
    locale_id = locales.id_of(reader)
    translated = Offer.objects.filter(translation_key__in=keys, locale_id=locale_id, organisation__live=True)
    return in_words(offers, notices.annotated(translated, reader, page="organisation") if keys else ())


@dataclass(frozen=True)
class Organiser:
    """An organisation of the directory, as far as a list names it."""

    pk: int
    slug: str
    title: str
    native_name: str
    native_language: str
    district: int | None
    street: str
    postal_code: str
    url_path: str
    path: str

    @property
    def name(self) -> LocalizedText:
        return Name(self.title)

    @property
    def own_name(self) -> LocalizedText | None:
        """In the organisation's language, for who reads that."""
        is_readers = self.native_name and self.native_language == languages.active().code
        return LocalizedText(self.native_name, self.native_language) if is_readers else None

    @property
    def reader_path(self) -> str:
        return path_of(self, languages.active().code)  # type: ignore[arg-type]


@dataclass(frozen=True)
class EventEntry:
    event: ListedEvent
    organiser: Organiser | None
    series: EventSeries | None
    marks: Marks


@dataclass(frozen=True)
class SessionEntry:
    session: CouncilSession
    marks: Marks


@dataclass(frozen=True)
class OfferEntry:
    offer: Offer
    words: PageWords
    organiser: Organiser
    marks: Marks

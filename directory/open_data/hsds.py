"""Organisations in the words of the Human Services Data Specification 3.0 (https://docs.openreferral.org).

An organisation's weekly offers are its services; where it has an address or hours it has a location. HSDS knows no
language of a text, so what readers are told of words stands behind them in brackets. Times are those on the wall.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID, uuid5

from cms.localization import formats, languages, notices
from cms.localization.localized_text import LocalizedText
from cms.media import copies
from cms.open_data.collections import Question
from cms.routing import sites
from directory.hours import saying
from directory.open_data import offers as offers_of
from directory.open_data import organisations
from directory.profiles.coordinates import point_of
from directory.profiles.offers import Offer

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
Object = dict[str, Any]
OF_SERVICES, OF_LOCATIONS = "service_id", "location_id"


def _told(words: LocalizedText) -> str:
    return notices.title_of(words) if words else ""


@dataclass
class Described:
    """One organisation with its offers, and every object of HSDS that follows."""

    page: Any
    offers: Sequence[Any]
    question: Question

    @property
    def key(self) -> UUID:
        key: UUID = self.page.translation_key
        return key

    @cached_property
    def organization(self) -> Object:
        page = self.page
        return {
            "id": str(self.key),
            "name": page.title,
            "alternate_name": page.native_name or page.short_name,
            "description": _told(page.words.short_description) or page.title,
            "email": page.email,
            "website": page.website,
            "logo": copies.address(page.logo, self.question.request),
            "uri": self.question.whole(page.path_in(languages.SOURCE)),
        }

    @property
    def phones(self) -> list[Object]:
        numbers = (self.page.phone,) if self.page.phone else ()
        return [{"id": self._id(self.key, "phone"), "number": number, "type": "voice"} for number in numbers]

    # Services

    def service(self, offer: Any) -> Object:
        record = getattr(self.page, "record", None)
        confirmed = record.last_confirmed_at if record else None
        return {
            "id": str(offer.translation_key),
            "organization_id": str(self.key),
            "name": _told(offer.words.what),
            "url": self.question.whole(self.page.reader_path),
            "email": self.page.email,
            "status": "active",
            "eligibility_description": _told(offer.words.for_whom),
            "assured_date": formats.local(confirmed).date().isoformat() if confirmed else None,
        }

    def schedule(self, offer: Any) -> Object:
        weekly = self._weekly(offer.weekday, offer.starts, offer.ends)
        said = {"id": self._id(offer.translation_key, "schedule"), OF_SERVICES: str(offer.translation_key)}
        return {**said, **weekly}

    def languages_of(self, offer: Any) -> list[Object]:
        key = offer.translation_key
        return [self._language(key, code, {OF_SERVICES: str(key)}) for code in offer.language_codes]

    def service_at_location(self, offer: Any) -> Object | None:
        location = self.location_of(offer)
        if location is None:
            return None
        key = offer.translation_key
        return {"id": self._id(key, "at"), OF_SERVICES: str(key), OF_LOCATIONS: location["id"]}

    # Locations

    @cached_property
    def location(self) -> Object | None:
        """That of the organisation itself."""
        page = self.page
        if not (page.street or point_of(page) or page.timetable):
            return None
        longitude, latitude = point_of(page) or (None, None)
        return {
            "id": self._id(self.key, "location"),
            "location_type": "physical",
            "organization_id": str(self.key),
            "name": page.title,
            "latitude": latitude,
            "longitude": longitude,
        }

    def location_of(self, offer: Any) -> Object | None:
        """Where an offer takes place: in words of its own, or at the organisation."""
        if not offer.words.place:
            return self.location
        return {
            "id": self._id(offer.translation_key, "location"),
            "location_type": "physical",
            "organization_id": str(self.key),
            "name": _told(offer.words.place),
        }

    @property
    def locations(self) -> list[Object]:
        own = [self.location] if self.location else []
        return own + [found for each in self.offers if each.words.place and (found := self.location_of(each))]

    @property
    def addresses(self) -> list[Object]:
        page, settings = self.page, sites.settings_of(self.question.site)
        if not (page.street and page.postal_code):
            return []
        return [
            {
                "id": self._id(self.key, "address"),
                "address_1": page.street,
                "city": page.city or settings.municipality or settings.name,
                "state_province": settings.federal_state,
                "postal_code": page.postal_code,
                "country": "DE",
                "address_type": "physical",
            }
        ]

    @property
    def accessibility(self) -> list[Object]:
        said = f"{self.page._meta.get_field('step_free').verbose_name}: {self.page.step_free_label}"
        return [{"id": self._id(self.key, "access"), "description": said}] if self.page.step_free else []

    @property
    def opening_schedules(self) -> Iterator[Object]:
        location = self.location
        if location is None:
            return
        timetable, today = self.page.timetable, self.page.hours_today.today
        for weekday, spans in sorted(timetable.week.items()):
            for span in sorted(spans):
                name = f"opens {weekday} {span.opens}"
                weekly = self._weekly(weekday, span.opens, span.closes)
                yield {"id": self._id(self.key, name), OF_LOCATIONS: location["id"], **weekly}
        for number, each in enumerate(each for each in saying.in_order(timetable.special) if each.last >= today):
            yield {
                "id": self._id(self.key, f"special {each.first} {number}"),
                OF_LOCATIONS: location["id"],
                "valid_from": each.first.isoformat(),
                "valid_to": each.last.isoformat(),
                "description": saying.special_in_words([each]),
                "opens_at": formats.time(each.span.opens) if each.span else None,
                "closes_at": formats.time(each.span.closes) if each.span else None,
            }

    @property
    def spoken(self) -> list[Object]:
        location = self.location
        codes = sorted(each.code for each in self.page.languages_spoken.all()) if location else []
        return [self._language(self.key, code, {OF_LOCATIONS: location["id"]}) for code in codes] if location else []

    # Parts

    def _weekly(self, weekday: int, opens: dt.time, closes: dt.time | None) -> Object:
        hours = formats.time_range(opens, closes) if closes else formats.time(opens)
        return {
            "freq": "WEEKLY",
            "interval": 1,
            "wkst": "MO",
            "byday": DAYS[weekday - 1],
            "opens_at": formats.time(opens),
            "closes_at": formats.time(closes) if closes else None,
            "description": f"{formats.weekday_name(weekday)}, {hours}",
        }

    def _language(self, key: UUID, code: str, owner: Object) -> Object:
        name = languages.name_in(code, languages.active().code)
        return {"id": self._id(key, f"language {code}"), **owner, "name": name, "code": code}

    @staticmethod
    def _id(key: UUID, part: str) -> str:
        """The same for the same part, so that whoever keeps a copy finds it again."""
        return str(uuid5(key, part))


# Reading


def described(pages: Iterable[Any], question: Question) -> list[Described]:
    """Organisations with their offers; two queries for any number."""
    listed = list(pages)
    offers = list(Offer.objects.filter(organisation__in=listed).order_by("weekday", "starts", "pk"))
    offers_of.prepare(offers, question)
    by_page: dict[int, list[Offer]] = {page.pk: [] for page in listed}
    for offer in offers:
        by_page[offer.organisation_id].append(offer)
    return [Described(page, by_page[page.pk], question) for page in listed]


def everything(question: Question) -> list[Described]:
    return described(organisations.rows(question), question)

"""Loads what is stored once: topics, districts, places, contact points, the council and its sessions."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from wagtail.models import Site

from cms import languages
from cms.contacts import ContactPoint
from dates.places import Place
from dates.series import EventSeries
from dates.sessions import BodyName, CouncilBody, CouncilSession
from directory.organisation import StepFree
from directory.taxonomy import District, Topic
from home.demo import content_files

EXAMPLE_PLACES = {"beispielraum"}
TUESDAY = 1  # dt.date.weekday()


@dataclass(frozen=True)
class Facts:
    """What pages refer to, by key."""

    topics: dict[str, Topic]
    districts: dict[str, District]
    places: dict[str, Place]
    contacts: dict[str, ContactPoint]
    series: dict[str, EventSeries]
    body: CouncilBody


def in_all_languages(german: str) -> dict[str, str]:
    """The German words with every translation that the demo content has of them."""
    texts = {languages.SOURCE: german} if german else {}
    for language in languages.LANGUAGES:
        translated = content_files.words(language.code).get(german)
        if german and translated:
            texts[language.code] = translated
    return texts


def load(site: Site) -> Facts:
    known = content_files.facts()
    districts = {
        row["key"]: District.objects.create(site=site, key=row["key"], name=row["name"]) for row in known["districts"]
    }
    facts = Facts(
        topics={
            row["key"]: Topic.objects.create(key=row["key"], name=in_all_languages(row["name"]))
            for row in known["topics"]
        },
        districts=districts,
        places={row["key"]: _place(row, districts) for row in known["places"]},
        contacts={row["key"]: _contact(row) for row in known["contacts"]},
        series={
            row["key"]: EventSeries.objects.create(key=row["key"], name=in_all_languages(row["name"]), is_example=True)
            for row in known["series"]
        },
        body=_body(known["body"]),
    )
    for row in known["sessions"]:
        _session(facts, row["number"], row["start"], place=row["place"])
    year = timezone.localdate().year + 1
    for row in known["example_sessions"]:
        start = dt.datetime.combine(nth_tuesday(year, row["month"], row["nth_tuesday"]), dt.time(16))
        _session(facts, row["number"], start, place="rathaus", is_example=True)
    return facts


def _place(row: dict[str, Any], districts: dict[str, District]) -> Place:
    return Place.objects.create(
        key=row["key"],
        name=in_all_languages(row["name"]),
        street=row.get("street", ""),
        postal_code=row.get("postal_code", ""),
        city=row.get("city", ""),
        district=districts.get(row.get("district", "")),
        step_free=StepFree.YES if row["key"] in EXAMPLE_PLACES else StepFree.UNKNOWN,
        is_example=row["key"] in EXAMPLE_PLACES,
    )


def _contact(row: dict[str, Any]) -> ContactPoint:
    return ContactPoint.objects.create(
        key=row["key"],
        office=in_all_languages(row["office"]),
        role=in_all_languages(row.get("role", "")),
        note=in_all_languages(row.get("note", "")),
        phone=row.get("phone", ""),
        email=row.get("email", ""),
    )


def _body(row: dict[str, Any]) -> CouncilBody:
    body = CouncilBody.objects.create(key=row["key"], name=in_all_languages(row["name"]))
    for position, name in enumerate(row["legal_names"]):
        BodyName.objects.create(
            body=body, name=in_all_languages(name["name"]), valid_from=name.get("from"), sort_order=position
        )
    return body


def _session(facts: Facts, number: int, start: dt.datetime, *, place: str, is_example: bool = False) -> None:
    CouncilSession.objects.create(
        body=facts.body,
        number=number,
        start=timezone.make_aware(start),
        place=facts.places[place],
        is_example=is_example,
    )


def nth_tuesday(year: int, month: int, nth: int) -> dt.date:
    """The ``nth`` (from 1) Tuesday of a month."""
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(TUESDAY - first.weekday()) % 7 + 7 * (nth - 1))

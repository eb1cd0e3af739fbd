"""Loads what is stored once: topics, districts, places, contact points, the council and its sessions."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Site

from cms.localization import languages
from cms.pages.contacts import ContactPoint
from dates.council.agenda import AgendaItem
from dates.council.bodies import BodyName, CouncilBody
from dates.council.session_changes import change
from dates.council.session_history import SessionChange
from dates.council.sessions import CouncilSession
from dates.places import Place
from dates.series import EventSeries
from directory.profiles import standard_topics
from directory.profiles.organisation import StepFree
from directory.profiles.taxonomy import District
from directory.profiles.topics import Topic
from home.demo import content_files

OFFERED = ("notice", "openness", "interpreters", "interpreter_languages", "sign_language")
TUESDAY = 1  # dt.date.weekday()

Row = TypeVar("Row", bound=models.Model)


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
    """What a loading that broke off has made is found by its key, not made again."""
    known = content_files.facts()
    standard_topics.complete(Topic)
    districts = {row["key"]: _district(site, row) for row in known["districts"]}
    facts = Facts(
        topics={topic.key: topic for topic in Topic.objects.all()},
        districts=districts,
        places={row["key"]: _place(row, districts) for row in known["places"]},
        contacts={row["key"]: _contact(row) for row in known["contacts"]},
        series={
            row["key"]: _made(EventSeries, row["key"], name=in_all_languages(row["name"]), is_example=True)
            for row in known["series"]
        },
        body=_body(known["body"]),
    )
    for row in known["sessions"]:
        _session(facts, row["number"], row["start"], place=row["place"])
    year = timezone.localdate().year + 1
    for row in known["example_sessions"]:
        _example_session(facts, row, year)
    return facts


def _made(model: type[Row], key: str, **values: Any) -> Row:
    return model._default_manager.get_or_create(key=key, defaults=values)[0]


def _district(site: Site, row: dict[str, Any]) -> District:
    """Its shape is a drawing of ours, its middle is known to about a kilometre."""
    longitude, latitude = (Decimal(str(number)) for number in row["middle"])
    drawn = {"shape": [row["drawing"]], "is_schematic": True, "latitude": latitude, "longitude": longitude}
    return District.objects.get_or_create(site=site, key=row["key"], defaults={"name": row["name"], **drawn})[0]


def _place(row: dict[str, Any], districts: dict[str, District]) -> Place:
    return _made(
        Place,
        row["key"],
        name=in_all_languages(row["name"]),
        street=row.get("street", ""),
        postal_code=row.get("postal_code", ""),
        city=row.get("city", ""),
        district=districts.get(row.get("district", "")),
        step_free=row.get("step_free", StepFree.UNKNOWN),
        is_example=row.get("is_example", False),
    )


def _contact(row: dict[str, Any]) -> ContactPoint:
    return _made(
        ContactPoint,
        row["key"],
        office=in_all_languages(row["office"]),
        role=in_all_languages(row.get("role", "")),
        note=in_all_languages(row.get("note", "")),
        phone=row.get("phone", ""),
        email=row.get("email", ""),
    )


def _body(row: dict[str, Any]) -> CouncilBody:
    body = _made(CouncilBody, row["key"], name=in_all_languages(row["name"]))
    for position, name in enumerate(row["legal_names"]):
        values = {"name": in_all_languages(name["name"]), "valid_from": name.get("from")}
        BodyName.objects.get_or_create(body=body, sort_order=position, defaults=values)
    return body


def _session(facts: Facts, number: int, start: dt.datetime, *, place: str, **more: Any) -> CouncilSession:
    """The session of that number in the year of ``start``, made where it is missing."""
    values = {"start": timezone.make_aware(start), "place": facts.places[place], **more}
    known = CouncilSession.objects.filter(body=facts.body, year=start.year, number=number).first()
    return known or CouncilSession.objects.create(body=facts.body, number=number, **values)


@transaction.atomic
def _example_session(facts: Facts, row: dict[str, Any], year: int) -> None:
    """An invented session; what is to have changed is changed as a person would, so that it has its history."""

    def on(nth: int) -> dt.datetime:
        return dt.datetime.combine(nth_tuesday(year, row["month"], nth), dt.time(16))

    offered = {name: row[name] for name in OFFERED if name in row}
    session = _session(facts, row["number"], on(row["nth_tuesday"]), place="rathaus", is_example=True, **offered)
    for position, title in enumerate(row.get("agenda", ()), start=1):
        AgendaItem.objects.get_or_create(
            session=session, number=str(position), defaults={"title": title, "sort_order": position}
        )
    changed: dict[str, Any] = {"status": row.get("status", session.status)}
    if "moved_to_nth_tuesday" in row:
        changed["start"] = timezone.make_aware(on(row["moved_to_nth_tuesday"]))
    change(session=session, values=changed, origin=SessionChange.Origin.PERSON)


def nth_tuesday(year: int, month: int, nth: int) -> dt.date:
    """The ``nth`` (from 1) Tuesday of a month."""
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(TUESDAY - first.weekday()) % 7 + 7 * (nth - 1))

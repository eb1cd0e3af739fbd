"""The collection of organisations: what their public profiles say."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cms.media import copies
from cms.open_data import kinds
from cms.open_data.collections import Collection, Field, Question, simple
from cms.open_data.kinds import CLOCK, CODE, COUNT, DAY, DEGREES, EMAIL, FLAG, KEY, MOMENT, PHONE, TEXT, URL, WORDS
from cms.open_data.parameters import key
from directory.hours import saying
from directory.profiles.coordinates import point_of
from directory.profiles.facts import ASKED
from directory.profiles.organisation import OrganisationPage, OrganisationQuerySet

DESCRIPTIONS = {
    "language": "Only organisations that speak this language (BCP 47).",
    "topic": "Only organisations with this topic (key).",
    "district": "Only organisations in this district (key).",
}
COLUMN_OF = {"language": "languages_spoken__code", "topic": "topics__key", "district": "district__key"}
FILTERS = tuple(key(fact.asked_as, DESCRIPTIONS[fact.asked_as]) for fact in ASKED if fact.asked_as in DESCRIPTIONS)

ADDRESS = kinds.parts(street=TEXT, postal_code=TEXT, city=TEXT)
NAME_OF_ITS_OWN = kinds.parts(text=TEXT, language=CODE)
WEEK = kinds.many(kinds.parts(weekday=COUNT, opens=CLOCK, closes=CLOCK))
SPECIAL = kinds.many(kinds.parts(first_day=DAY, last_day=DAY, opens=CLOCK, closes=CLOCK, reason=TEXT))


def public(question: Question) -> OrganisationQuerySet:
    pages: OrganisationQuerySet = OrganisationPage.objects.listed().descendant_of(question.home)
    return pages


def rows(question: Question) -> OrganisationQuerySet:
    found = public(question)
    for name, column in COLUMN_OF.items():
        if name in question.values:
            found = found.filter(**{column: question.values[name]})
    return (
        found.order_by("title", "pk")
        .for_cards()
        .select_related("district", "logo", "record")
        .prefetch_related("topics", "languages_spoken", "logo__renditions")
        .with_words()
    )


def one(question: Question, translation_key: UUID) -> OrganisationPage | None:
    return rows(question).filter(translation_key=translation_key).first()


def _address(page: Any, _question: Question) -> dict[str, Any] | None:
    said = {name: getattr(page, name) or None for name in ("street", "postal_code", "city")}
    return said if any(said.values()) else None


def _week(page: Any, _question: Question) -> list[dict[str, Any]]:
    return [
        {"weekday": weekday, "opens": span.opens, "closes": span.closes}
        for weekday, spans in sorted(page.timetable.week.items())
        for span in sorted(spans)
    ]


def _special(page: Any, _question: Question) -> list[dict[str, Any]]:
    today = page.hours_today.today
    return [
        {
            "first_day": each.first,
            "last_day": each.last,
            "opens": each.span.opens if each.span else None,
            "closes": each.span.closes if each.span else None,
            "reason": each.reason or None,
        }
        for each in saying.in_order(page.timetable.special)
        if each.last >= today
    ]


def _confirmed(page: Any, _question: Question) -> Any:
    record = getattr(page, "record", None)
    return record.last_confirmed_at if record else None


FIELDS = (
    Field("id", KEY, lambda page, question: page.translation_key, is_certain=True),
    Field("url", URL, lambda page, question: question.whole(page.reader_path), is_certain=True),
    Field("name", TEXT, lambda page, question: page.title, "The German name, in every language.", is_certain=True),
    Field(
        "native_name",
        NAME_OF_ITS_OWN,
        lambda page, question: (
            {"text": page.native_name, "language": page.native_language or "und"} if page.native_name else None
        ),
    ),
    simple("short_name", TEXT),
    Field(
        "former_names",
        kinds.many(TEXT),
        lambda page, question: [name.plain for name in page.former],
        "What it was called before.",
        is_certain=True,
    ),
    Field("description", WORDS, lambda page, question: page.words.short_description or None),
    Field("topics", kinds.NAMED_ROWS, lambda page, question: page.topics.all(), is_certain=True),
    Field(
        "languages",
        kinds.many(CODE),
        lambda page, question: sorted(each.code for each in page.languages_spoken.all()),
        "Languages that are spoken there.",
        is_certain=True,
    ),
    Field(
        "district",
        kinds.parts(key=TEXT, name=TEXT),
        lambda page, question: {"key": page.district.key, "name": page.district.name} if page.district else None,
    ),
    Field("address", ADDRESS, _address),
    simple("latitude", DEGREES),
    simple("longitude", DEGREES),
    simple("phone", PHONE),
    simple("email", EMAIL),
    simple("website", URL),
    simple("whatsapp", PHONE),
    simple("step_free", kinds.choice("yes", "partly", "no")),
    Field("opening_hours", WEEK, _week, "Of every week; 1 is Monday.", is_certain=True, in_tables=False),
    Field("special_hours", SPECIAL, _special, "Days with other hours.", is_certain=True, in_tables=False),
    simple("by_appointment", FLAG, is_certain=True),
    simple("closed_on_public_holidays", FLAG, is_certain=True),
    Field("logo", URL, lambda page, question: copies.address(page.logo, question.request) or None),
    Field("confirmed", MOMENT, _confirmed, "When the organisation last said that all this is still right."),
    Field("updated", MOMENT, lambda page, question: page.last_published_at),
)
ORGANISATIONS = Collection(
    name="organisations",
    item="Organisation",
    title=_("Organisations"),
    description="Organisations of the directory, by their German names.",
    fields=FIELDS,
    rows=rows,
    parameters=FILTERS,
    one=one,
    point=point_of,
)

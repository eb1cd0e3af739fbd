"""The collection of offers: what organisations do every week."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cms.localization import languages, locales, notices
from cms.localization.page_words import PageWords
from cms.open_data import kinds
from cms.open_data.collections import Collection, Field, Question
from cms.open_data.kinds import CLOCK, CODE, COUNT, KEY, TEXT, URL, WORDS
from cms.open_data.parameters import Parameter, key
from directory.open_data import organisations
from directory.profiles.offers import Offer


def _weekday(text: str) -> int:
    if text not in tuple("1234567"):
        raise ValueError("must be a number from 1 (Monday) to 7 (Sunday)")
    return int(text)


FILTERS = (
    Parameter("weekday", "Only on this day; 1 is Monday.", {"type": "integer", "minimum": 1, "maximum": 7}, _weekday),
    key("language", "Only offers in this language (BCP 47)."),
)


def rows(question: Question) -> Any:
    """By weekday and time; the language of each is asked in memory, for databases keep it as a list."""
    found: QuerySet[Offer] = Offer.objects.filter(organisation__in=organisations.public(question).order_by())
    if "weekday" in question.values:
        found = found.filter(weekday=question.values["weekday"])
    found = found.select_related("organisation").order_by("weekday", "starts", "pk")
    wanted = question.values.get("language")
    return [offer for offer in found if wanted in offer.language_codes] if wanted else found


def one(question: Question, translation_key: UUID) -> Any:
    public = organisations.public(question).order_by()
    return (
        Offer.objects.filter(organisation__in=public, translation_key=translation_key)
        .select_related("organisation")
        .first()
    )


def prepare(offers: Sequence[Offer], _question: Question) -> None:
    """Their words in the reader's language; one query, none in German."""
    reader, found = languages.active().code, {}
    if reader != languages.SOURCE:
        translated = Offer.objects.filter(
            translation_key__in=[offer.translation_key for offer in offers],
            locale_id=locales.id_of(reader),
            organisation__live=True,
            organisation__alias_of=None,
        )
        found = {row.translation_key: row for row in notices.annotated(translated, reader, page="organisation")}
    for offer in offers:
        offer.words = PageWords(found.get(offer.translation_key, offer))


FIELDS = (
    Field("id", KEY, lambda offer, question: offer.translation_key, is_certain=True),
    Field("organisation", KEY, lambda offer, question: offer.organisation.translation_key, is_certain=True),
    Field("organisation_name", TEXT, lambda offer, question: offer.organisation.title, is_certain=True),
    Field("url", URL, lambda offer, question: question.whole(offer.organisation.reader_path), is_certain=True),
    Field("what", WORDS, lambda offer, question: offer.words.what, is_certain=True),
    Field("weekday", COUNT, lambda offer, question: offer.weekday, "1 is Monday.", is_certain=True),
    Field("starts", CLOCK, lambda offer, question: offer.starts, is_certain=True),
    Field("ends", CLOCK, lambda offer, question: offer.ends),
    Field("place", WORDS, lambda offer, question: offer.words.place or None),
    Field("for_whom", WORDS, lambda offer, question: offer.words.for_whom or None),
    Field("languages", kinds.many(CODE), lambda offer, question: offer.language_codes, is_certain=True),
)
OFFERS = Collection(
    name="offers",
    item="Offer",
    title=_("Regular offers"),
    description="What organisations offer every week.",
    fields=FIELDS,
    rows=rows,
    parameters=FILTERS,
    prepare=prepare,
    one=one,
)

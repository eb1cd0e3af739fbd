"""What an organisation offers every week: facts of the German page, words of the translation."""

import datetime as dt
from typing import Any

import pytest
from bs4 import Tag
from django.test import Client

from directory.models import Offer, OrganisationPage
from tests import factories, webpages

pytestmark = pytest.mark.django_db


@pytest.fixture
def club(db: None) -> OrganisationPage:
    return factories.organisation(factories.directory(factories.municipality()), "Verein", slug="verein")


def offer(club: OrganisationPage, what: str, weekday: int = 1, starts: int = 18, **fields: Any) -> Offer:
    made = Offer(
        organisation=club, what=what, weekday=weekday, starts=dt.time(starts), locale_id=club.locale_id, **fields
    )
    made.save()
    return made


def translate(offer: Offer, arabic: OrganisationPage, what: str, **stale: Any) -> None:
    facts = {"weekday": offer.weekday, "starts": offer.starts, **stale}
    Offer.objects.filter(organisation=arabic).delete()
    Offer.objects.create(
        organisation=arabic, what=what, translation_key=offer.translation_key, locale_id=arabic.locale_id, **facts
    )


def rows(client: Client, code: str = "de") -> list[Tag]:
    return webpages.read(client.get(f"/{code}/organisationen/verein/")).select("main tbody tr")


def cells(row: Tag) -> list[str]:
    return [webpages.text(cell) for cell in row.select("th, td")]


def test_offers_are_sorted_by_weekday_and_time(club: OrganisationPage, client: Client) -> None:
    for what, weekday, starts in (
        ("Sonntag", 7, 9),
        ("Montag spät", 1, 19),
        ("Mittwoch", 3, 8),
        ("Montag früh", 1, 10),
    ):
        offer(club, what, weekday, starts)
    assert [webpages.text(row.th) for row in rows(client)] == ["Montag früh", "Montag spät", "Mittwoch", "Sonntag"]


def test_an_offer_says_what_when_where_for_whom_and_in_which_languages(club: OrganisationPage, client: Client) -> None:
    offer(club, "Chor", 2, ends=dt.time(20), place="Saal", for_whom="Frauen", language_codes=["tr", "ar"])
    assert [cells(row) for row in rows(client)] == [
        ["Chor", "Dienstag, 18:00–20:00 Uhr Saal", "Frauen", "Arabisch und Türkisch"]
    ]


def test_an_offer_without_end_says_when_it_begins(club: OrganisationPage, client: Client) -> None:
    offer(club, "Chor")
    assert cells(rows(client)[0])[1] == "Montag, 18:00 Uhr"


@pytest.mark.parametrize(("code", "weekday"), [("ar", "الثلاثاء"), ("tr", "Salı"), ("ru", "вторник")])
def test_the_weekday_is_written_in_the_readers_language(
    club: OrganisationPage, client: Client, code: str, weekday: str
) -> None:
    offer(club, "Chor", 2)
    assert cells(rows(client, code)[0])[1].startswith(weekday)


def test_words_come_from_the_translation(club: OrganisationPage, client: Client) -> None:
    made = offer(club, "Chor")
    translate(made, factories.translated(club, "ar"), "جوقة")
    [row] = rows(client, "ar")
    assert webpages.text(row.th) == "جوقة"
    assert webpages.language_of(row.th) == ("ar", "rtl")


def test_times_come_from_the_german_page_even_where_a_translation_is_older(
    club: OrganisationPage, client: Client
) -> None:
    made = offer(club, "Chor", 2, 18)
    translate(made, factories.translated(club, "ar"), "جوقة", weekday=5, starts=dt.time(9))
    assert "18:00" in cells(rows(client, "ar")[0])[1]
    assert cells(rows(client, "ar")[0])[1].startswith("الثلاثاء")


def test_an_offer_that_is_not_translated_yet_is_shown_in_german_and_marked(
    club: OrganisationPage, client: Client
) -> None:
    made = offer(club, "Chor", 1)
    translate(made, factories.translated(club, "ar"), "جوقة")
    offer(club, "Tanz", 2)
    first, second = rows(client, "ar")
    assert webpages.text(first.th) == "جوقة"
    assert webpages.language_of(second.th.span) == ("de", "ltr")


def test_an_offer_that_is_gone_from_the_german_page_is_gone_everywhere(club: OrganisationPage, client: Client) -> None:
    made = offer(club, "Chor")
    translate(made, factories.translated(club, "ar"), "جوقة")
    made.delete()
    assert rows(client, "ar") == []

"""Regular offers: rows that are added, copied and removed by buttons."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import ngettext

from directory.models import Offer, OrganisationPage
from tests import webpages
from tests.directory.portal.conftest import Address, drafted, errors, open_form, send

pytestmark = pytest.mark.django_db
CAFE = {"offers-0-what": "Sprachcafé", "offers-0-weekday": "1", "offers-0-starts": "15:00", "offers-0-ends": "17:00"}


@pytest.fixture
def cafe(verein: OrganisationPage) -> Offer:
    return Offer.objects.create(
        organisation=verein, locale=verein.locale, what="Sprachcafé", weekday=1, starts=dt.time(15), ends=dt.time(17)
    )


def offers(verein: OrganisationPage) -> list[str]:
    return [f"{offer.what} {offer.weekday} {offer.starts:%H:%M}" for offer in drafted(verein).offers.all()]


def test_the_first_offer_has_its_row_ready(member: Client, address: Address, verein: OrganisationPage) -> None:
    answer = send(member, address("offers"), **CAFE)
    assert answer.status_code == 302, errors(answer)
    assert offers(verein) == ["Sprachcafé 1 15:00"]
    assert verein.offers.count() == 0


def test_an_empty_row_counts_for_nothing(member: Client, address: Address, verein: OrganisationPage) -> None:
    assert send(member, address("offers")).status_code == 302
    verein.refresh_from_db()
    assert not verein.has_unpublished_changes


def test_a_row_more(member: Client, address: Address, verein: OrganisationPage) -> None:
    answer = send(member, address("offers"), **CAFE, act="offers-add")
    assert answer["Location"] == f"{address('offers')}?add#offers-1"
    assert offers(verein) == ["Sprachcafé 1 15:00"]
    page = webpages.read(member.get(answer["Location"]))
    assert page.find(attrs={"name": "offers-1-what"}).get("value", "") == ""


def test_a_copy_is_a_row_of_its_own(member: Client, address: Address, verein: OrganisationPage, cafe: Offer) -> None:
    answer = send(member, address("offers"), act="offers-copy-0")
    assert answer["Location"] == f"{address('offers')}#offers-1"
    first, second = drafted(verein).offers.all()
    assert (first.what, first.translation_key) == ("Sprachcafé", cafe.translation_key)
    assert (second.what, second.weekday) == ("Sprachcafé", 1)
    assert second.translation_key != cafe.translation_key


def test_a_removed_row_is_gone_and_the_others_keep_what_was_typed(
    member: Client, address: Address, verein: OrganisationPage, cafe: Offer
) -> None:
    send(member, address("offers"), act="offers-copy-0")
    send(member, address("offers"), **{"offers-1-what": "Chor", "offers-1-weekday": "3"})
    answer = send(member, address("offers"), **{"offers-1-what": "Frauenchor"}, act="offers-remove-0")
    assert answer["Location"] == f"{address('offers')}#offers"
    assert offers(verein) == ["Frauenchor 3 15:00"]


def test_a_button_of_a_wrong_form_adds_the_row_and_loses_nothing(
    member: Client, address: Address, verein: OrganisationPage
) -> None:
    answer = send(member, address("offers"), **{**CAFE, "offers-0-weekday": ""}, act="offers-add")
    assert answer.status_code == 422
    page = webpages.read(answer)
    assert page.find(attrs={"name": "offers-0-what"})["value"] == "Sprachcafé"
    assert page.find(attrs={"name": "offers-1-what"}) is not None
    assert len(errors(answer)) == 1
    assert offers(verein) == []


def test_an_end_before_the_beginning_is_explained(member: Client, address: Address) -> None:
    answer = send(member, address("offers"), **{**CAFE, "offers-0-ends": "14:00"})
    assert answer.status_code == 422
    assert errors(answer) == ["Das Ende muss nach dem Beginn liegen."]


@pytest.mark.parametrize(
    "forged",
    [
        {"offers-0-weekday": "8"},
        {"offers-0-starts": "25:00"},
        {"offers-0-key": "not a key"},
        {"offers-0-language_codes": ["xx"]},
        {"offers-0-what": "a" * 10_000},
    ],
)
def test_forged_values_are_refused(member: Client, address: Address, forged: dict[str, Any]) -> None:
    assert send(member, address("offers"), **{**CAFE, **forged}).status_code == 422


def test_the_key_of_anothers_offer_counts_for_nothing(
    member: Client, address: Address, verein: OrganisationPage, other: OrganisationPage
) -> None:
    foreign = Offer.objects.create(organisation=other, locale=other.locale, what="X", weekday=1, starts=dt.time(9))
    send(member, address("offers"), **CAFE, **{"offers-0-key": str(foreign.translation_key)})
    [offer] = drafted(verein).offers.all()
    assert offer.translation_key != foreign.translation_key
    foreign.refresh_from_db()
    assert (foreign.organisation, foreign.what) == (other, "X")


@pytest.mark.parametrize("act", ["offers-remove-99", "offers-copy-99", "offers-drop-0", "pictures-add", "offers-copy-"])
def test_a_forged_button_loses_nothing(
    member: Client, address: Address, verein: OrganisationPage, cafe: Offer, act: str
) -> None:
    assert send(member, address("offers"), act=act).status_code == 302
    assert offers(verein) == ["Sprachcafé 1 15:00"]


def test_more_rows_than_possible_are_refused_and_stay(member: Client, address: Address) -> None:
    data = open_form(member, address("offers"))
    for number in range(45):
        data |= {name.replace("-0-", f"-{number}-"): value for name, value in CAFE.items()}
    answer = member.post(address("offers"), data)
    assert answer.status_code == 422
    assert len(webpages.read(answer).select("[name$=-what]")) == 45


@pytest.mark.parametrize("total", ["", "x", "1000000", "-1"])
def test_a_forged_number_of_rows_changes_nothing(
    member: Client, address: Address, verein: OrganisationPage, total: str
) -> None:
    send(member, address("offers"), **CAFE, **{"offers-TOTAL_FORMS": total, "offers-INITIAL_FORMS": total})
    assert offers(verein) == ["Sprachcafé 1 15:00"]


def test_sent_twice_it_is_saved_once(member: Client, address: Address, verein: OrganisationPage) -> None:
    data = {**open_form(member, address("offers")), **CAFE}
    assert [member.post(address("offers"), data).status_code for _ in range(3)] == [302, 302, 302]
    assert offers(verein) == ["Sprachcafé 1 15:00"]
    assert verein.revisions.count() == 2  # with the one with which forms begin


def test_a_published_offer_keeps_its_translations(
    member: Client, address: Address, verein: OrganisationPage, cafe: Offer
) -> None:
    send(member, address("offers"), **{"offers-0-starts": "16:00"})
    verein.refresh_from_db()
    verein.latest_revision.publish()
    offer = OrganisationPage.objects.get(pk=verein.pk).offers.get()
    assert (offer.translation_key, offer.starts) == (cafe.translation_key, dt.time(16))


@pytest.mark.parametrize("typed", [{"offers-999-what": "x"}, {f"offers-{n}-what": "x" for n in range(0, 900, 9)}])
def test_more_rows_than_a_form_can_have_are_refused_at_little_cost(
    member: Client, address: Address, verein: OrganisationPage, typed: dict[str, str]
) -> None:
    answer = send(member, address("offers"), **typed)
    assert answer.status_code == 422
    assert ngettext("There can be %(count)s row at most.", "There can be %(count)s rows at most.", 40) % {
        "count": 40
    } in webpages.read(answer).get_text(" ")
    assert len(answer.content) < 500_000 and b"offers-100-what" not in answer.content
    assert offers(verein) == []


def test_plain_german_is_no_language_that_is_spoken(member: Client, address: Address, verein: OrganisationPage) -> None:
    """What could be ticked and was not kept was lost without a word."""
    verein.languages_spoken.clear()
    verein.save_revision()
    boxes = webpages.read(member.get(address("offers"))).select("[name$=-language_codes]")
    assert boxes and "de-simple" not in [box["value"] for box in boxes]

"""Two people, one form: what only one has changed is taken, what both have changed is shown to the second."""

from typing import Any

import pytest
from django.test import Client

from directory.models import OrganisationPage
from tests import webpages
from tests.directory.portal.conftest import Address, drafted, filled, open_form, send

pytestmark = pytest.mark.django_db


def test_different_fields_of_one_form_are_both_taken(
    member: Client, colleague: Client, address: Address, verein: OrganisationPage
) -> None:
    mine = open_form(member, address("contact"))
    send(colleague, address("contact"), email="neu@verein.example")
    assert member.post(address("contact"), {**mine, "phone": "02331 999-1"}).status_code == 302
    draft = drafted(verein)
    assert (draft.phone, draft.email) == ("+4923319991", "neu@verein.example")


def test_different_forms_do_not_meet(
    member: Client, colleague: Client, address: Address, verein: OrganisationPage
) -> None:
    mine = open_form(member, address("contact"))
    send(colleague, address("about"), short_description="Wir singen")
    member.post(address("contact"), {**mine, "phone": "02331 999-1"})
    assert (drafted(verein).phone, drafted(verein).short_description) == ("+4923319991", "Wir singen")


@pytest.fixture
def conflict(member: Client, colleague: Client, address: Address) -> Any:
    """The answer to the second of two people who have both changed the short description."""
    mine = open_form(member, address("about"))
    send(colleague, address("about"), short_description="Wir singen", about="Montags.")
    return member.post(address("about"), {**mine, "short_description": "Wir tanzen", "native_name": "Dernek"})


def test_a_conflict_shows_both_and_saves_nothing(conflict: Any, verein: OrganisationPage) -> None:
    assert conflict.status_code == 409
    page = webpages.read(conflict)
    assert [entry.text for entry in page.select(".typed")] == ["Wir singen", "Wir tanzen"]
    assert filled(page)["short_description"] == "Wir tanzen"
    assert filled(page)["native_name"] == "Dernek"
    assert drafted(verein).short_description == "Wir singen"


def test_saved_again_ones_own_version_counts(
    conflict: Any, member: Client, address: Address, verein: OrganisationPage
) -> None:
    member.post(address("about"), filled(webpages.read(conflict)))
    draft = drafted(verein)
    assert (draft.short_description, draft.native_name) == ("Wir tanzen", "Dernek")


def test_the_others_version_can_be_taken_and_the_rest_stays_ones_own(
    conflict: Any, member: Client, address: Address, verein: OrganisationPage
) -> None:
    member.post(address("about"), {**filled(webpages.read(conflict)), "take_theirs": "short_description"})
    draft = drafted(verein)
    assert (draft.short_description, draft.native_name) == ("Wir singen", "Dernek")


def test_rows_changed_by_two_are_a_conflict_in_words(
    member: Client, colleague: Client, address: Address, verein: OrganisationPage
) -> None:
    mine = open_form(member, address("offers"))
    row = {"offers-0-what": "Chor", "offers-0-weekday": "1", "offers-0-starts": "15:00"}
    send(colleague, address("offers"), **row)
    answer = member.post(address("offers"), {**mine, **row, "offers-0-what": "Tanz"})
    assert answer.status_code == 409
    assert [entry.text for entry in webpages.read(answer).select(".typed")] == [
        "Chor, Montag, 15:00",
        "Tanz, Montag, 15:00",
    ]


def test_a_form_sent_twice_is_saved_once(member: Client, address: Address, verein: OrganisationPage) -> None:
    data = {**open_form(member, address("contact")), "phone": "02331 999-1", "email": "neu@verein.example"}
    assert [member.post(address("contact"), data).status_code for _ in range(2)] == [302, 302]
    assert verein.revisions.count() == 2  # with the one with which forms begin


@pytest.mark.parametrize("base", ["", "0", "x", "999999999", "١", "1" * 40])
def test_a_forged_base_overwrites_nothing(
    member: Client, address: Address, verein: OrganisationPage, base: str
) -> None:
    mine = open_form(member, address("contact"))
    send(member, address("contact"), email="neu@verein.example")
    answer = member.post(address("contact"), {**mine, "base_revision": base, "email": "alt@verein.example"})
    assert answer.status_code == 409
    assert drafted(verein).email == "neu@verein.example"


def test_the_base_of_another_page_is_none(
    member: Client, address: Address, verein: OrganisationPage, other: OrganisationPage
) -> None:
    foreign = other.save_revision()
    send(member, address("contact"), email="neu@verein.example")
    mine = open_form(member, address("contact"))
    answer = member.post(address("contact"), {**mine, "base_revision": foreign.pk, "email": "alt@verein.example"})
    assert answer.status_code == 409


def test_a_locked_page_says_so_and_keeps_what_was_typed(
    member: Client, address: Address, verein: OrganisationPage
) -> None:
    verein.locked = True
    verein.save()
    answer = send(member, address("contact"), email="neu@verein.example")
    assert answer.status_code == 409
    page = webpages.read(answer)
    assert page.select_one("main [role=alert]") is not None
    assert filled(page)["email"] == "neu@verein.example"
    assert drafted(verein).email == ""

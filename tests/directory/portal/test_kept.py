"""What is typed while the log-in has ended is there again after it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.accounts import User
from directory.models import OrganisationPage
from directory.portal import kept
from tests import factories, webpages
from tests.conftest import ReadingClient
from tests.directory.portal.conftest import Address, drafted, filled, open_form

pytestmark = pytest.mark.django_db


def log_in(client: Client, user: User, answer: Any) -> Any:
    """Logs in on the screen to which ``answer`` leads."""
    assert answer.status_code == 302
    page = webpages.read(client.get(answer["Location"]))
    data = {field["name"]: field.get("value", "") for field in page.select("main form input[name]")}
    return client.post(answer["Location"], {**data, "username": user.email, "password": factories.PASSWORD})


@pytest.fixture
def typed(member: Client, user: User, address: Address) -> Any:
    """The answer to a form that was sent after the log-in had ended."""
    data = {**open_form(member, address("contact")), "email": "neu@verein.example", "phone": "falsch"}
    member.logout()
    return member.post(address("contact"), data)


def test_what_was_typed_is_shown_again_after_the_log_in(
    typed: Any, member: Client, user: User, address: Address, verein: OrganisationPage
) -> None:
    back = log_in(member, user, typed)
    assert back["Location"] == address("contact")
    page = webpages.read(member.get(back["Location"]))
    assert page.select_one("[role=status]") is not None
    assert (filled(page)["email"], filled(page)["phone"]) == ("neu@verein.example", "falsch")
    assert drafted(verein).email == ""
    member.post(address("contact"), {**filled(page), "phone": ""})
    assert drafted(verein).email == "neu@verein.example"


def test_it_is_shown_once_and_on_its_own_form_only(typed: Any, member: Client, user: User, address: Address) -> None:
    log_in(member, user, typed)
    assert open_form(member, address("about"))["title"] == "Verein A"
    assert open_form(member, address("contact"))["email"] == "neu@verein.example"
    assert open_form(member, address("contact"))["email"] == ""


def test_somebody_else_does_not_see_it(typed: Any, member: Client, address: Address, other: OrganisationPage) -> None:
    log_in(member, factories.member(other), typed)
    assert member.get(address("contact")).status_code == 404


def test_it_is_forgotten_after_an_hour(
    typed: Any, member: Client, user: User, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(member, user, typed)
    monkeypatch.setattr(kept, "SECONDS", -1)
    assert open_form(member, address("contact"))["email"] == ""


def test_rows_come_back_as_well(member: Client, user: User, address: Address) -> None:
    data = {**open_form(member, address("offers")), "offers-0-what": "Chor"}
    member.logout()
    log_in(member, user, member.post(address("offers"), data))
    assert open_form(member, address("offers"))["offers-0-what"] == "Chor"


def test_nobody_fills_the_store_with_large_forms(client: Client, address: Address) -> None:
    client.post(address("about"), {"about": "a" * 100_000})
    assert kept.SESSION_KEY not in client.session


@pytest.mark.parametrize("name", ["current", "password", "new_password1"])
def test_passwords_are_never_kept(client: Client, address: Address, name: str) -> None:
    client.post(address("about"), {"title": "Verein", name: "geheim"})
    assert client.session[kept.SESSION_KEY]["fields"] == "title=Verein"


def test_sending_without_log_in_sends_nothing_and_leads_back(
    member: Client, user: User, address: Address, verein: OrganisationPage
) -> None:
    member.logout()
    back = log_in(member, user, member.post(address("submit")))
    assert member.get(back["Location"])["Location"] == address()
    assert not verein.workflow_states.exists()


@pytest.mark.parametrize("name", ["organisation", "about", "contact", "topics", "address", "offers", "pictures"])
def test_strangers_are_asked_to_log_in_and_others_find_nothing(
    client: Client, address: Address, other: OrganisationPage, name: str
) -> None:
    assert client.get(address(name))["Location"].startswith(reverse("my_login"))
    stranger = ReadingClient()
    for person in (factories.member(other), factories.press(), factories.administrator()):
        stranger.force_login(person)
        assert stranger.get(address(name)).status_code == 404
        assert stranger.post(address(name), {"email": "x@example.org"}).status_code == 404

"""What is typed while the log-in has ended is there again after it."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts import User
from cms.forms import kept
from cms.forms.kept import KeptForm
from cms.jobs import clearing
from directory.models import OrganisationPage
from tests import factories, webpages
from tests.conftest import ReadingClient
from tests.directory.portal.conftest import Address, drafted, filled, open_form

pytestmark = pytest.mark.django_db


def expire() -> None:
    """Every log-in ends; the browsers know nothing of it."""
    Session.objects.all().delete()


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
    expire()
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
    monkeypatch.setattr(kept, "SECONDS", -1)
    log_in(member, user, typed)
    assert open_form(member, address("contact"))["email"] == ""


def test_rows_come_back_as_well(member: Client, user: User, address: Address) -> None:
    data = {**open_form(member, address("offers")), "offers-0-what": "Chor"}
    expire()
    log_in(member, user, member.post(address("offers"), data))
    assert open_form(member, address("offers"))["offers-0-what"] == "Chor"


@pytest.mark.parametrize("name", ["current", "password", "new_password1"])
def test_passwords_are_never_kept(member: Client, address: Address, name: str) -> None:
    member.get(address("about"))
    expire()
    member.post(address("about"), {"title": "Verein", name: "geheim"})
    assert KeptForm.objects.get().fields == "title=Verein"


# Nobody fills the store


def stored() -> tuple[int, int]:
    return KeptForm.objects.count(), Session.objects.count()


@pytest.mark.parametrize("key", ["verein", "other", "invented"])
@pytest.mark.parametrize("cookie", ["", "1", "forged"])
def test_strangers_store_nothing_anywhere(
    client: Client, user: User, verein: OrganisationPage, other: OrganisationPage, key: str, cookie: str
) -> None:
    known = {"verein": verein.translation_key, "other": other.translation_key, "invented": uuid4()}
    if cookie:
        client.cookies[kept.COOKIE] = signing.dumps(user.pk, salt="another") if cookie == "forged" else cookie
    for _attempt in range(3):
        for name in ("my_about", "my_contact", "my_event_add"):
            answer = client.post(reverse(name, kwargs={"key": known[key]}), {"about": "a" * 50_000})
            assert answer["Location"].startswith(reverse("my_login"))
    assert stored() == (0, 0)


def test_a_member_stores_only_for_their_own_organisation(
    member: Client, address: Address, other: OrganisationPage
) -> None:
    member.get(address("about"))
    expire()
    for key in (other.translation_key, uuid4()):
        member.post(reverse("my_about", kwargs={"key": key}), {"about": "a"})
    assert stored() == (0, 0)


def test_who_is_a_member_no_more_stores_nothing(member: Client, user: User, address: Address) -> None:
    member.get(address("about"))
    expire()
    user.memberships.all().delete()
    member.post(address("about"), {"about": "a"})
    assert stored() == (0, 0)


def test_large_forms_are_not_kept(member: Client, address: Address) -> None:
    member.get(address("about"))
    expire()
    member.post(address("about"), {"about": "a" * 100_000})
    assert stored() == (0, 0)


def test_of_one_person_the_newest_forms_are_kept(
    member: Client, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_FORMS", 2)
    member.get(address("about"))
    expire()
    for name in ("about", "contact", "topics", "about", "topics"):
        member.post(address(name), {"x": "y"})
    assert set(KeptForm.objects.values_list("path", flat=True)) == {address("about"), address("topics")}


def test_all_together_have_an_end(member: Client, address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_IN_ALL", 1000)
    member.get(address("about"))
    expire()
    for name in ("about", "contact", "topics"):
        member.post(address(name), {"x": "y" * 450})
    assert KeptForm.objects.count() == 2


def test_nobody_keeps_forms_all_day(member: Client, address: Address) -> None:
    member.get(address("about"))
    expire()
    for number in range(kept.KEEPING.target[0].most + 5):
        member.post(address("about"), {"x": str(number)})
    assert KeptForm.objects.get().fields == f"x={kept.KEEPING.target[0].most - 1}"


def test_the_clock_takes_away_what_nobody_came_back_for(
    typed: Any, member: Client, user: User, address: Address
) -> None:
    clearing.clear()
    assert KeptForm.objects.count() == 1
    KeptForm.objects.update(at=timezone.now() - dt.timedelta(seconds=kept.SECONDS + 1))
    clearing.clear()
    assert stored() == (0, 0)


def test_sending_without_log_in_sends_nothing_and_leads_back(
    member: Client, user: User, address: Address, verein: OrganisationPage
) -> None:
    expire()
    back = log_in(member, user, member.post(address("submit")))
    assert back["Location"] == address("submit")
    assert member.get(back["Location"]).status_code == 200
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

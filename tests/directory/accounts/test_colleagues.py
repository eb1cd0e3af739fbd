"""Members invite, remove and leave, in their own organisation only."""

from typing import Any

import pytest
from django.test import Client

from cms.accounts import User
from directory.accounts.colleagues import INVITATIONS
from directory.members import membership
from directory.models import Invitation, OrganisationPage
from directory.permissions import is_member
from tests import factories
from tests.directory.accounts.test_login import address, is_in, said
from tests.directory.members.conftest import Sent

pytestmark = pytest.mark.django_db
NEW = "colleague@example.net"
QUERIES = 10


@pytest.fixture
def mine(client: Client, member: User) -> Client:
    client.force_login(member)
    return client


@pytest.fixture
def other(a: OrganisationPage) -> User:
    return factories.member(a)


def at(name: str, of: OrganisationPage, language: str = "de", **more: Any) -> str:
    return address(name, language, key=of.translation_key, **more)


def invite(client: Client, of: OrganisationPage, email: str = NEW, language: str = "tr") -> Any:
    return client.post(at("my_colleagues", of), {"email": email, "language": language})


def test_the_list_names_everybody_who_may_change_something(mine: Client, a: OrganisationPage, other: User) -> None:
    stranger = factories.person()
    text = said(mine.get(at("my_colleagues", a)))
    assert other.email in text and stranger.email not in text


def test_an_invitation_goes_out_in_the_chosen_language(mine: Client, a: OrganisationPage, mails: Sent) -> None:
    with mails() as sent:
        assert invite(mine, a).status_code == 302
    assert [mail.to for mail in sent] == [[NEW]]
    assert "/tr/my/invitation/" in sent[0].body
    assert NEW in said(mine.get(at("my_colleagues", a)))


@pytest.mark.parametrize(
    "email", ["", "x", "a@b.de\r\nBcc: c@d.de", "a@b.de,c@d.de", "a" * 300 + "@example.org", "😀@b"]
)
def test_what_is_no_address_is_said_beside_the_field(mine: Client, a: OrganisationPage, email: str) -> None:
    response = invite(mine, a, email)
    assert response.status_code == 422
    assert "errors" in response.content.decode()
    assert not Invitation.objects.exists()


def test_an_invented_language_is_refused(mine: Client, a: OrganisationPage) -> None:
    assert invite(mine, a, language="xx").status_code == 422


def test_who_belongs_already_is_said_beside_the_field(mine: Client, a: OrganisationPage, other: User) -> None:
    response = invite(mine, a, other.email)
    assert response.status_code == 422 and other.email in said(response)


def test_nobody_sends_mails_without_end(mine: Client, a: OrganisationPage) -> None:
    most = INVITATIONS.target[0].most
    answers = [invite(mine, a, f"p{number}@example.net").status_code for number in range(most + 1)]
    assert answers == [302] * most + [422]


def test_an_invitation_can_be_withdrawn(mine: Client, a: OrganisationPage) -> None:
    invite(mine, a)
    mine.post(at("my_revoke", a, pk=Invitation.objects.get().pk))
    assert not Invitation.objects.open().exists()


def test_removing_asks_first(mine: Client, a: OrganisationPage, other: User) -> None:
    assert other.email in said(mine.get(at("my_remove", a, pk=other.pk)))
    assert is_member(other, a)
    mine.post(at("my_remove", a, pk=other.pk))
    other.refresh_from_db()
    assert not is_member(other, a) and not other.is_active


def test_who_was_removed_is_out_at_once(mine: Client, a: OrganisationPage, other: User) -> None:
    theirs = Client()
    theirs.force_login(other)
    mine.post(at("my_remove", a, pk=other.pk))
    assert theirs.get(at("my_organisation", a))["Location"].startswith(address("my_login"))


def test_leaving_closes_the_account_and_says_so(mine: Client, a: OrganisationPage, member: User, other: User) -> None:
    assert mine.get(at("my_leave", a)).status_code == 200
    assert is_member(member, a)
    response = mine.post(at("my_leave", a), follow=True)
    assert not is_member(member, a) and not is_in(mine)
    assert response.redirect_chain[-1][0] == address("my_login")
    assert "notice" in response.content.decode()


def test_the_last_one_is_told_what_to_do(mine: Client, a: OrganisationPage, member: User, mails: Sent) -> None:
    ki = factories.ki()
    with mails() as sent:
        response = mine.post(at("my_leave", a))
    assert response.status_code == 409
    assert at("my_colleagues", a) in response.content.decode()
    assert is_member(member, a) and [mail.to for mail in sent] == [[ki.email]]


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_organisation_does_not_exist(mine: Client, b: OrganisationPage, method: str, other: User) -> None:
    of_b = factories.member(b)
    membership.invite(organisation=b, email=NEW, language="de", invited_by=of_b)
    invitation = Invitation.objects.get()
    for name, more in {
        "my_colleagues": {},
        "my_leave": {},
        "my_remove": {"pk": of_b.pk},
        "my_revoke": {"pk": invitation.pk},
    }.items():
        response = getattr(mine, method)(at(name, b, **more), {"email": "x@example.org", "language": "de"})
        assert response.status_code in (404, 405)
    assert is_member(of_b, b) and Invitation.objects.get().is_open


def test_numbers_of_another_organisation_are_refused_in_ones_own(
    mine: Client, a: OrganisationPage, b: OrganisationPage
) -> None:
    of_b, press = factories.member(b), factories.press()
    membership.invite(organisation=b, email=NEW, language="de", invited_by=of_b)
    assert mine.post(at("my_revoke", a, pk=Invitation.objects.get().pk)).status_code == 404
    for stranger in (of_b, press):
        assert mine.post(at("my_remove", a, pk=stranger.pk)).status_code == 404
    assert is_member(of_b, b) and Invitation.objects.get().is_open


def test_nobody_removes_themselves(mine: Client, a: OrganisationPage, member: User, other: User) -> None:
    assert mine.post(at("my_remove", a, pk=member.pk)).status_code == 404
    assert is_member(member, a)


def test_without_log_in_there_is_nothing(client: Client, a: OrganisationPage) -> None:
    for name in ("my_colleagues", "my_leave"):
        assert client.get(at(name, a))["Location"].startswith(address("my_login"))


@pytest.mark.parametrize("number", [3, 30])
def test_the_list_costs_the_same_however_long_it_is(
    mine: Client, a: OrganisationPage, number: int, django_assert_num_queries: Any
) -> None:
    for each in range(number):
        factories.member(a)
        invite(mine, a, f"p{each}@example.net")
    mine.get(at("my_colleagues", a))
    with django_assert_num_queries(QUERIES):
        mine.get(at("my_colleagues", a))

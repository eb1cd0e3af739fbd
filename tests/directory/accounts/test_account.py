"""One's own account: changed, taken along, deleted."""

import json
import re
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client
from wagtail.models import PageLogEntry

from cms.accounts import User
from directory.members import consents, membership, personal_data
from directory.models import Application, Consent, Invitation, OrganisationPage
from directory.permissions import is_member
from tests import factories
from tests.directory.accounts.test_login import address, is_in, log_in, said
from tests.directory.members.conftest import Sent

pytestmark = pytest.mark.django_db
NEW = "new-address@example.net"
PASSWORD = factories.PASSWORD


@pytest.fixture
def mine(client: Client, member: User) -> Client:
    log_in(client, member)
    return client


def link_in(mail: Any) -> str:
    found = re.search(r"http://localhost:8000(/\S+)", mail.body)
    assert found
    return found[1]


def ask_for_new_address(client: Client, mails: Sent, email: str = NEW, password: str = PASSWORD) -> list[Any]:
    with mails() as sent:
        client.post(address("my_change_email"), {"email": email, "current": password})
    return sent


# Name, language, password


def test_name_and_language_are_changed(mine: Client, member: User) -> None:
    mine.post(address("my_account"), {"first_name": "Олена\r\n Коваль", "preferred_language": "uk"})
    member.refresh_from_db()
    assert (member.get_full_name(), member.preferred_language) == ("Олена Коваль", "uk")


@pytest.mark.parametrize("wrong", [{"first_name": ""}, {"first_name": "x" * 10_000}, {"preferred_language": "xx"}])
def test_what_is_wrong_is_said(mine: Client, member: User, wrong: dict[str, str]) -> None:
    response = mine.post(address("my_account"), {"first_name": "A", "preferred_language": "de", **wrong})
    assert response.status_code == 422


def test_extra_fields_change_nothing(mine: Client, member: User) -> None:
    fields = {"first_name": "A", "preferred_language": "de", "email": "x@y.de", "is_superuser": "on", "is_staff": "on"}
    mine.post(address("my_account"), fields)
    member.refresh_from_db()
    assert member.email != "x@y.de" and not member.is_superuser and not member.is_staff


def test_a_new_password_needs_the_old_one_and_ends_other_sessions(mine: Client, member: User) -> None:
    other = Client()
    log_in(other, member)
    assert mine.post(address("my_change_password"), {"current": "wrong", "password": "x" * 12}).status_code == 422
    mine.post(address("my_change_password"), {"current": PASSWORD, "password": "drei neue Wörter"})
    member.refresh_from_db()
    assert member.check_password("drei neue Wörter")
    assert mine.get(address("my_account")).status_code == 200
    assert other.get(address("my_account")).status_code == 302


# Another address


def test_an_address_changes_only_when_its_owner_confirms(mine: Client, member: User, mails: Sent) -> None:
    before = member.email
    [mail] = ask_for_new_address(mine, mails)
    assert mail.to == [NEW]
    link = link_in(mail)
    assert NEW in said(Client().get(link))
    member.refresh_from_db()
    assert member.email == before
    with mails() as sent:
        Client().post(link)
    member.refresh_from_db()
    assert member.email == NEW
    assert [mail.to for mail in sent] == [[before]]


def test_a_confirmation_works_once(mine: Client, mails: Sent, member: User) -> None:
    link = link_in(ask_for_new_address(mine, mails)[0])
    assert Client().post(link).status_code == 302
    assert Client().post(link).status_code == Client().get(link).status_code == 410


def test_it_is_over_when_the_password_has_changed(mine: Client, mails: Sent, member: User) -> None:
    link = link_in(ask_for_new_address(mine, mails)[0])
    member.set_password("drei neue Wörter")
    member.save()
    assert Client().post(link).status_code == 410


def test_the_password_is_asked(mine: Client, mails: Sent) -> None:
    assert ask_for_new_address(mine, mails, password="wrong") == []  # noqa: S106


def test_anothers_address_is_not_taken_and_not_betrayed(mine: Client, mails: Sent, member: User) -> None:
    other = factories.person()
    assert ask_for_new_address(mine, mails, other.email) == []
    told = said(mine.get(address("my_account")))
    ask_for_new_address(mine, mails, "free@example.net")
    assert told.replace(other.email, "") == said(mine.get(address("my_account"))).replace("free@example.net", "")


def test_an_address_that_was_taken_meanwhile_stays_with_its_owner(mine: Client, mails: Sent, member: User) -> None:
    link = link_in(ask_for_new_address(mine, mails)[0])
    factories.person(NEW)
    assert Client().post(link).status_code == 410
    assert User.objects.get(email=NEW) != member


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "é" * 100])
def test_forged_confirmations_are_over(client: Client, a: OrganisationPage, token: str) -> None:
    assert client.post(f"/de/my/account/email/{token}/").status_code == 410


# Consents


@pytest.fixture
def consent(member: User, a: OrganisationPage) -> Consent:
    return consents.give(user=member, organisation=a)


def test_a_consent_is_withdrawn_and_the_offices_hear_of_it(mine: Client, consent: Consent, mails: Sent) -> None:
    ki = factories.ki()
    assert consent.wording in said(mine.get(address("my_account")))
    for _ in range(2):
        with mails() as sent:
            mine.post(address("my_withdraw_consent", pk=consent.pk))
        assert [mail.to for mail in sent] == ([[ki.email]] if _ == 0 else [])
    consent.refresh_from_db()
    assert consent.withdrawn_at and consent.wording


def test_anothers_consent_is_not_there(mine: Client, a: OrganisationPage) -> None:
    other = consents.give(user=factories.member(a), organisation=a)
    assert mine.post(address("my_withdraw_consent", pk=other.pk)).status_code == 404


# Data


def test_the_file_holds_everything_about_the_person_and_nothing_about_others(
    mine: Client, member: User, a: OrganisationPage, b: OrganisationPage, consent: Consent
) -> None:
    other = factories.member(b)
    consents.give(user=other, organisation=b)
    membership.invite(organisation=b, email="secret@example.net", language="de", invited_by=other)
    a.save_revision(user=member)
    response = mine.get(address("my_data"))
    assert "attachment" in response["Content-Disposition"] and "no-store" in response["Cache-Control"]
    data = json.loads(response.content)
    assert data["account"]["email"] == member.email
    assert data["memberships"] == ["Verein A"]
    assert data["consents"][0]["wording"] == consent.wording
    assert [text["page"] for text in data["texts"]] == ["Verein A"]
    for foreign in (other.email, "secret@example.net", "Verein B", member.password):
        assert foreign not in response.content.decode()


# The end


def test_deleting_asks_for_the_password(mine: Client, member: User) -> None:
    assert mine.post(address("my_delete"), {"current": "wrong"}).status_code == 422
    assert User.objects.filter(pk=member.pk).exists()


def test_what_was_written_stays_without_a_name(
    mine: Client, member: User, a: OrganisationPage, consent: Consent, mails: Sent
) -> None:
    ki = factories.ki()
    revision = a.save_revision(user=member, log_action=True)
    membership.invite(organisation=a, email="kept@example.net", language="de", invited_by=member)
    log_in(Client(), member, "wrong")
    email = member.email
    with mails() as sent:
        mine.post(address("my_delete"), {"current": PASSWORD})
    assert not User.objects.filter(email=email).exists() and not is_in(mine)
    assert a.revisions.filter(pk=revision.pk).exists()
    assert not Consent.objects.exists() and not AccessAttempt.objects.filter(username=email).exists()
    assert not PageLogEntry.objects.filter(data__icontains=email).exists()
    assert all(str(entry.message) for entry in PageLogEntry.objects.filter(page=a.pk))
    assert Invitation.objects.get().email == "kept@example.net"
    assert [mail.to for mail in sent if "kept" not in mail.to[0]] == [[ki.email]]


def test_staff_is_deleted_by_administrators_only(client: Client, a: OrganisationPage) -> None:
    ki = factories.ki()
    membership.join(organisation=a, user=ki)
    client.force_login(ki)
    client.post(address("my_delete"), {"current": PASSWORD})
    ki.refresh_from_db()
    assert is_member(ki, a)


def test_what_was_decided_long_ago_is_forgotten(a: OrganisationPage, member: User) -> None:
    membership.invite(organisation=a, email="old@example.net", language="de", invited_by=member)
    Invitation.objects.update(expires_at="2020-01-01T00:00Z")
    site = a.get_site()
    for decided in (None, "2020-01-01T00:00Z"):
        Application.objects.create(
            site=site, email="x@y.de", organisation=a, decision="approved" if decided else "", decided_at=decided
        )
    personal_data.forget_what_is_over()
    assert not Invitation.objects.exists()
    assert [each.decided_at for each in Application.objects.all()] == [None]


@pytest.mark.parametrize("name", ["my_account", "my_change_password", "my_change_email", "my_data", "my_delete"])
def test_without_log_in_there_is_nothing(client: Client, a: OrganisationPage, name: str) -> None:
    for method in (client.get, client.post):
        assert method(address(name))["Location"].startswith(address("my_login"))


def test_passwords_are_not_kept_for_after_the_log_in(client: Client, a: OrganisationPage) -> None:
    client.post(address("my_change_password"), {"current": "top secret", "password": "top secret"})
    assert "top" not in str(dict(client.session))

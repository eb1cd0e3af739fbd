"""A forgotten password: a link by mail; who asks learns nothing about others."""

import re
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django_otp.plugins.otp_totp.models import TOTPDevice

from cms.accounts import User
from cms.mail.letters import Letter
from directory.accounts import passwords
from directory.models import OrganisationPage
from tests import factories, letters
from tests.directory.accounts.test_login import address, is_in, log_in, said
from tests.directory.members.conftest import Sent

pytestmark = pytest.mark.django_db
NEW = "drei Wörter für heute"


def ask(client: Client, email: str, language: str = "de", **more: Any) -> Any:
    return client.post(address("my_password", language), {"email": email}, **more)


def link_in(mail: EmailMultiAlternatives) -> str:
    found = re.search(r"http://localhost:8000(/\S+/my/password/\S+/)", mail.body)
    assert found
    return found[1]


@pytest.fixture
def link(client: Client, member: User, mails: Sent) -> str:
    with mails() as sent:
        ask(client, member.email)
    return link_in(sent[0])


def test_the_link_comes_by_mail_in_two_languages(client: Client, member: User, mails: Sent) -> None:
    with mails() as sent:
        response = ask(client, member.email.upper(), "tr")
    assert response["Location"] == f"{address('my_password', 'tr')}?sent=1"
    [mail] = sent
    assert mail.to == [member.email]
    assert link_in(mail).startswith("/tr/my/password/")
    assert 'lang="tr"' in mail.alternatives[0][0] and 'lang="de"' in mail.alternatives[0][0]


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client: Client, member: User, mails: Sent) -> None:
    with mails() as sent:
        unknown = ask(client, "nobody@example.org")
        known = ask(client, member.email)
    assert unknown["Location"] == known["Location"]
    assert [mail.to for mail in sent] == [[member.email]]


def test_both_cost_the_request_the_same_and_neither_sends(
    client: Client, member: User, django_capture_on_commit_callbacks: Any, mailoutbox: Any
) -> None:
    ask(client, "first@example.org")
    costs = []
    for email in ("nobody@example.org", member.email):
        with django_capture_on_commit_callbacks() as later, CaptureQueriesContext(connection) as queries:
            ask(client, email)
        costs.append((len(later), len(queries)))
    assert costs[0] == costs[1]
    assert mailoutbox == []


def test_the_mail_names_our_site_whatever_host_was_forged(client: Client, member: User, mails: Sent) -> None:
    with mails() as sent:
        ask(client, member.email, headers={"host": "evil.localhost"})
    assert "evil" not in sent[0].body


def test_opening_the_link_changes_nothing(client: Client, member: User, link: str) -> None:
    for _ in range(3):
        assert client.get(link).status_code == 200
    member.refresh_from_db()
    assert member.check_password(factories.PASSWORD)
    assert not is_in(client)


def test_a_new_password_logs_in(client: Client, member: User, link: str) -> None:
    assert client.post(link, {"password": NEW})["Location"] == address("my")
    member.refresh_from_db()
    assert member.check_password(NEW)
    assert is_in(client)


def test_other_sessions_end(client: Client, member: User, mails: Sent) -> None:
    other = Client()
    log_in(other, member)
    with mails() as sent:
        ask(client, member.email)
    client.post(link_in(sent[0]), {"password": NEW})
    assert other.get(address("my"))["Location"].startswith(address())


def test_a_link_works_once(client: Client, member: User, link: str) -> None:
    client.post(link, {"password": NEW})
    response = Client().post(link, {"password": "something else entirely"})
    assert response.status_code == 410
    member.refresh_from_db()
    assert member.check_password(NEW)


def test_a_weak_password_is_refused_with_a_reason(client: Client, member: User, link: str) -> None:
    for weak in ("kurz", "1234567890", member.email, ""):
        response = client.post(link, {"password": weak})
        assert response.status_code == 422
        assert "errors" in response.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize("uidb64", ["MQ", "x", "____", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OQ", "4pyT"])
@pytest.mark.parametrize("token", ["set-password", "x-y", "0"])
def test_forged_links_are_over(client: Client, member: User, uidb64: str, token: str) -> None:
    response = client.get(reverse("my_new_password", args=[uidb64, token]))
    assert response.status_code == 410
    assert address("my_password") in response.content.decode()


def test_ones_own_link_does_not_open_anothers_account(client: Client, link: str, member: User) -> None:
    other = factories.person()
    forged = reverse(
        "my_new_password", args=[passwords.urlsafe_base64_encode(str(other.pk).encode()), link.split("/")[-2]]
    )
    assert client.post(forged, {"password": NEW}).status_code == 410


def test_an_inactive_account_gets_nothing(client: Client, member: User, mails: Sent, link: str) -> None:
    member.is_active = False
    member.save()
    with mails() as sent:
        ask(client, member.email)
    assert sent == []
    assert client.post(link, {"password": NEW}).status_code == 410


def test_three_mails_an_hour_are_enough(client: Client, member: User, mails: Sent) -> None:
    with mails() as sent:
        answers = set()
        for _ in range(5):
            answers.add(ask(client, member.email)["Location"])
            letters.delivered()
            letters.later(minutes=2)
    assert len(sent) == passwords.MAILS.target[0].most
    assert len(answers) == 1


def test_the_form_sent_twice_is_one_mail(client: Client, member: User, mails: Sent) -> None:
    with mails() as sent:
        ask(client, member.email)
    with mails() as again:
        ask(client, member.email)
    assert (len(sent), len(again)) == (1, 0)


def test_the_queue_keeps_neither_the_secret_nor_an_address_without_account(
    client: Client, member: User, mails: Sent
) -> None:
    with mails() as sent:
        ask(client, member.email)
        ask(client, "nobody@example.org")
        kept = str(list(Letter.objects.values()))
        assert "/my/password/" not in kept
    token = link_in(sent[0]).split("/")[-2]
    kept = str(list(Letter.objects.values()))
    assert token not in kept and "nobody@example.org" not in kept
    assert [letter.values for letter in Letter.objects.all()] == [{}, {}]


def test_a_client_that_asks_for_many_is_told_to_wait(client: Client, member: User, mails: Sent) -> None:
    with mails():
        answers = [ask(client, f"person-{number}@example.net") for number in range(passwords.MAILS.client[0].most + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {302}
    assert answers[-1].status_code == 429
    assert "person-20@example.net" in answers[-1].content.decode()


def test_a_new_password_ends_the_wait_after_wrong_ones(client: Client, member: User, link: str) -> None:
    for _ in range(10):
        log_in(client, member, "wrong wrong wrong")
    client.post(link, {"password": NEW})
    client.logout()
    log_in(client, member, NEW)
    assert is_in(client)


def test_who_has_a_second_factor_still_needs_it(client: Client, a: OrganisationPage, mails: Sent) -> None:
    press = factories.press()
    TOTPDevice.objects.create(user=press, confirmed=True)
    with mails() as sent:
        ask(client, press.email)
    assert client.post(link_in(sent[0]), {"password": NEW})["Location"] == "/admin/login/"
    assert not is_in(client)


def test_the_admin_asks_for_passwords_here_too(client: Client, a: OrganisationPage) -> None:
    with translation.override("de"):
        assert client.get("/admin/password_reset/", follow=True).redirect_chain[-1][0] == "/de/my/password/"


def test_the_answer_says_what_to_do(client: Client, a: OrganisationPage) -> None:
    assert "spam" in said(client.get(f"{address('my_password', 'en')}?sent=1")).lower()

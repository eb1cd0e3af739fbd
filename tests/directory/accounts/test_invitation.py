"""The link of an invitation: a mail in two languages, one screen, and nothing that anybody else could use."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.accounts import User
from cms.localization import languages
from directory import permissions
from directory.members import membership
from directory.models import Consent, Invitation, OrganisationPage
from tests import factories, letters, webpages
from tests.directory.accounts.test_login import address, is_in, log_in, said
from tests.directory.members.conftest import Sent

pytestmark = pytest.mark.django_db
NEW = "anna@example.net"
ANSWER = {"name": "Anna Muster", "password": "drei Wörter für heute", "consent": "on"}


def link_in(mail: EmailMultiAlternatives) -> str:
    found = re.search(r"http://localhost:8000(/\S+/my/invitation/\S+/)", mail.body)
    assert found
    return found[1]


@pytest.fixture
def ki(a: OrganisationPage) -> User:
    return factories.ki()


@pytest.fixture
def invited(a: OrganisationPage, ki: User, mails: Sent) -> EmailMultiAlternatives:
    return send(mails, a, ki)


def send(mails: Sent, a: OrganisationPage, by: User, email: str = NEW, language: str = "tr") -> EmailMultiAlternatives:
    with mails() as sent:
        membership.invite(organisation=a, email=email, language=language, invited_by=by)
    [mail] = sent
    return mail


@pytest.fixture
def link(invited: EmailMultiAlternatives) -> str:
    return link_in(invited)


def nobody_joined(a: OrganisationPage) -> bool:
    return not membership.members_of(a).exists()


# The mail


@pytest.mark.parametrize("code", languages.BY_CODE)
def test_the_mail_is_in_the_invited_persons_language_and_in_german(
    code: str, a: OrganisationPage, ki: User, mails: Sent
) -> None:
    mail = send(mails, a, ki, language=code)
    message = mail.message()
    [text, html] = message.get_payload()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    page = webpages.BeautifulSoup(html.get_payload(decode=True), "html.parser")
    wanted = list(dict.fromkeys([code, "de"]))
    parts = [(part["lang"], part["dir"]) for part in page.body.find_all("div", recursive=False)]
    assert parts == [(each, languages.get(each).direction) for each in wanted]
    links = re.findall(r"http://localhost:8000/(\S+?)/my/invitation/", text.get_payload(decode=True).decode())
    assert links == wanted
    assert {str(a["href"]).split("/")[3] for a in page.find_all("a")} == set(wanted)


def test_the_mail_says_who_invites_whereto_and_until_when(
    a: OrganisationPage, ki: User, invited: EmailMultiAlternatives
) -> None:
    assert "Verein A" in invited.subject
    assert "Stadt Musterstadt" in invited.body
    assert str((timezone.localtime() + dt.timedelta(days=14)).year) in invited.body
    for secret in ("/admin/", ki.email):
        assert secret not in invited.body + invited.alternatives[0][0]


def test_a_colleagues_invitation_names_the_organisation(a: OrganisationPage, member: User, mails: Sent) -> None:
    mail = send(mails, a, member)
    assert "Stadt Musterstadt" not in mail.body
    assert member.email not in mail.body


@pytest.mark.parametrize("title", ["Verein\r\nBcc: x@y.de", "V" * 255, "😀 جمعية Верба", "<b>Verein</b> & Co"])
def test_no_name_breaks_the_mail(title: str, a: OrganisationPage, ki: User, mails: Sent) -> None:
    OrganisationPage.objects.filter(pk=a.pk).update(title=title)
    a.refresh_from_db()
    mail = send(mails, a, ki, language="ar")
    message = mail.message()
    assert message["Bcc"] is None and message["To"] == NEW
    assert "<b>Verein" not in mail.alternatives[0][0]


def test_the_secret_is_nowhere_but_in_the_mail(a: OrganisationPage, link: str) -> None:
    token = link.split("/")[-2]
    invitation = Invitation.objects.get()
    assert token not in str(vars(invitation))
    assert invitation.token_hash and len(invitation.token_hash) == 64
    assert not DBTaskResult.objects.filter(args_kwargs__icontains=token).exists()


def test_nothing_is_sent_before_the_transaction_is_over(a: OrganisationPage, ki: User, mailoutbox: Any) -> None:
    membership.invite(organisation=a, email=NEW, language="de", invited_by=ki)
    assert mailoutbox == []
    assert Invitation.objects.get().state == "waiting"


def test_the_form_sent_twice_is_one_invitation_and_one_mail(
    a: OrganisationPage, ki: User, invited: Any, mails: Sent
) -> None:
    with mails() as sent:
        membership.invite(organisation=a, email=NEW, language="tr", invited_by=ki)
    assert sent == []
    assert Invitation.objects.count() == 1 and letters.delivered() == [invited]


def test_a_mail_that_could_not_be_sent_is_tried_again(
    a: OrganisationPage, ki: User, mails: Sent, settings: Any
) -> None:
    transport = settings.MAIL_TRANSPORT
    settings.MAIL_TRANSPORT, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        1,
    )
    with mails() as sent:
        membership.invite(organisation=a, email=NEW, language="de", invited_by=ki)
    assert sent == []
    assert Invitation.objects.get().state == "failed"
    settings.MAIL_TRANSPORT = transport
    assert letters.delivered() == []  # too early
    assert Invitation.objects.get().state == "failed"
    letters.later(minutes=2)
    assert len(letters.delivered()) == 1
    assert Invitation.objects.get().state == "open"


# Accepting


def test_opening_the_link_changes_nothing(client: Client, a: OrganisationPage, link: str) -> None:
    for _ in range(3):
        response = client.get(link)
        assert response.status_code == 200
        assert client.head(link).status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert not User.objects.filter(email=NEW).exists()
    assert Invitation.objects.get().is_open and not is_in(client)


def test_a_new_person_has_one_screen(client: Client, a: OrganisationPage, link: str) -> None:
    page = webpages.read(client.get(link))
    assert page.html["lang"] == "tr"
    fields = [
        str(field["name"])
        for field in page.main.find_all("input")
        if field.get("type") != "hidden"
        if field.get("name")
    ]
    assert fields == ["name", "password", "consent"]


def test_who_answers_is_a_member_and_logged_in(client: Client, a: OrganisationPage, link: str) -> None:
    with_session = client.session
    with_session["x"] = 1
    with_session.save()
    response = client.post(link, ANSWER)
    assert response["Location"] == address("my_organisation", "tr", key=a.translation_key)
    user = User.objects.get(email=NEW)
    assert permissions.is_member(user, a) and user.check_password(ANSWER["password"])
    assert (user.first_name, user.preferred_language) == ("Anna Muster", "tr")
    assert not user.has_perm("wagtailadmin.access_admin")
    assert is_in(client) and client.session.session_key != with_session.session_key


def test_the_consent_is_kept_with_its_words(client: Client, a: OrganisationPage, link: str) -> None:
    shown = said(client.get(link))
    client.post(link, ANSWER)
    consent = Consent.objects.get()
    assert consent.wording in shown and "Verein A" in consent.wording
    assert (consent.user.email, consent.organisation, consent.language) == (NEW, a, "tr")
    assert abs(consent.given_at - timezone.now()) < dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"consent": ""},
        {"password": "kurz"},
        {"password": NEW},
        {"name": ""},
        {"name": " \n "},
        {"name": "x" * 10_000},
        {"name": "\x00\u202e"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    client: Client, a: OrganisationPage, link: str, wrong: dict[str, str]
) -> None:
    response = client.post(link, {**ANSWER, **wrong})
    assert response.status_code == 422
    assert "errors" in response.content.decode()
    assert not User.objects.filter(email=NEW).exists() and Invitation.objects.get().is_open


def test_names_of_any_script_and_faces_are_fine(client: Client, a: OrganisationPage, link: str) -> None:
    client.post(link, {**ANSWER, "name": "آنا\r\nBcc: x 😀"})
    assert User.objects.get(email=NEW).first_name == "آنا Bcc: x 😀"


def test_the_form_sent_twice_is_harmless(client: Client, a: OrganisationPage, link: str) -> None:
    first, second = client.post(link, ANSWER), client.post(link, ANSWER)
    assert first["Location"] == second["Location"]
    assert Consent.objects.count() == 1 and User.objects.filter(email=NEW).count() == 1


def test_extra_fields_give_nothing(client: Client, a: OrganisationPage, b: OrganisationPage, link: str) -> None:
    client.post(link, {**ANSWER, "is_superuser": "on", "email": "x@y.de", "organisation": b.pk, "groups": "1"})
    user = User.objects.get(email=NEW)
    assert not user.is_superuser and permissions.organisations_of(user) == [str(a.translation_key)]


# Links that do not work


def test_a_link_works_once(client: Client, a: OrganisationPage, link: str) -> None:
    client.post(link, ANSWER)
    response = Client().post(link, {**ANSWER, "name": "Eve"})
    assert response.status_code == 410
    assert User.objects.get(email=NEW).first_name == "Anna Muster"


def test_an_expired_link_is_over(client: Client, a: OrganisationPage, link: str) -> None:
    Invitation.objects.update(expires_at=timezone.now())
    assert client.get(link).status_code == client.post(link, ANSWER).status_code == 410
    assert nobody_joined(a)


def test_a_withdrawn_link_is_over(client: Client, a: OrganisationPage, ki: User, link: str) -> None:
    membership.revoke(invitation=Invitation.objects.get(), revoked_by=ki)
    assert client.post(link, ANSWER).status_code == 410
    assert nobody_joined(a)


def test_a_newer_link_ends_the_older(client: Client, a: OrganisationPage, ki: User, mails: Sent, link: str) -> None:
    Invitation.objects.update(created_at=timezone.now() - dt.timedelta(minutes=2))
    newer = link_in(send(mails, a, ki))
    assert client.post(link, ANSWER).status_code == 410
    assert client.post(newer, ANSWER).status_code == 302


@pytest.mark.parametrize("token", ["x", "0" * 43, "%00", "a" * 5000, "' OR 1=1 --"])
def test_an_invented_link_is_over(client: Client, a: OrganisationPage, link: str, token: str) -> None:
    response = client.post(f"/de/my/invitation/{token}/", ANSWER)
    assert response.status_code in (404, 410)
    assert nobody_joined(a)


def test_the_stored_hash_opens_nothing(client: Client, a: OrganisationPage, link: str) -> None:
    stored = Invitation.objects.get().token_hash
    assert client.post(f"/de/my/invitation/{stored}/", ANSWER).status_code == 410


# People who have an account


def test_an_existing_account_is_never_opened_by_the_link(
    client: Client, a: OrganisationPage, ki: User, mails: Sent
) -> None:
    person = factories.person()
    link = link_in(send(mails, a, ki, person.email))
    response = client.get(link)
    assert f"{address('my_login', 'tr')}?next={link}" in response.content.decode()
    assert client.post(link, ANSWER).status_code == 200
    person.refresh_from_db()
    assert person.check_password(factories.PASSWORD) and nobody_joined(a) and not is_in(client)


def test_after_logging_in_one_button_is_left(client: Client, a: OrganisationPage, ki: User, mails: Sent) -> None:
    person = factories.person()
    link = link_in(send(mails, a, ki, person.email))
    log_in(client, person)
    assert "password" not in [field.get("name") for field in webpages.read(client.get(link)).main.find_all("input")]
    assert client.post(link, {"consent": "on"})["Location"].endswith(f"/{a.translation_key}/")
    assert permissions.is_member(person, a)


def test_a_person_may_belong_to_two_organisations(
    client: Client, a: OrganisationPage, b: OrganisationPage, ki: User, member: User, mails: Sent
) -> None:
    link = link_in(send(mails, b, ki, member.email))
    log_in(client, member)
    client.post(link, {"consent": "on"})
    assert set(permissions.organisations_of(member)) == {str(a.translation_key), str(b.translation_key)}


def test_somebody_elses_invitation_asks_to_log_out(client: Client, a: OrganisationPage, link: str) -> None:
    other = factories.person()
    log_in(client, other)
    assert NEW in said(client.get(link)) and other.email in said(client.get(link))
    client.post(link, ANSWER)
    assert nobody_joined(a)
    assert client.post(address("my_logout"), {"next": link})["Location"] == link


def test_a_closed_account_of_somebody_with_a_role_stays_closed(
    client: Client, a: OrganisationPage, ki: User, mails: Sent
) -> None:
    press = factories.press()
    press.is_active = False
    press.save()
    link = link_in(send(mails, a, ki, press.email))
    assert client.get(link).status_code == 200
    client.post(link, ANSWER)
    press.refresh_from_db()
    assert not press.is_active and press.check_password(factories.PASSWORD)


def test_who_had_left_everything_comes_back_by_a_new_invitation(
    client: Client, a: OrganisationPage, ki: User, mails: Sent, member: User
) -> None:
    with mails():
        membership.remove(organisation=a, member=member, removed_by=ki)
    link = link_in(send(mails, a, ki, member.email))
    client.post(link, ANSWER)
    member.refresh_from_db()
    assert member.is_active and member.check_password(ANSWER["password"]) and permissions.is_member(member, a)

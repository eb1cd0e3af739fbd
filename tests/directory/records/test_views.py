"""The records in the admin: for press office, integration centre and administrators."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.accounts import User
from directory.members import access_requests, invitation_runs, membership
from directory.models import DirectoryPage, Invitation, InvitationRun, Membership, OrganisationPage
from directory.permissions import is_member
from directory.records.record import record_of
from tests import factories, webpages
from tests.directory.accounts.test_access_request import ASK
from tests.directory.members.conftest import Sent

pytestmark = pytest.mark.django_db
ROLES = ("visitor", "member", "translator", "KI", "press", "administrator")
ALLOWED = {"KI", "press", "administrator"}
FIELDS = {"contact_language": "de", "internal_notes": "", "contact_email": ""}


def at(name: str, *args: int) -> str:
    return reverse(f"directory_records:{name}", args=args)


def client_of(role: str, a: OrganisationPage) -> Client:
    client = Client()
    makers: dict[str, Any] = {
        "member": lambda: factories.member(a),
        "translator": lambda: factories.translator("ar"),
        "KI": factories.ki,
        "press": factories.press,
        "administrator": factories.administrator,
    }
    if role in makers:
        client.force_login(makers[role]())
    return client


@pytest.fixture
def ki(client: Client, directory: DirectoryPage) -> User:
    user = factories.ki()
    client.force_login(user)
    return user


def with_contact(organisation: OrganisationPage, email: str, language: str = "de") -> None:
    record = record_of(organisation)
    record.contact_email, record.contact_language = email, language
    record.save()


# Who may


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("screen", ["index", "record", "invitations", "invite_all", "run", "requests", "request"])
def test_who_sees_the_records(a: OrganisationPage, role: str, screen: str) -> None:
    numbers = {"record": a.pk, "run": InvitationRun.objects.create().pk}
    numbers["request"] = access_requests.ask_for_access(organisation=a, site=a.get_site(), **ASK).pk
    client = client_of(role, a)
    response = client.get(at(screen, *([numbers[screen]] if screen in numbers else [])))
    assert (response.status_code == 200) == (role in ALLOWED)
    assert (ASK["email"] in response.content.decode()) == (role in ALLOWED and screen in ("record", "request"))


@pytest.mark.parametrize("role", ROLES)
def test_who_changes_something_there(a: OrganisationPage, directory: DirectoryPage, role: str) -> None:
    client = client_of(role, a)
    member = factories.member(a)
    factories.member(a)
    membership.invite(organisation=a, email="open@example.net", language="de", invited_by=member)
    invitation = Invitation.objects.get()
    c = factories.organisation(directory, "Verein C")
    with_contact(c, "c@example.net")
    application = access_requests.ask_for_access(organisation=c, site=a.get_site(), **ASK)
    client.post(at("record", a.pk), {**FIELDS, "is_verified": "on"})
    client.post(at("invite", a.pk), {"email": "new@example.net", "language": "de"})
    client.post(at("remove", a.pk, member.pk))
    client.post(at("revoke", invitation.pk))
    client.post(at("invite_all"))
    client.post(at("request", application.pk), {"action": "approve"})
    invitation.refresh_from_db()
    application.refresh_from_db()
    done = {
        record_of(a).is_verified,
        Invitation.objects.filter(email="new@example.net").exists(),
        not is_member(member, a),
        invitation.revoked_at is not None,
        Invitation.objects.filter(email="c@example.net").exists(),
        application.decision == "approved",
    }
    assert done == {role in ALLOWED}


def test_the_centre_of_one_city_does_not_see_anothers(a: OrganisationPage, client: Client) -> None:
    elsewhere = factories.directory(factories.municipality("Hemer", hostname="hemer.localhost"))
    foreign = factories.organisation(elsewhere, "Verein in Hemer")
    keeper = factories.ki()
    keeper.groups.first().page_permissions.filter(page=elsewhere).delete()
    client.force_login(keeper)
    assert "Verein in Hemer" not in client.get(at("index")).content.decode()
    assert client.get(at("record", foreign.pk), follow=True).status_code == 404
    client.post(at("invite", foreign.pk), {"email": "x@example.net", "language": "de"})
    assert not Invitation.objects.exists()


# What it shows and does


def test_the_list_can_be_narrowed_down(client: Client, ki: User, a: OrganisationPage, b: OrganisationPage) -> None:
    factories.member(a)
    membership.invite(organisation=b, email="x@example.net", language="de", invited_by=ki)
    for only, expected in {"nobody": "Verein B", "invited": "Verein B"}.items():
        text = client.get(at("index"), {"only": only}).content.decode()
        assert expected in text and "Verein A" not in text
    assert "Verein B" not in client.get(at("index"), {"q": "verein a"}).content.decode()


def test_the_list_costs_the_same_however_long_it_is(client: Client, ki: User, directory: DirectoryPage) -> None:
    costs = []
    for first, last in ((0, 3), (3, 30)):
        for each in range(first, last):
            organisation = factories.organisation(directory, f"Verein {each}", slug=f"v{each}")
            with_contact(organisation, f"v{each}@example.net")
            if each % 2:
                factories.member(organisation)
        client.get(at("index"))
        with CaptureQueriesContext(connection) as queries:
            client.get(at("index"))
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_changed_record_is_in_the_history(client: Client, ki: User, a: OrganisationPage) -> None:
    client.post(at("record", a.pk), {**FIELDS, "is_verified": "on", "internal_notes": "Kennen wir."})
    text = client.get(at("record", a.pk)).content.decode()
    assert "Kennen wir." in text and ki.email in text


def test_notes_are_never_on_the_public_page(client: Client, ki: User, a: OrganisationPage) -> None:
    client.post(at("record", a.pk), {**FIELDS, "contact_email": "hidden@example.net", "internal_notes": "Geheim."})
    page = Client().get(a.path_in("de")).content.decode()
    assert "Geheim." not in page and "hidden@example.net" not in page


def test_an_invitation_is_sent_again_with_a_new_link(
    client: Client, ki: User, a: OrganisationPage, mails: Sent
) -> None:
    with mails() as sent:
        membership.invite(organisation=a, email="x@example.net", language="tr", invited_by=ki)
        client.post(at("again", Invitation.objects.get().pk))
    assert len({mail.body for mail in sent}) == len(sent)
    assert Invitation.objects.open().count() == 1


def test_a_faulty_address_is_said(client: Client, ki: User, a: OrganisationPage) -> None:
    assert "x y" in client.post(at("invite", a.pk), {"email": "x y", "language": "de"}).content.decode()
    assert not Invitation.objects.exists()


# All at once


def test_all_that_wait_are_invited_once(
    client: Client, ki: User, a: OrganisationPage, b: OrganisationPage, directory: DirectoryPage, mails: Sent
) -> None:
    c = factories.organisation(directory, "Verein C")
    factories.organisation(directory, "Verein ohne Adresse")
    with_contact(a, "a@example.net", "tr")
    with_contact(b, "b@example.net", "xx")
    with_contact(c, "c@example.net")
    factories.member(c)
    with mails() as sent:
        response = client.post(at("invite_all"))
    assert sorted(mail.to[0] for mail in sent) == ["a@example.net", "b@example.net"]
    assert "/tr/my/invitation/" in next(mail.body for mail in sent if mail.to == ["a@example.net"])
    report = invitation_runs.report(InvitationRun.objects.get(), InvitationRun.objects.get().started_by)
    assert (report.sent, report.failed, report.left, report.total) == (2, [], 0, 2)
    assert client.get(response["Location"]).status_code == 200
    with mails() as sent:
        client.post(at("invite_all"))
    assert sent == [] and InvitationRun.objects.count() == 1


def test_an_interrupted_run_shows_what_is_left(client: Client, ki: User, a: OrganisationPage) -> None:
    with_contact(a, "a@example.net")
    response = client.post(at("invite_all"))  # its jobs have not begun
    report = invitation_runs.report(InvitationRun.objects.get(), InvitationRun.objects.get().started_by)
    assert (report.sent, report.left) == (0, 1) and not report.is_over
    assert 'http-equiv="refresh"' in client.get(response["Location"]).content.decode()


def test_organisations_without_address_are_named_before(client: Client, ki: User, a: OrganisationPage) -> None:
    assert "Verein A" in client.get(at("invite_all")).content.decode()


# Requests


def test_a_refusal_needs_a_reason(client: Client, ki: User, a: OrganisationPage) -> None:
    application = access_requests.ask_for_access(organisation=a, site=a.get_site(), **ASK)
    client.post(at("request", application.pk), {"action": "refuse", "reason": " "})
    application.refresh_from_db()
    assert application.decision == ""
    client.post(at("request", application.pk), {"action": "refuse", "reason": "Bitte anrufen."})
    application.refresh_from_db()
    assert (application.decision, application.decided_by) == ("refused", ki)
    assert "Bitte anrufen." in client.get(at("requests")).content.decode()


def test_a_record_says_since_when_by_whom_and_whether_the_account_is_on(
    client: Client, ki: User, a: OrganisationPage
) -> None:
    person = factories.person("anna@example.net", first_name="Anna", is_active=False)
    row = membership.join(organisation=a, user=person, by=ki)
    Membership.objects.filter(pk=row.pk).update(since=factories.berlin(2024, 5, 3, 12))
    shown = webpages.read(client.get(at("record", a.pk)))
    (line,) = [tr for tr in shown.select("table tr") if "anna@example.net" in tr.text and tr.form]
    assert "3. Mai 2024" in line.text and ki.email in line.text
    assert line.th.text.strip() != "Anna"  # and not just the name: the account is off
    client.post(line.form["action"])
    assert not Membership.objects.exists()

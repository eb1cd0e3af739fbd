"""Coming in without invitation: nothing is public, and nobody joins, before an office has said yes."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import Page, Site

from cms.accounts import User
from directory import permissions
from directory.accounts.access_request import FORMS
from directory.members import access_requests
from directory.models import Application, DirectoryPage, Invitation, OrganisationPage
from tests import factories, webpages
from tests.directory.accounts.test_login import address, said
from tests.directory.members.conftest import Sent

pytestmark = pytest.mark.django_db
ASK = {"name": "Anna Muster", "email": "anna@example.net", "message": "Ich bin im Vorstand."}
REGISTER = {
    "title": "Neuer Verein e.V.",
    "about": "Hilft.",
    "name": "Anna",
    "email": "anna@example.net",
    "consent": "on",
}


@pytest.fixture
def ki(directory: DirectoryPage) -> User:
    return factories.ki()


@pytest.fixture
def site(directory: DirectoryPage) -> Site:
    return directory.get_site()


def ask(client: Client, of: OrganisationPage, **changes: str) -> Any:
    return client.post(address("my_access", "tr", key=of.translation_key), {**ASK, **changes})


def register(client: Client, **changes: str) -> Any:
    return client.post(address("my_register", "tr"), {**REGISTER, **changes})


def links(response: Any) -> list[str]:
    return webpages.links(webpages.read(response))


# The public page


def test_an_organisation_without_member_asks_whose_it_is(client: Client, a: OrganisationPage) -> None:
    assert address("my_access", "ar", key=a.translation_key) in links(client.get(a.path_in("ar")))


def test_one_with_a_member_does_not(client: Client, a: OrganisationPage, member: User) -> None:
    assert address("my_access", key=a.translation_key) not in links(client.get(a.path_in("de")))


# Asking


def test_the_offices_are_told_and_nobody_has_joined(client: Client, a: OrganisationPage, ki: User, mails: Sent) -> None:
    with mails() as sent:
        assert "sent=1" in ask(client, a)["Location"]
    assert [mail.to for mail in sent] == [[ki.email]]
    application = Application.objects.get()
    assert (application.organisation, application.email, application.language) == (a, ASK["email"], "tr")
    assert permissions.is_vacant(a) and not Invitation.objects.exists()


def test_asked_twice_it_is_one_request(client: Client, a: OrganisationPage, ki: User) -> None:
    for _ in range(3):
        ask(client, a)
    assert Application.objects.count() == 1


def test_where_there_are_members_they_invite(client: Client, a: OrganisationPage, member: User) -> None:
    response = ask(client, a)
    assert response.status_code == 422 and ASK["message"] in response.content.decode()
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"email": "x\r\nBcc: y@z.de"}, {"name": ""}, {"message": "x" * 10_000}, {"email": ""}]
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: Client, a: OrganisationPage, wrong: dict[str, str]
) -> None:
    response = ask(client, a, **wrong)
    assert response.status_code == 422 and "errors" in response.content.decode()
    kept = {**ASK, **wrong}
    assert all(value.split("\r")[0][:100] in response.content.decode() for value in kept.values())


def test_robots_are_thanked_and_forgotten(client: Client, a: OrganisationPage, directory: DirectoryPage) -> None:
    assert ask(client, a, homepage="http://spam.example")["Location"].endswith("?sent=1")
    assert register(client, homepage="http://spam.example")["Location"].endswith("?sent=1")
    assert not Application.objects.exists() and OrganisationPage.objects.count() == 1


def test_one_client_sends_few_forms(client: Client, a: OrganisationPage) -> None:
    answers = [ask(client, a, email=f"p{number}@example.net").status_code for number in range(FORMS.client[0].most + 1)]
    assert answers == [302] * FORMS.client[0].most + [429]


def test_only_public_organisations_can_be_asked_for(client: Client, directory: DirectoryPage) -> None:
    draft = factories.organisation(directory, "Entwurf", live=False)
    assert ask(client, draft).status_code == 404


# Registering


def test_a_new_organisation_is_a_draft_that_nobody_sees(
    client: Client, directory: DirectoryPage, ki: User, mails: Sent
) -> None:
    with mails() as sent:
        register(client)
    organisation = OrganisationPage.objects.get()
    assert not organisation.live and organisation.get_parent().pk == directory.pk
    assert organisation.record.contact_email == REGISTER["email"]
    assert client.get(organisation.path_in("de")).status_code == 404
    assert "Neuer Verein" not in client.get(directory.path_in("de")).content.decode()
    assert [mail.to for mail in sent] == [[ki.email]]
    assert not Invitation.objects.exists()


def test_the_consent_is_kept_as_it_was_read(client: Client, directory: DirectoryPage) -> None:
    register(client)
    assert REGISTER["title"] in Application.objects.get().consent_wording


def test_registered_twice_it_is_one_draft(client: Client, directory: DirectoryPage) -> None:
    for _ in range(3):
        register(client)
    assert OrganisationPage.objects.count() == Application.objects.count() == 1


@pytest.mark.parametrize(
    "title", ["جمعية السلام", "😀😀😀", "<script>alert(1)</script>", "../../admin", "Верба\r\nДва"]
)
def test_any_name_finds_a_place(client: Client, directory: DirectoryPage, title: str) -> None:
    assert register(client, title=title).status_code == 302
    organisation = OrganisationPage.objects.get()
    assert organisation.title == " ".join(title.split())
    assert organisation.slug and Page.find_problems() == ([], [], [], [], [])


def test_two_may_have_one_name(client: Client, directory: DirectoryPage) -> None:
    register(client)
    register(client, email="other@example.net")
    assert len({page.slug for page in OrganisationPage.objects.all()}) == 2


@pytest.mark.parametrize("wrong", [{"title": ""}, {"title": "x" * 10_000}, {"consent": ""}, {"about": "y" * 5000}])
def test_a_faulty_form_makes_nothing(client: Client, directory: DirectoryPage, wrong: dict[str, str]) -> None:
    response = register(client, **wrong)
    assert response.status_code == 422 and REGISTER["email"] in response.content.decode()
    assert not OrganisationPage.objects.exists()


@pytest.mark.parametrize("title", ["verein a e.V.", "A, Verein", "VEREIN  A e. V."])
def test_a_name_that_is_known_is_asked_about_first(client: Client, a: OrganisationPage, title: str) -> None:
    response = register(client, title=title)
    assert response.status_code == 422
    assert address("my_access", "tr", key=a.translation_key) in links(response)
    assert OrganisationPage.objects.count() == 1
    assert register(client, title=title, another="1").status_code == 302
    assert OrganisationPage.objects.count() == 2


# Deciding


@pytest.fixture
def request_for_a(a: OrganisationPage, site: Site) -> Application:
    return access_requests.ask_for_access(organisation=a, site=site, **ASK)


@pytest.fixture
def registration(directory: DirectoryPage, site: Site) -> Application:
    words = {name: value for name, value in REGISTER.items() if name != "consent"}
    return access_requests.register(directory=directory, site=site, **words)


def test_approval_is_an_invitation(request_for_a: Application, ki: User, mails: Sent) -> None:
    with mails() as sent:
        access_requests.approve(application=request_for_a, decided_by=ki)
    assert [mail.to for mail in sent] == [[ASK["email"]]]
    assert "/my/invitation/" in sent[0].body


def test_an_approved_registration_stays_a_draft_until_it_is_reviewed(
    client: Client, registration: Application, ki: User
) -> None:
    access_requests.approve(application=registration, decided_by=ki)
    organisation = OrganisationPage.objects.get()
    assert not organisation.live and Invitation.objects.get().organisation == organisation


def test_a_refusal_says_why_in_the_language_of_who_asked(
    request_for_a: Application, a: OrganisationPage, ki: User, mails: Sent
) -> None:
    with mails() as sent:
        access_requests.refuse(application=request_for_a, reason="Bitte <b>rufen</b> Sie an.", decided_by=ki)
    [mail] = sent
    assert mail.to == [ASK["email"]] and "Bitte <b>rufen</b>" in mail.body and ki.email not in mail.body
    assert "<b>rufen" not in mail.alternatives[0][0]
    assert OrganisationPage.objects.filter(pk=a.pk).exists()


def test_a_refused_registration_leaves_no_page(registration: Application, ki: User) -> None:
    access_requests.refuse(application=registration, reason="Nein.", decided_by=ki)
    assert not OrganisationPage.objects.exists()
    registration.refresh_from_db()
    assert (registration.decision, registration.organisation) == ("refused", None)


def test_what_is_decided_stays_decided(request_for_a: Application, ki: User) -> None:
    access_requests.approve(application=request_for_a, decided_by=ki)
    with pytest.raises(access_requests.AlreadyDecided):
        access_requests.refuse(application=request_for_a, reason="Doch nicht.", decided_by=ki)
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("role", ["member", "translator", "person"])
def test_others_decide_nothing(request_for_a: Application, b: OrganisationPage, role: str) -> None:
    makers = {"member": lambda: factories.member(b), "translator": lambda: factories.translator("ar")}
    user = makers.get(role, factories.person)()
    for act in (
        lambda: access_requests.approve(application=request_for_a, decided_by=user),
        lambda: access_requests.refuse(application=request_for_a, reason="x", decided_by=user),
    ):
        with pytest.raises(PermissionDenied):
            act()
    request_for_a.refresh_from_db()
    assert request_for_a.decision == ""


def test_the_thanks_say_what_comes(client: Client, a: OrganisationPage) -> None:
    assert "email" in said(client.get(f"{address('my_access', 'en', key=a.translation_key)}?sent=1"))

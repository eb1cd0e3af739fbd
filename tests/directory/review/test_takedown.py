"""The emergency brake: off the site at once, back only by the press office."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import PageLogEntry

from cms.accounts import User
from directory.models import OrganisationPage
from directory.records.record import record_of
from directory.review import moderation, takedown
from tests import factories
from tests.directory.review import moderating
from tests.directory.review.moderating import current, draft_of, kind, sent, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def club() -> OrganisationPage:
    return moderating.published(slug="verein")


@pytest.fixture
def member(club: OrganisationPage) -> User:
    return factories.member(club)


@pytest.fixture
def press() -> User:
    return factories.press()


def status(client: Client, language: str = "de") -> int:
    return client.get(f"/{language}/organisationen/verein/").status_code


def take(club: OrganisationPage, user: User) -> None:
    takedown.take_down(organisation=club, user=user, reason="Missbrauch")


def test_visitors_see_nothing_of_it_in_any_language(club: OrganisationPage, press: User, client: Client) -> None:
    factories.translated(club, "ar")
    assert (status(client), status(client, "ar")) == (200, 200)
    take(club, press)
    assert (status(client), status(client, "ar")) == (404, 404)


def test_members_read_the_reason_and_keep_their_draft(club: OrganisationPage, member: User, press: User) -> None:
    write(club, member, short_description="Entwurf")
    take(club, press)
    state = moderation.state_of(current(club))
    assert (state.kind, state.comment) == ("offline", "Missbrauch")
    assert draft_of(club).short_description == "Entwurf"


def test_members_cannot_bring_it_back(club: OrganisationPage, member: User, press: User) -> None:
    sent(club, member, short_description="Neu")
    take(club, press)
    assert not current(club).workflow_in_progress
    with pytest.raises(moderation.NotSubmittable):
        moderation.submit(page=club, user=member)
    with pytest.raises(PermissionDenied):
        takedown.bring_back(organisation=club, user=member)
    assert not moderation.publish_trusted_facts(page=club, user=member, fields=["phone"])
    assert kind(club) == "offline"


@pytest.mark.parametrize("role", ["member", "KI", "translator"])
def test_only_the_press_office_pulls_the_brake(club: OrganisationPage, member: User, role: str) -> None:
    people = {"member": lambda: member, "KI": factories.ki, "translator": lambda: factories.translator("ar")}
    with pytest.raises(PermissionDenied):
        take(club, people[role]())
    assert current(club).live


def test_the_ki_does_not_publish_what_the_press_took_offline(club: OrganisationPage, press: User) -> None:
    ki = factories.ki()
    assert current(club).permissions_for_user(ki).can_publish()
    take(club, press)
    assert not current(club).permissions_for_user(ki).can_publish()
    assert current(club).permissions_for_user(press).can_publish()


def test_brought_back_it_is_as_it_was_and_the_draft_is_still_one(
    club: OrganisationPage, member: User, press: User, client: Client
) -> None:
    before = client.get("/de/organisationen/verein/").content
    write(club, member, short_description="Entwurf")
    take(club, press)
    takedown.bring_back(organisation=club, user=press)
    assert client.get("/de/organisationen/verein/").content == before
    assert kind(club) == "live"
    assert draft_of(club).short_description == "Entwurf"


def test_published_in_the_editor_it_is_offline_no_longer(club: OrganisationPage, press: User) -> None:
    take(club, press)
    write(club, press, short_description="Bereinigt").publish(user=press)
    assert kind(club) == "live"
    assert record_of(club).offline_reason == ""


def test_both_acts_are_in_the_log(club: OrganisationPage, press: User) -> None:
    take(club, press)
    takedown.bring_back(organisation=club, user=press)
    acts = PageLogEntry.objects.filter(page=club.pk, user=press).values_list("action", flat=True)
    assert {"directory.offline", "directory.online"} <= set(acts)


def test_one_form_with_a_reason_does_it(club: OrganisationPage, press: User, client: Client) -> None:
    client.force_login(press)
    address = f"/admin/organisations/review/{club.pk}/offline/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "  "}).status_code == 422
    assert current(club).live
    client.post(address, {"reason": "Missbrauch"})
    assert not current(club).live
    assert b"Missbrauch" in client.get(address).content
    client.post(address)
    assert current(club).live


def test_who_comes_second_with_the_same_wish_does_not_undo_it(
    club: OrganisationPage, press: User, client: Client
) -> None:
    """One address takes offline and brings back, so that a form may be older than what it is about."""
    client.force_login(press)
    address = f"/admin/organisations/review/{club.pk}/offline/"
    for fields, is_live in (({"reason": "Missbrauch"}, False), ({}, True)):
        for _colleague in range(2):
            assert client.post(address, fields).status_code == 302
            assert current(club).live == is_live
    acts = PageLogEntry.objects.filter(page=club.pk, action__startswith="directory.o").values_list("action", flat=True)
    assert sorted(acts) == ["directory.offline", "directory.online"]


def test_an_act_that_was_done_meanwhile_is_not_done_again(club: OrganisationPage, press: User) -> None:
    for _time in range(2):
        take(club, press)
    for _time in range(2):
        takedown.bring_back(organisation=club, user=press)
    assert current(club).live
    assert PageLogEntry.objects.filter(page=club.pk, action="directory.offline").count() == 1


def test_the_brake_is_on_the_editor_of_the_profile(club: OrganisationPage, press: User, client: Client) -> None:
    client.force_login(press)
    editor = client.get(f"/admin/pages/{club.pk}/edit/").content.decode()
    assert f"/admin/organisations/review/{club.pk}/offline/" in editor

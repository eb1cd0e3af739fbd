"""Two people at the same moment, on two real connections; SQLite lets one wait, PostgreSQL lets both in."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from cms.mail import sending
from directory.members import delivery, membership
from directory.models import Consent, Invitation, OrganisationPage
from tests import factories
from tests.directory.accounts.test_invitation import ANSWER, NEW

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time anyway")


@pytest.fixture(autouse=True)
def no_failures(database_of_its_own: None) -> None:
    """In place of the one that stands on the database of all other tests."""


@pytest.fixture
def a(database_of_its_own: None) -> OrganisationPage:
    return factories.organisation(factories.directory(factories.municipality()), "Verein A")


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Names of what each act raised, empty where it went well."""
    start = Barrier(len(acts))

    def do(act: Callable[[], Any]) -> str:
        try:
            start.wait()
            act()
        except Exception as error:  # noqa: BLE001 (whatever it is, the test looks at it)
            return type(error).__name__
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(do, acts))


def test_one_link_makes_one_account(a: OrganisationPage, mailoutbox: Any) -> None:
    membership.invite(organisation=a, email=NEW, language="de", invited_by=factories.ki())
    invitation = Invitation.objects.get()
    token = invitation.new_token()
    invitation.save()

    def accept() -> None:
        membership.accept_with_new_account(token=token, name="Anna", password=ANSWER["password"], language="de")

    assert at_once(accept, accept) == ["", "InvitationOver"]
    assert membership.members_of(a).count() == Consent.objects.count() == 1


def test_the_last_two_cannot_both_leave(a: OrganisationPage) -> None:
    first, second = factories.member(a), factories.member(a)
    assert at_once(
        lambda: membership.leave(organisation=a, user=first), lambda: membership.leave(organisation=a, user=second)
    ) == ["", "LastMember"]
    assert membership.members_of(a).count() == 1


def test_one_invitation_is_sent_once(a: OrganisationPage, mailoutbox: Any) -> None:
    delivery.soon(Invitation.objects.create(organisation=a, email=NEW, language="de"))
    at_once(sending.deliver, sending.deliver)
    assert len(mailoutbox) == 1


def test_two_colleagues_invite_the_same_person_with_one_open_invitation(a: OrganisationPage) -> None:
    first, second = factories.member(a), factories.member(a)
    acts = [
        lambda: membership.invite(organisation=a, email=NEW, language="de", invited_by=first),
        lambda: membership.invite(organisation=a, email=NEW, language="de", invited_by=second),
    ]
    assert at_once(*acts) == ["", ""]
    assert Invitation.objects.pending().count() == 1

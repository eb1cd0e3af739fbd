"""What members send for review, and what becomes of it."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site, Workflow, WorkflowState

from cms.accounts import User, roles
from directory.members import membership
from directory.models import DirectoryPage, OrganisationPage
from directory.portal.states import PageState
from directory.review import moderation, workflow
from tests import factories
from tests.directory.review import moderating
from tests.directory.review.moderating import approve, current, draft_of, kind, sent, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def club(site: Site) -> OrganisationPage:
    return moderating.published(site, slug="verein")


@pytest.fixture
def directory(club: OrganisationPage) -> DirectoryPage:
    return DirectoryPage.objects.get()


@pytest.fixture
def member(club: OrganisationPage) -> User:
    return factories.member(club)


@pytest.fixture
def press(db: None) -> User:
    return factories.press()


def public(page: Page) -> str:
    return current(page).short_description


# Sending


def test_what_a_member_sends_waits_and_changes_nothing_public(club: OrganisationPage, member: User) -> None:
    sent(club, member, short_description="Neu")
    assert kind(club) == "waiting"
    assert public(club) == "Alt"


def test_sending_twice_is_harmless(club: OrganisationPage, member: User) -> None:
    sent(club, member, short_description="Neu")
    moderation.submit(page=club, user=member)
    assert WorkflowState.objects.count() == 1
    assert WorkflowState.objects.get().task_states.count() == 1


def test_sending_again_after_writing_on_sends_the_newer_draft(club: OrganisationPage, member: User) -> None:
    sent(club, member, short_description="Neu")
    newer = sent(club, member, short_description="Neuer")
    assert WorkflowState.objects.get().current_task_state.revision == newer
    assert moderation.state_of(current(club)) == PageState(
        "waiting", since=WorkflowState.objects.get().current_task_state.started_at
    )


def test_what_is_written_after_sending_is_said_to_be_unsent(club: OrganisationPage, member: User) -> None:
    sent(club, member, short_description="Neu")
    assert not moderation.state_of(current(club)).has_unpublished_changes
    write(club, member, short_description="Neuer")
    assert moderation.state_of(current(club)).has_unpublished_changes


def test_without_changes_there_is_nothing_to_send(club: OrganisationPage, member: User) -> None:
    with pytest.raises(moderation.NotSubmittable):
        moderation.submit(page=club, user=member)


def test_a_profile_that_was_never_public_may_be_sent_as_it_is(directory: DirectoryPage) -> None:
    club = factories.organisation(directory, "Neuer Verein", live=False)
    assert kind(club) == "draft"
    moderation.submit(page=club, user=factories.member(club))
    assert kind(club) == "waiting"


def test_without_a_workflow_sending_raises(club: OrganisationPage, member: User) -> None:
    Workflow.objects.all().delete()
    write(club, member, short_description="Neu")
    with pytest.raises(moderation.NotSubmittable):
        moderation.submit(page=club, user=member)


def test_what_could_not_be_published_is_not_sent(club: OrganisationPage, member: User) -> None:
    draft = draft_of(club)
    draft.email = "keine Adresse"
    draft.save_revision(user=member, clean=False)
    with pytest.raises(moderation.NotSubmittable):
        moderation.submit(page=club, user=member)
    assert kind(club) == "live"


def test_a_locked_profile_is_not_sent(club: OrganisationPage, member: User, press: User) -> None:
    write(club, member, short_description="Neu")
    OrganisationPage.objects.filter(pk=club.pk).update(locked=True, locked_by=press)
    with pytest.raises(moderation.NotSubmittable):
        moderation.submit(page=club, user=member)


def test_withdrawing_keeps_the_draft(club: OrganisationPage, member: User) -> None:
    sent(club, member, short_description="Neu")
    moderation.withdraw(page=club, user=member)
    moderation.withdraw(page=club, user=member)
    assert moderation.state_of(current(club)).kind == "live"
    assert moderation.state_of(current(club)).has_unpublished_changes
    assert draft_of(club).short_description == "Neu"


def test_any_member_may_withdraw(club: OrganisationPage, member: User) -> None:
    sent(club, member, short_description="Neu")
    moderation.withdraw(page=club, user=factories.member(club))
    assert kind(club) == "live"


# Deciding


def test_approval_publishes_what_was_sent(club: OrganisationPage, member: User, press: User) -> None:
    approve(club, press, sent(club, member, short_description="Neu"))
    assert kind(club) == "live"
    assert public(club) == "Neu"
    assert not moderation.state_of(current(club)).has_unpublished_changes


def test_what_was_written_later_stays_the_draft(club: OrganisationPage, member: User, press: User) -> None:
    revision = sent(club, member, short_description="Neu")
    write(club, member, short_description="Neuer")
    approve(club, press, revision)
    assert public(club) == "Neu"
    assert draft_of(club).short_description == "Neuer"
    assert moderation.state_of(current(club)).has_unpublished_changes


def test_what_was_replaced_meanwhile_is_not_approved(club: OrganisationPage, member: User, press: User) -> None:
    seen = sent(club, member, short_description="Neu")
    sent(club, member, short_description="Neuer")
    with pytest.raises(moderation.ChangedMeanwhile):
        approve(club, press, seen)
    assert public(club) == "Alt"


def test_what_was_withdrawn_is_not_approved(club: OrganisationPage, member: User, press: User) -> None:
    seen = sent(club, member, short_description="Neu")
    moderation.withdraw(page=club, user=member)
    with pytest.raises(moderation.NotWaiting):
        approve(club, press, seen)


def test_a_second_approval_says_that_it_is_decided(club: OrganisationPage, member: User, press: User) -> None:
    seen = sent(club, member, short_description="Neu")
    approve(club, press, seen)
    with pytest.raises(moderation.NotWaiting):
        approve(club, press, seen)


def test_requested_changes_reach_the_member_and_can_be_sent_again(
    club: OrganisationPage, member: User, press: User
) -> None:
    seen = sent(club, member, short_description="Neu")
    moderation.request_changes(page=club, user=press, revision_id=seen.pk, comment="Bitte kürzer.")
    state = moderation.state_of(current(club))
    assert (state.kind, state.comment) == ("changes_requested", "Bitte kürzer.")
    approve(club, press, sent(club, member, short_description="Kurz"))
    assert public(club) == "Kurz"


def test_a_refusal_is_told_until_something_new_is_sent(club: OrganisationPage, member: User, press: User) -> None:
    seen = sent(club, member, short_description="Werbung")
    moderation.reject(page=club, user=press, revision_id=seen.pk, comment="Werbung geht hier nicht.")
    state = moderation.state_of(current(club))
    assert (state.kind, state.comment) == ("rejected", "Werbung geht hier nicht.")
    assert draft_of(club).short_description == "Werbung"
    sent(club, member, short_description="Neu")
    assert kind(club) == "waiting"


def test_a_refusal_is_history_once_something_was_published(club: OrganisationPage, member: User, press: User) -> None:
    seen = sent(club, member, short_description="Werbung")
    moderation.reject(page=club, user=press, revision_id=seen.pk, comment="Nein.")
    write(club, press, short_description="Von der Presse").publish(user=press)
    assert kind(club) == "live"


DECISIONS: list[Callable[..., None]] = [moderation.approve, moderation.request_changes, moderation.reject]


@pytest.mark.parametrize("decide", DECISIONS, ids=lambda act: act.__name__)
@pytest.mark.parametrize("who", ["member", "other member", "KI", "translator"])
def test_only_reviewers_decide(club: OrganisationPage, member: User, who: str, decide: Callable[..., None]) -> None:
    seen = sent(club, member, short_description="Neu")
    people = {
        "member": lambda: member,
        "other member": lambda: factories.member(club),
        "KI": factories.ki,
        "translator": lambda: factories.translator("ar"),
    }
    with pytest.raises(PermissionDenied):
        decide(page=club, user=people[who](), revision_id=seen.pk, comment="Nein.")
    assert kind(club) == "waiting"


@pytest.mark.parametrize("role", [roles.PRESS, roles.ADMINISTRATORS])
def test_nobody_approves_what_they_have_sent_themselves(club: OrganisationPage, role: str) -> None:
    both = factories.person("", role, is_superuser=role == roles.ADMINISTRATORS)
    membership.join(organisation=club, user=both)
    seen = sent(club, both, short_description="Neu")
    with pytest.raises(PermissionDenied):
        approve(club, both, seen)
    assert public(club) == "Alt"


def test_a_press_officer_who_is_a_member_does_not_publish_past_the_review(club: OrganisationPage) -> None:
    both = factories.press()
    membership.join(organisation=club, user=both)
    assert current(club).permissions_for_user(both).can_publish()
    sent(club, both, short_description="Neu")
    assert not current(club).permissions_for_user(both).can_publish()


def test_the_ki_reviews_where_the_site_says_so(site: Site, club: OrganisationPage, member: User) -> None:
    site.sitesettings.ki_may_review = True
    site.sitesettings.save()
    approve(club, factories.ki(), sent(club, member, short_description="Neu"))
    assert public(club) == "Neu"
    site.sitesettings.ki_may_review = False
    site.sitesettings.save()
    seen = sent(club, member, short_description="Neuer")
    with pytest.raises(PermissionDenied):
        approve(club, User.objects.get(email="ki@example.org"), seen)


def test_the_setting_of_one_site_says_nothing_about_another(club: OrganisationPage, member: User) -> None:
    other = factories.municipality("Hemer", hostname="hemer.localhost")
    factories.directory(other)
    other.sitesettings.ki_may_review = True
    other.sitesettings.save()
    seen = sent(club, member, short_description="Neu")
    with pytest.raises(PermissionDenied):
        approve(club, factories.ki(), seen)


# While it waits


def test_members_go_on_writing_and_staff_without_a_part_in_it_do_not(club: OrganisationPage, member: User) -> None:
    sent(club, member, short_description="Neu")
    locked = {
        who: bool(current(club).permissions_for_user(user).page_locked())
        for who, user in {"member": member, "press": factories.press(), "KI": factories.ki()}.items()
    }
    assert locked == {"member": False, "press": False, "KI": True}


def test_the_press_publishes_as_before(club: OrganisationPage, member: User, press: User) -> None:
    sent(club, member, short_description="Neu")
    assert current(club).permissions_for_user(press).can_publish()
    write(club, press, short_description="Von der Presse").publish(user=press)
    assert (kind(club), public(club)) == ("live", "Von der Presse")


# The workflow


def test_translations_keep_their_own_path(club: OrganisationPage) -> None:
    assert factories.translated(club, "ar").get_workflow() is None


def test_every_directory_has_its_workflow_and_a_second_migrate_changes_nothing(directory: DirectoryPage) -> None:
    assert Workflow.objects.count() == 1
    workflow.assign_missing()
    assert Workflow.objects.count() == 1
    assert workflow.every_directory_has_a_workflow() == []


def test_a_directory_older_than_its_workflow_gets_one(directory: DirectoryPage) -> None:
    Workflow.objects.all().delete()
    assert [problem.id for problem in workflow.every_directory_has_a_workflow()] == ["directory.W001"]
    workflow.assign_missing()
    assert workflow.every_directory_has_a_workflow() == []


def test_the_state_takes_the_same_number_of_queries_whatever_happened(
    club: OrganisationPage, member: User, press: User
) -> None:
    counted = []
    for _round in range(2):
        seen = sent(club, member, short_description=f"Neu {len(counted)}")
        moderation.request_changes(page=club, user=press, revision_id=seen.pk, comment="Bitte kürzer.")
        page = current(club)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            moderation.state_of(page)
        counted.append(len(queries))
    assert counted == [2, 2]

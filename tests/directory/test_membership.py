"""Members of an organisation: a group of their own with narrow rights."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.images.permissions import permission_policy
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, PageLogEntry

from cms import roles
from cms.accounts import User
from directory import membership
from directory.models import Invitation, OrganisationPage
from directory.permissions import group_name, is_member, keeps_record, may_invite
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def clubs(db: None) -> tuple[OrganisationPage, OrganisationPage]:
    directory = factories.directory(factories.municipality())
    return factories.organisation(directory, "Verein A"), factories.organisation(directory, "Verein B")


@pytest.fixture
def a(clubs: tuple[OrganisationPage, OrganisationPage]) -> OrganisationPage:
    return clubs[0]


@pytest.fixture
def member(a: OrganisationPage) -> User:
    return factories.member(a)


def test_joining_makes_a_person_a_member_of_that_group_only(a: OrganisationPage, member: User) -> None:
    assert [group.name for group in member.groups.all()] == [group_name(a)]


def test_joining_twice_changes_nothing(a: OrganisationPage, member: User) -> None:
    counts = (Group.objects.count(), Collection.objects.count(), GroupCollectionPermission.objects.count())
    membership.join(organisation=a, user=member)
    assert member.groups.count() == 1
    assert counts == (Group.objects.count(), Collection.objects.count(), GroupCollectionPermission.objects.count())


def test_two_members_share_group_and_collection(a: OrganisationPage, member: User) -> None:
    other = factories.member(a)
    assert list(other.groups.all()) == list(member.groups.all())
    assert Collection.objects.filter(name="Verein A").count() == 1


def test_joining_by_a_translation_is_joining_the_organisation(a: OrganisationPage, member: User) -> None:
    other = factories.person()
    membership.join(organisation=factories.translated(a, "ar"), user=other)
    assert list(other.groups.all()) == list(member.groups.all())


def test_a_person_may_belong_to_two_organisations(
    clubs: tuple[OrganisationPage, OrganisationPage], member: User
) -> None:
    membership.join(organisation=clubs[1], user=member)
    assert {group.name for group in member.groups.all()} == {group_name(club) for club in clubs}


def test_renaming_an_organisation_keeps_its_members(a: OrganisationPage, member: User) -> None:
    a.title = "Ganz neuer Name"
    a.save()
    other = factories.member(a)
    assert list(other.groups.all()) == list(member.groups.all())


def test_the_group_may_change_its_own_page_and_add_events_below_it(a: OrganisationPage, member: User) -> None:
    given = GroupPagePermission.objects.filter(group__in=member.groups.all())
    assert {(row.page_id, row.permission.codename) for row in given} == {(a.pk, "change_page"), (a.pk, "add_page")}


def test_members_may_not_publish(a: OrganisationPage, member: User) -> None:
    rights = a.permissions_for_user(member)
    assert (rights.can_edit(), rights.can_publish(), rights.can_delete()) == (True, False, False)


def test_members_may_not_edit_another_organisation(
    clubs: tuple[OrganisationPage, OrganisationPage], member: User
) -> None:
    assert not clubs[1].permissions_for_user(member).can_edit()


def test_members_add_and_choose_pictures_of_their_own_collection_and_never_change(
    a: OrganisationPage, member: User
) -> None:
    given = GroupCollectionPermission.objects.filter(group__in=member.groups.all())
    assert {(row.collection.name, row.permission.codename) for row in given} == {
        ("Verein A", "add_image"),
        ("Verein A", "choose_image"),
    }


def test_pictures_of_others_are_not_theirs_to_change_or_choose(
    clubs: tuple[OrganisationPage, OrganisationPage], member: User
) -> None:
    factories.member(clubs[1])
    foreign = factories.picture(collection=Collection.objects.get(name="Verein B"))
    common = factories.picture(collection=Collection.get_first_root_node())
    for picture in (foreign, common):
        for action in ("change", "delete", "choose"):
            assert not permission_policy.user_has_permission_for_instance(member, action, picture), action


def test_members_have_no_model_permissions(member: User) -> None:
    assert member.get_all_permissions() <= {"cms.add_image", "cms.choose_image"}
    assert not member.has_perm("wagtailadmin.access_admin")
    assert (member.is_staff, member.is_superuser) == (False, False)


# Coming and going by each other's doing


@pytest.fixture
def other(a: OrganisationPage) -> User:
    return factories.member(a)


def told(mails: Any) -> set[str]:
    return {address for mail in mails for address in mail.to}


def entries(a: OrganisationPage) -> list[tuple[str, Any, str]]:
    rows = PageLogEntry.objects.filter(page=a.pk, action__startswith="directory.").order_by("timestamp", "pk")
    return [(row.action, row.user_id, row.data["person"]) for row in rows]


def test_members_and_offices_invite_others_may_not(
    a: OrganisationPage, clubs: tuple[OrganisationPage, OrganisationPage], member: User
) -> None:
    members_of_b = factories.member(clubs[1])
    for allowed in (member, factories.ki(), factories.press(), factories.administrator()):
        membership.invite(organisation=a, email="new@example.org", language="de", invited_by=allowed)
    for refused in (members_of_b, factories.translator("ar"), factories.person()):
        with pytest.raises(PermissionDenied):
            membership.invite(organisation=a, email="new@example.org", language="de", invited_by=refused)


def test_a_translator_who_is_a_member_keeps_no_records(a: OrganisationPage, member: User) -> None:
    member.groups.add(roles.group_of(roles.translators("ar")))
    assert may_invite(member, a) and not keeps_record(member, a)


def test_there_is_one_pending_invitation_for_each_address(a: OrganisationPage, member: User) -> None:
    for email in ("new@example.org", "NEW@example.org ", "new@example.org"):
        Invitation.objects.update(created_at=timezone.now() - dt.timedelta(minutes=2))
        membership.invite(organisation=a, email=email, language="de", invited_by=member)
    assert Invitation.objects.pending().count() == 1
    assert Invitation.objects.count() == 3


def test_who_belongs_already_is_not_invited(a: OrganisationPage, member: User, other: User) -> None:
    with pytest.raises(membership.AlreadyMember, match=other.email):
        membership.invite(organisation=a, email=other.email.upper(), language="de", invited_by=member)


def test_an_unknown_language_is_german(a: OrganisationPage, member: User) -> None:
    assert membership.invite(organisation=a, email="n@example.org", language="xx", invited_by=member).language == "de"


def test_only_those_who_may_invite_withdraw(
    a: OrganisationPage, clubs: tuple[OrganisationPage, OrganisationPage], member: User
) -> None:
    invitation = membership.invite(organisation=a, email="new@example.org", language="de", invited_by=member)
    with pytest.raises(PermissionDenied):
        membership.revoke(invitation=invitation, revoked_by=factories.member(clubs[1]))
    membership.revoke(invitation=invitation, revoked_by=member)
    assert not Invitation.objects.open().exists()


def test_leaving_takes_the_right_and_closes_an_account_that_has_nothing_left(
    a: OrganisationPage, member: User, other: User
) -> None:
    membership.leave(organisation=a, user=member)
    member.refresh_from_db()
    assert not is_member(member, a) and not member.is_active and is_member(other, a)


def test_an_account_with_another_organisation_or_a_role_stays(
    clubs: tuple[OrganisationPage, OrganisationPage], member: User, other: User
) -> None:
    a, b = clubs
    membership.join(organisation=b, user=member)
    other.groups.add(roles.group_of(roles.KI))
    factories.member(a)
    for person in (member, other):
        membership.leave(organisation=a, user=person)
        person.refresh_from_db()
        assert person.is_active


def test_the_last_member_cannot_leave_and_the_offices_hear_of_it(
    a: OrganisationPage, member: User, django_capture_on_commit_callbacks: Any, mailoutbox: Any
) -> None:
    press, ki, _ = factories.press(), factories.ki(), factories.translator("ar")
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(membership.LastMember):
        membership.leave(organisation=a, user=member)
    assert is_member(member, a)
    assert told(mailoutbox) == {press.email, ki.email}


def test_an_inactive_member_does_not_count(a: OrganisationPage, member: User, other: User) -> None:
    other.is_active = False
    other.save()
    with pytest.raises(membership.LastMember):
        membership.leave(organisation=a, user=member)


def test_the_offices_hear_of_an_organisation_without_members(
    a: OrganisationPage, member: User, django_capture_on_commit_callbacks: Any, mailoutbox: Any
) -> None:
    ki = factories.ki()
    with django_capture_on_commit_callbacks(execute=True):
        membership.remove(organisation=a, member=member, removed_by=ki)
    assert told(mailoutbox) == {ki.email}
    assert a.title in mailoutbox[0].subject and f"/records/{a.pk}/" in mailoutbox[0].body


def test_nobody_removes_members_of_another_organisation(
    clubs: tuple[OrganisationPage, OrganisationPage], member: User
) -> None:
    for stranger in (factories.member(clubs[1]), factories.person(), factories.translator("ar")):
        with pytest.raises(PermissionDenied):
            membership.remove(organisation=clubs[0], member=member, removed_by=stranger)
    assert is_member(member, clubs[0])


def test_removing_who_is_no_member_changes_nothing(a: OrganisationPage, member: User) -> None:
    press = factories.press()
    membership.remove(organisation=a, member=press, removed_by=member)
    press.refresh_from_db()
    assert press.is_active and press.groups.count() == 1


def test_every_act_is_in_the_history_of_the_page(a: OrganisationPage, member: User, other: User) -> None:
    invitation = membership.invite(organisation=a, email="new@example.org", language="de", invited_by=member)
    membership.revoke(invitation=invitation, revoked_by=member)
    membership.remove(organisation=a, member=other, removed_by=member)
    assert entries(a) == [
        ("directory.invite", member.pk, "new@example.org"),
        ("directory.revoke", member.pk, "new@example.org"),
        ("directory.remove", member.pk, other.email),
    ]
    messages = [str(row.message) for row in PageLogEntry.objects.filter(page=a.pk, action__startswith="directory.")]
    assert all("@example.org" in message for message in messages)

"""Members of an organisation: a row each, and narrow rights that follow from it."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from wagtail.images.permissions import permission_policy
from wagtail.models import Collection, GroupPagePermission, PageLogEntry

from cms.accounts import User, roles
from cms.accounts import permissions as account_rights
from cms.bin import pages as bin_pages
from directory.members import membership
from directory.models import Invitation, Membership, OrganisationPage
from directory.permissions import is_member, is_vacant, keeps_record, may_invite, organisations_of
from directory.portal import own_pictures
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


def rows() -> list[tuple[int, int]]:
    return sorted(Membership.objects.values_list("user", "organisation"))


def test_joining_makes_a_person_a_member_of_that_organisation_only(a: OrganisationPage, member: User) -> None:
    assert rows() == [(member.pk, a.pk)]
    assert not member.groups.exists() and not GroupPagePermission.objects.filter(page=a).exists()


def test_joining_twice_changes_nothing(a: OrganisationPage, member: User) -> None:
    before = Membership.objects.values().get()
    membership.join(organisation=a, user=member, by=factories.ki())
    assert Membership.objects.values().get() == before


def test_a_membership_says_since_when_and_by_whom(a: OrganisationPage) -> None:
    ki, new = factories.ki(), factories.person("neu@example.org")
    membership.invite(organisation=a, email=new.email, language="de", invited_by=ki)
    invitation = Invitation.objects.get()
    token = invitation.new_token()
    invitation.save()
    membership.accept(token=token, user=new)
    made = Membership.objects.get()
    assert (made.user, made.organisation, made.by) == (new, a, ki)
    assert timezone.now() - made.since < dt.timedelta(minutes=1)


def test_joining_by_a_translation_is_joining_the_organisation(a: OrganisationPage, member: User) -> None:
    other, arabic = factories.person(), factories.translated(a, "ar")
    membership.join(organisation=arabic, user=other)
    assert rows() == [(member.pk, a.pk), (other.pk, a.pk)]
    assert is_member(other, arabic) and set(membership.members_of(arabic)) == {member, other}


def test_a_person_may_belong_to_two_organisations(
    clubs: tuple[OrganisationPage, OrganisationPage], member: User
) -> None:
    membership.join(organisation=clubs[1], user=member)
    assert organisations_of(member) == [str(club.translation_key) for club in clubs]


def test_renaming_an_organisation_keeps_its_members(a: OrganisationPage, member: User) -> None:
    a.title = "Ganz neuer Name"
    a.save()
    assert is_member(member, a) and a.permissions_for_user(member).can_edit()


def test_members_change_their_page_and_what_is_below_it_and_add_there(
    clubs: tuple[OrganisationPage, OrganisationPage], member: User
) -> None:
    own, foreign = (factories.event(club, f"Fest {club.title}") for club in clubs)
    assert clubs[0].permissions_for_user(member).can_add_subpage() and own.permissions_for_user(member).can_edit()
    assert not clubs[1].permissions_for_user(member).can_add_subpage()
    assert not foreign.permissions_for_user(member).can_edit()
    assert not clubs[0].get_parent().specific.permissions_for_user(member).can_edit()


# No group gives or takes anything


def test_a_group_of_any_name_makes_nobody_a_member(a: OrganisationPage, member: User) -> None:
    stranger = factories.person("fremd@example.org", Group.objects.create(name=f"Organisation {a.translation_key}"))
    assert not is_member(stranger, a) and not a.permissions_for_user(stranger).can_edit()
    assert not organisations_of(stranger) and list(membership.members_of(a)) == [member]


def test_who_may_change_the_page_in_the_admin_is_no_member_by_that(a: OrganisationPage) -> None:
    group = Group.objects.create(name="Praktikum")
    roles.grant_pages(group, a, ("change_page", "add_page"))
    trainee = factories.person("praktikum@example.org", group)
    assert not is_member(trainee, a) and is_vacant(a)


def test_no_change_of_groups_takes_a_membership_away(a: OrganisationPage, member: User) -> None:
    Group.objects.filter(role=None).update(name="umbenannt")
    Group.objects.filter(role=None).delete()
    member.groups.clear()
    again = User.objects.get(pk=member.pk)
    assert is_member(again, a) and a.permissions_for_user(again).can_edit() and not is_vacant(a)


def test_a_right_ends_with_the_row(a: OrganisationPage, member: User) -> None:
    Membership.objects.all().delete()
    again = User.objects.get(pk=member.pk)
    assert not is_member(again, a) and not a.permissions_for_user(again).can_edit() and is_vacant(a)


def test_an_account_that_is_switched_off_has_no_right_and_counts_for_nothing(a: OrganisationPage, member: User) -> None:
    member.is_active = False
    member.save()
    assert not is_member(member, a) and not a.permissions_for_user(member).can_edit() and is_vacant(a)
    assert not organisations_of(member) and not Membership.objects.active().counts()


# What becomes of it


def test_a_membership_goes_with_the_person_and_stays_when_who_invited_goes(a: OrganisationPage, member: User) -> None:
    other = factories.person()
    membership.join(organisation=a, user=other, by=member)
    member.delete()
    assert [(row.user, row.by) for row in Membership.objects.all()] == [(other, None)]


def test_members_are_members_again_when_the_organisation_comes_out_of_the_bin(
    a: OrganisationPage, member: User, client: Client
) -> None:
    entry = bin_pages.put(page=a, user=factories.press())
    client.force_login(member)
    address = f"/de/my/{a.translation_key}/"
    assert client.get(address).status_code == 404
    bin_pages.restore(entry=entry, user=factories.administrator())
    again, back = User.objects.get(pk=member.pk), OrganisationPage.objects.get(pk=a.pk)
    assert is_member(again, back) and back.permissions_for_user(again).can_edit()
    assert client.get(address).status_code == 200


def test_a_copy_of_an_organisation_has_no_members(a: OrganisationPage, member: User) -> None:
    copied = a.copy(update_attrs={"slug": "kopie", "title": "Kopie"}, user=factories.press())
    assert is_vacant(copied) and not is_member(member, copied)


def test_a_membership_goes_with_the_organisation(a: OrganisationPage, member: User) -> None:
    a.delete()
    assert not Membership.objects.exists()


def test_who_changes_accounts_needs_the_rights_of_members_to_change_one(a: OrganisationPage, member: User) -> None:
    clerk = factories.person("personal@example.org", Group.objects.create(name="Personal"))
    roles.grant(clerk.groups.get(), *roles.all_of("cms", "user"))
    assert not account_rights.may_manage(clerk, member)
    assert account_rights.may_manage(clerk, factories.person())
    roles.grant_pages(clerk.groups.get(), a.get_parent(), ("change_page", "add_page"))
    assert account_rights.may_manage(clerk, member)


def test_members_may_not_publish(a: OrganisationPage, member: User) -> None:
    rights = a.permissions_for_user(member)
    assert (rights.can_edit(), rights.can_publish(), rights.can_delete()) == (True, False, False)


def test_members_may_not_edit_another_organisation(
    clubs: tuple[OrganisationPage, OrganisationPage], member: User
) -> None:
    assert not clubs[1].permissions_for_user(member).can_edit()


def test_an_organisation_has_one_collection_of_its_own(clubs: tuple[OrganisationPage, OrganisationPage]) -> None:
    first, second = (own_pictures.collection_of(club) for club in clubs)
    assert first != second and own_pictures.collection_of(factories.translated(clubs[0], "ar")) == first


def test_members_see_what_lies_in_their_collection_and_not_in_others(
    clubs: tuple[OrganisationPage, OrganisationPage], member: User
) -> None:
    own, foreign = (factories.picture(collection=own_pictures.collection_of(club)) for club in clubs)
    assert own_pictures.is_of_own_organisation(member, own)
    assert not own_pictures.is_of_own_organisation(member, foreign)


def test_pictures_of_others_are_not_theirs_to_change_or_choose(
    clubs: tuple[OrganisationPage, OrganisationPage], member: User
) -> None:
    foreign = factories.picture(collection=own_pictures.collection_of(clubs[1]))
    common = factories.picture(collection=Collection.get_first_root_node())
    for picture in (foreign, common):
        for action in ("change", "delete", "choose"):
            assert not permission_policy.user_has_permission_for_instance(member, action, picture), action


def test_members_have_no_model_permissions(member: User) -> None:
    assert not member.get_all_permissions()
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

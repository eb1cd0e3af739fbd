"""Members of an organisation: a group of their own with narrow rights."""

import pytest
from django.contrib.auth.models import Group
from wagtail.images.permissions import permission_policy
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from cms.accounts import User
from directory import membership
from directory.models import OrganisationPage
from directory.permissions import group_name
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

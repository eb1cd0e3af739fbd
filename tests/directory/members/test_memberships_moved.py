"""Installations in which members were people in groups: nobody loses or gains anything, and there is a way back."""

import datetime as dt
import importlib
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from cms.accounts import User, roles
from directory.members import membership
from directory.models import Invitation, Membership, OrganisationPage, OwnCollection
from tests import factories

pytestmark = pytest.mark.django_db
moved = importlib.import_module("directory.migrations.0046_memberships_moved")


@pytest.fixture
def clubs(db: None) -> list[OrganisationPage]:
    directory = factories.directory(factories.municipality())
    return [factories.organisation(directory, name) for name in ("Verein A", "Verein B", "Verein C")]


def group_of(organisation: OrganisationPage, *people: User, name: str = "") -> Group:
    """As it was made for an organisation, perhaps renamed since."""
    group = Group.objects.create(name=name or f"Organisation {organisation.translation_key}")
    roles.grant_pages(group, organisation, ("add_page", "change_page"))
    collection = Collection.get_first_root_node().add_child(name=organisation.title)
    roles.grant_media(group, collection, ("add_image", "choose_image"))
    group.user_set.set(people)
    return group


def members() -> dict[str, set[str]]:
    return {
        row.title: set(membership.members_of(row).values_list("email", flat=True))
        for row in OrganisationPage.objects.sources()
    }


def test_everybody_keeps_exactly_the_organisations_they_had(clubs: list[OrganisationPage]) -> None:
    a, b, _empty = clubs
    one, two, both = (factories.person(f"{name}@example.org") for name in ("one", "two", "both"))
    group_of(a, one, both)
    group_of(b, two, both, name="Verein B, Ehrenamt")
    moved.forwards(apps, None)
    assert members() == {
        "Verein A": {"one@example.org", "both@example.org"},
        "Verein B": {"two@example.org", "both@example.org"},
        "Verein C": set(),
    }
    assert not Group.objects.filter(role=None).exists()
    assert not GroupPagePermission.objects.filter(page__in=clubs).exists()
    assert {own.organisation.title: own.collection.name for own in OwnCollection.objects.all()} == {
        "Verein A": "Verein A",
        "Verein B": "Verein B",
    }


def test_groups_of_the_city_stay_and_make_no_members(clubs: list[OrganisationPage]) -> None:
    trainee, press = factories.person("praktikum@example.org"), factories.press()
    group = Group.objects.create(name="Praktikum")
    roles.grant(group, "wagtailadmin.access_admin")
    roles.grant_pages(group, clubs[0], ("add_page", "change_page"))
    trainee.groups.add(group)
    moved.forwards(apps, None)
    assert not Membership.objects.exists() and list(trainee.groups.all()) == [group]
    assert GroupPagePermission.objects.filter(group=group).count() == 2
    assert press.groups.count() == 1


def test_who_came_by_an_invitation_has_come_then_and_by_whom(clubs: list[OrganisationPage]) -> None:
    ki, member = factories.ki(), factories.person("m@example.org")
    at = timezone.now() - dt.timedelta(days=40)
    Invitation.objects.create(
        organisation=clubs[0], email=member.email, language="de", invited_by=ki, accepted_at=at, accepted_by=member
    )
    group_of(clubs[0], member)
    moved.forwards(apps, None)
    row = Membership.objects.get()
    assert (row.since, row.by) == (at, ki)


def test_pictures_of_a_renamed_group_and_of_the_one_made_after_it_come_together(clubs: list[OrganisationPage]) -> None:
    group_of(clubs[0], name="umbenannt")
    group_of(clubs[0])
    for collection in Collection.objects.filter(name="Verein A"):
        factories.picture(collection=collection)
    moved.forwards(apps, None)
    own = OwnCollection.objects.get()
    assert [image.collection for image in _images()] == [own.collection] * 2


def _images() -> Any:
    from cms.media import Image

    return Image.objects.all()


def test_a_group_that_was_renamed_after_the_way_back_is_known_as_well(clubs: list[OrganisationPage]) -> None:
    member, trainee = factories.person("m@example.org"), factories.ki()
    membership.join(organisation=clubs[0], user=member)
    moved.backwards(apps, None)
    Membership.objects.all().delete()
    Group.objects.filter(name__startswith="Organisation ").update(name="umbenannt")
    own = Group.objects.create(name="Praktikum")
    roles.grant_pages(own, clubs[1], ("add_page", "change_page"))
    trainee.groups.add(own)
    moved.forwards(apps, None)
    assert members() == {"Verein A": {member.email}, "Verein B": set(), "Verein C": set()}
    assert not Group.objects.filter(name="umbenannt").exists() and list(trainee.groups.order_by("pk"))[-1] == own


def test_what_is_left_of_a_deleted_organisation_is_tidied(clubs: list[OrganisationPage]) -> None:
    group = group_of(clubs[0], factories.person())
    clubs[0].delete()
    moved.forwards(apps, None)
    assert not Group.objects.filter(pk=group.pk).exists() and not Membership.objects.exists()
    assert OwnCollection.objects.get().organisation is None


def test_the_way_back_gives_the_groups_and_their_rights(clubs: list[OrganisationPage]) -> None:
    member = factories.person("m@example.org")
    group_of(clubs[0], member)
    moved.forwards(apps, None)
    moved.backwards(apps, None)
    group = Group.objects.get(name=f"Organisation {clubs[0].translation_key}")
    assert list(group.user_set.all()) == [member]
    pages = GroupPagePermission.objects.filter(group=group, page=clubs[0])
    pictures = GroupCollectionPermission.objects.filter(group=group, collection__name="Verein A")
    assert set(pages.values_list("permission__codename", flat=True)) == {"add_page", "change_page"}
    assert set(pictures.values_list("permission__codename", flat=True)) == {"add_image", "choose_image"}

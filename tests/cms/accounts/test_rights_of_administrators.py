"""Nobody gives a right that they do not have: each role tries each act on each account and group, by real requests."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from cms.accounts import LastSuperuser, User, roles
from tests import factories, webpages

pytestmark = pytest.mark.django_db


@dataclass
class World:
    people: dict[str, User]
    strong: Group
    """May what no administrator of the house may."""


@pytest.fixture
def world(db: None) -> World:
    site = factories.municipality()
    club = factories.organisation(factories.directory(site))
    strong = Group.objects.create(name="Stark")
    strong.permissions.add(Permission.objects.get(codename="delete_modellogentry"))
    people = {
        "superuser": factories.person("super@example.org", is_superuser=True),
        "other superuser": factories.person("super2@example.org", is_superuser=True),
        "administrator": factories.person("admin@example.org", roles.ADMINISTRATORS),
        "other administrator": factories.person("admin2@example.org", roles.ADMINISTRATORS),
        "press": factories.press(),
        "ki": factories.ki(),
        "translator": factories.translator("ar"),
        "member": factories.member(club),
        "nobody": factories.person("nobody@example.org"),
        "sleeping superuser": factories.person("alt@example.org", is_superuser=True, is_active=False),
        "strong": factories.person("strong@example.org"),
        "sleeping strong": factories.person("strong2@example.org", is_active=False),
    }
    for name in ("strong", "sleeping strong"):
        people[name].groups.add(strong)
    return World(people, strong)


def logged_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.people[who])
    return client


def fields(user: User, **changed: Any) -> dict[str, Any]:
    """The form of an account as its page sends it."""
    values = {"email": user.email, "first_name": "Vor", "last_name": "Nach", "password1": "", "password2": ""}
    values |= {"preferred_language": "de", "groups": [group.pk for group in user.groups.all()]}
    values |= {"is_active": "on"} if user.is_active else {}
    values |= {"is_superuser": "on"} if user.is_superuser else {}
    return {name: value for name, value in {**values, **changed}.items() if value is not None}


def edit(client: Client, user: User, **changed: Any) -> Any:
    return client.post(reverse("wagtailusers_users:edit", args=[user.pk]), fields(user, **changed))


def bulk(client: Client, action: str, user: User, **data: Any) -> Any:
    address = reverse("wagtail_bulk_action", args=["cms", "user", action])
    return client.post(f"{address}?id={user.pk}", data)


# Acts on an account: each says, from the database, whether something has come of it

NEW = "ein ganz neues Kennwort"


def set_password(client: Client, user: User, world: World) -> bool:
    edit(client, user, password1=NEW, password2=NEW)
    return User.objects.get(pk=user.pk).check_password(NEW)


def set_email(client: Client, user: User, world: World) -> bool:
    edit(client, user, email="boese@example.org")
    return User.objects.get(pk=user.pk).email == "boese@example.org"


def switch_over(client: Client, user: User, world: World) -> bool:
    edit(client, user, is_active=None if user.is_active else "on")
    return User.objects.get(pk=user.pk).is_active is not user.is_active


def switch_over_in_bulk(client: Client, user: User, world: World) -> bool:
    bulk(client, "set_active_state", user, mark_as_active=str(not user.is_active))
    return User.objects.get(pk=user.pk).is_active is not user.is_active


def make_administrator(client: Client, user: User, world: World) -> bool:
    bulk(client, "assign_role", user, role=roles.group_of(roles.KI).pk)
    return User.objects.get(pk=user.pk).groups.filter(role__key=roles.KI).exists()


def take_groups(client: Client, user: User, world: World) -> bool:
    had = user.groups.exists()
    edit(client, user, groups=[])
    return had and not User.objects.get(pk=user.pk).groups.exists()


def delete(client: Client, user: User, world: World) -> bool:
    client.post(reverse("wagtailusers_users:delete", args=[user.pk]))
    return not User.objects.filter(pk=user.pk).exists()


def delete_in_bulk(client: Client, user: User, world: World) -> bool:
    bulk(client, "delete", user)
    return not User.objects.filter(pk=user.pk).exists()


ACTS = [
    set_password, set_email, switch_over, switch_over_in_bulk, make_administrator, take_groups, delete, delete_in_bulk,
]  # fmt: skip
BELOW_ADMINISTRATORS = {"other administrator", "press", "ki", "translator", "member", "nobody"}
ABOVE_ADMINISTRATORS = {"superuser", "other superuser", "sleeping superuser", "strong", "sleeping strong"}
NOTHING_TO_TAKE = {"nobody", "member", "superuser", "other superuser", "sleeping superuser"}


def everybody() -> list[Any]:
    people = User.objects.order_by("pk").values_list("pk", "email", "password", "is_active", "is_superuser")
    return [*people, *sorted(User.groups.through.objects.values_list("user", "group"))]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_administrators_manage_whom_they_match_and_nobody_above(world: World, act: Callable[..., bool]) -> None:
    client = logged_in(world, "administrator")
    for name in sorted(ABOVE_ADMINISTRATORS):
        before = everybody()
        assert not act(client, world.people[name], world), name
        assert everybody() == before, name
    expected = BELOW_ADMINISTRATORS - (NOTHING_TO_TAKE if act is take_groups else set())
    expected -= {"ki"} if act is make_administrator else set()
    done = (
        {name for name in sorted(expected) if act(client, world.people[name], world)}
        if act is not set_email
        else {name for name in sorted(expected) if _one_after_the_other(client, world.people[name], world)}
    )
    assert done == expected


def _one_after_the_other(client: Client, user: User, world: World) -> bool:
    """An address belongs to one account only."""
    done = set_email(client, user, world)
    User.objects.filter(pk=user.pk).update(email=user.email)
    return done


@pytest.mark.parametrize("who", ["press", "ki", "translator", "member", "nobody"])
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_others_manage_nobody(world: World, who: str, act: Callable[..., bool]) -> None:
    client, before = logged_in(world, who), everybody()
    for name in ("superuser", "administrator", "press", "member", "nobody"):
        assert not act(client, world.people[name], world), name
    assert everybody() == before


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_superusers_manage_everybody_else(world: World, act: Callable[..., bool]) -> None:
    client = logged_in(world, "superuser")
    names = {"other superuser", "administrator", "press", "strong", "sleeping superuser"}
    names -= NOTHING_TO_TAKE if act is take_groups else set()
    assert {name for name in sorted(names) if _with_own_address(act, client, world.people[name], world)} == names


def _with_own_address(act: Callable[..., bool], client: Client, user: User, world: World) -> bool:
    return _one_after_the_other(client, user, world) if act is set_email else act(client, user, world)


def test_an_administrator_makes_nobody_a_superuser(world: World) -> None:
    client = logged_in(world, "administrator")
    for name in sorted(BELOW_ADMINISTRATORS | {"administrator"}):
        edit(client, world.people[name], is_superuser="on")
        assert not User.objects.get(pk=world.people[name].pk).is_superuser, name
    page = webpages.read(client.get(reverse("wagtailusers_users:edit", args=[world.people["press"].pk])))
    assert page.select_one("[name=is_superuser]") is None


@pytest.mark.parametrize("extra", [{"is_superuser": "on"}, {"groups": "strong"}, {}])
def test_a_new_account_has_no_more_than_who_makes_it(world: World, extra: dict[str, str]) -> None:
    given = {name: world.strong.pk if value == "strong" else value for name, value in extra.items()}
    data = {"email": "neu@example.org", "first_name": "N", "last_name": "N", "password1": NEW, "password2": NEW}
    logged_in(world, "administrator").post(reverse("wagtailusers_users:add"), {**data, **given})
    made = User.objects.filter(email="neu@example.org").first()
    assert made is None or not (made.is_superuser or made.groups.exists())
    if not extra:
        assert made is not None


def test_nobody_is_put_into_a_group_that_may_more(world: World) -> None:
    client = logged_in(world, "administrator")
    for name in ("administrator", "press", "nobody"):
        edit(client, world.people[name], groups=[world.strong.pk])
        bulk(client, "assign_role", world.people[name], role=world.strong.pk)
        assert not world.strong.user_set.filter(pk=world.people[name].pk).exists(), name


def test_the_own_account_can_be_changed_but_not_made_stronger(world: World) -> None:
    client, own = logged_in(world, "administrator"), world.people["administrator"]
    edit(client, own, first_name="Neu", is_superuser="on")
    changed = User.objects.get(pk=own.pk)
    assert (changed.first_name, changed.is_superuser) == ("Neu", False)


def test_buttons_that_would_be_refused_are_not_offered(world: World) -> None:
    listing = logged_in(world, "administrator").get(reverse("wagtailusers_users:index")).content.decode()
    for name, user in world.people.items():
        address = reverse("wagtailusers_users:edit", args=[user.pk])
        assert (f'"{address}"' in listing) is (name in BELOW_ADMINISTRATORS | {"administrator"}), name


def test_every_bulk_action_on_accounts_is_one_of_these(world: World) -> None:
    found = {
        each.action_type: each.__module__ for each in bulk_action_registry.get_bulk_actions_for_model("cms", "user")
    }
    assert found == dict.fromkeys(("assign_role", "delete", "set_active_state"), "cms.accounts.users_admin")


def test_every_screen_for_accounts_and_groups_is_known() -> None:
    """A new one would need a row in this file."""
    resolver = get_resolver()
    names = {
        f"{space}:{name}"
        for space in ("wagtailusers_users", "wagtailusers_groups")
        for name in resolver.namespace_dict[space][1].reverse_dict
        if isinstance(name, str)
    }
    screens = "index index_results add edit delete history history_results usage inspect".split()
    assert names <= {f"wagtailusers_{kind}:{screen}" for kind in ("users", "groups") for screen in screens}


# Groups


def group_form(name: str, **more: Any) -> dict[str, Any]:
    empty = {}
    for prefix in ("page_permissions", "collection_permissions", "image_permissions", "document_permissions"):
        empty |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0, f"{prefix}-MIN_NUM_FORMS": 0}
        empty |= {f"{prefix}-MAX_NUM_FORMS": 1000}
    return {"name": name, "permissions": [], **empty, **more}


def a_right(codename: str) -> int:
    """Wagtail's own model of pictures, which is not ours, has rights of the same names."""
    return Permission.objects.exclude(content_type__app_label="wagtailimages").get(codename=codename).pk


def page_rights(page: Page, *codenames: str) -> dict[str, Any]:
    return {
        "page_permissions-TOTAL_FORMS": 1,
        "page_permissions-0-page": page.pk,
        "page_permissions-0-permissions": list(codenames),
        "page_permissions-0-DELETE": "",
    }


def media_rights(kind: str, *codenames: str) -> dict[str, Any]:
    prefix = f"{kind}_permissions"
    return {
        f"{prefix}-TOTAL_FORMS": 1,
        f"{prefix}-0-collection": Collection.get_first_root_node().pk,
        f"{prefix}-0-permissions": [a_right(codename) for codename in codenames],
        f"{prefix}-0-DELETE": "",
    }


def rights() -> list[Any]:
    return [
        *sorted(Group.objects.values_list("pk", "name")),
        *sorted(Group.permissions.through.objects.values_list("group", "permission")),
        *sorted(GroupPagePermission.objects.values_list("group", "page", "permission")),
        *sorted(GroupCollectionPermission.objects.values_list("group", "collection", "permission")),
    ]


def root() -> Page:
    return Page.get_first_root_node()


TOO_MUCH: dict[str, Callable[[], dict[str, Any]]] = {
    "a model": lambda: {"permissions": [a_right("change_workflow")]},
    "pages": lambda: page_rights(root(), "change_page", "publish_page"),
    "collections": lambda: media_rights("collection", "delete_collection"),
    "pictures": lambda: media_rights("image", "change_image"),
}


@pytest.fixture
def weak(world: World) -> Client:
    """Somebody who may change groups and accounts, and little else."""
    group = Group.objects.create(name="Personal")
    roles.grant(group, "wagtailadmin.access_admin", *roles.all_of("auth", "group"), *roles.all_of("cms", "user"))
    home = Site.objects.get(is_default_site=True).root_page
    roles.grant_pages(group, home, ("change_page",))
    user = factories.person("personal@example.org")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("what", TOO_MUCH)
def test_nobody_makes_a_group_that_may_more(weak: Client, what: str) -> None:
    before = rights()
    answer = weak.post(reverse("wagtailusers_groups:add"), group_form("Neu", **TOO_MUCH[what]()))
    assert answer.status_code == 200 and "Neu" in answer.content.decode(), "what was typed stays"
    assert rights() == before


@pytest.mark.parametrize("what", TOO_MUCH)
def test_nobody_makes_more_of_a_group_than_they_may(weak: Client, what: str) -> None:
    group = Group.objects.create(name="Leer")
    own = Group.objects.get(name="Personal")
    before = rights()
    for each in (group, own):
        weak.post(reverse("wagtailusers_groups:edit", args=[each.pk]), group_form(each.name, **TOO_MUCH[what]()))
    assert rights() == before


def test_what_one_has_can_be_given(weak: Client) -> None:
    page = Site.objects.get(is_default_site=True).root_page
    data = group_form("Neu", permissions=[a_right("access_admin")], **page_rights(page, "change_page"))
    assert weak.post(reverse("wagtailusers_groups:add"), data).status_code == 302
    made = Group.objects.get(name="Neu")
    assert set(made.permissions.values_list("codename", flat=True)) == {"access_admin"}
    assert list(made.page_permissions.values_list("page", "permission__codename")) == [(page.pk, "change_page")]


@pytest.mark.parametrize("key", [roles.PRESS, roles.ADMINISTRATORS])
def test_a_group_that_may_more_is_neither_changed_nor_deleted(weak: Client, key: str) -> None:
    group, before = roles.group_of(key), rights()
    assert weak.get(reverse("wagtailusers_groups:edit", args=[group.pk])).status_code == 302
    weak.post(reverse("wagtailusers_groups:edit", args=[group.pk]), group_form("Umbenannt"))
    weak.post(reverse("wagtailusers_groups:delete", args=[group.pk]))
    assert rights() == before


def test_administrators_may_what_any_role_may(world: World) -> None:
    """By construction; else they could not give the roles."""
    from cms.accounts import permissions

    for key in [*roles.LABELS, roles.translators("ar")]:
        assert permissions.may_give(world.people["administrator"], roles.group_of(key)), key


# There is always a superuser


def only_superuser(world: World) -> User:
    models_of_others = User.objects.filter(is_superuser=True).exclude(email="super@example.org")
    models_of_others.update(is_superuser=False)
    return User.objects.get(email="super@example.org")


def test_the_last_superuser_stays_whoever_tries(world: World) -> None:
    last = only_superuser(world)
    colleague = factories.person("zweite@example.org", is_superuser=True)
    client = Client()
    client.force_login(colleague)
    User.objects.filter(pk=colleague.pk).update(is_active=True)
    edit(client, last, is_superuser=None)
    assert not User.objects.get(pk=last.pk).is_superuser, "there were two"
    for act in ACTS:
        act(client, colleague, world)
    edit(client, colleague, is_superuser=None, is_active=None)
    kept = User.objects.get(pk=colleague.pk)
    assert kept.is_superuser and kept.is_active


def test_two_of_two_are_not_switched_off_at_once_in_a_list(world: World) -> None:
    last = only_superuser(world)
    weak = factories.person("w@example.org", is_superuser=True)
    client = Client()
    client.force_login(weak)
    address = reverse("wagtail_bulk_action", args=["cms", "user", "set_active_state"])
    client.post(f"{address}?id={last.pk}&id={weak.pk}", {"mark_as_active": "False"})
    assert User.objects.filter(is_superuser=True, is_active=True).exists()


def test_the_own_account_of_the_last_one_stays(world: World) -> None:
    last = only_superuser(world)
    client = Client()
    client.force_login(last)
    client.post("/de/my/account/delete/", {"current": factories.PASSWORD})
    edit(client, last, is_superuser=None, is_active=None)
    assert User.objects.filter(pk=last.pk, is_superuser=True, is_active=True).exists()


def test_no_way_through_the_program_takes_the_last_one_away(world: World) -> None:
    last = only_superuser(world)
    for change in ({"is_superuser": False}, {"is_active": False}):
        with pytest.raises(LastSuperuser):
            User.objects.filter(pk=last.pk).update(**change)
        user = User.objects.get(pk=last.pk)
        for name, value in change.items():
            setattr(user, name, value)
        with pytest.raises(LastSuperuser):
            user.save()
    with pytest.raises(LastSuperuser):
        User.objects.get(pk=last.pk).delete()
    with pytest.raises(LastSuperuser):
        User.objects.all().delete()


def test_the_operator_restores_a_lost_one(world: World) -> None:
    press = world.people["press"]
    User.objects.filter(pk=press.pk).update(is_active=False)
    call_command("restore_superuser", press.email.upper())
    press.refresh_from_db()
    assert press.is_superuser and press.is_active
    with pytest.raises(CommandError):
        call_command("restore_superuser", "niemand@example.org")


def test_accounts_are_not_copied(world: World) -> None:
    """Wagtail's view of copying asks only for the right to add."""
    client, person = logged_in(world, "administrator"), world.people["nobody"]
    assert "/users/copy/" not in webpages.html(client.get(reverse("wagtailusers_users:index")))
    address = f"/admin/users/copy/{person.pk}/"
    answers = (client.get(address), client.post(address, fields(person, first_name="Neu")))
    assert [answer.status_code for answer in answers] == [404, 404]
    assert User.objects.get(pk=person.pk).first_name == person.first_name

"""The groups of staff: what each may and may not do, and that the city's own changes stay."""

import importlib
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.test import Client
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, Site, Task, Workflow

from cms.accounts import User, roles
from cms.localization import languages
from news.models import NewsPage
from tests import factories
from tests.translations import content

pytestmark = pytest.mark.django_db

STAFF = (roles.PRESS, roles.KI, roles.ADMINISTRATORS)
FORMSET = ("TOTAL", "INITIAL")
TRANSLATED = [language.code for language in languages.LANGUAGES if language.code != "de"]


def of_group(*names: str) -> User:
    return factories.person("", *names)


# Groups


def test_wagtails_own_groups_are_gone() -> None:
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
    assert not Workflow.objects.exists()
    assert not Task.objects.exists()


def test_there_is_a_group_for_each_role_and_each_language() -> None:
    expected = {*STAFF, *map(roles.translators, TRANSLATED)}
    assert set(Group.objects.values_list("role__key", flat=True)) == expected
    assert roles.translators("de") not in expected


# Models

SNIPPETS = [
    *("cms.contactpoint", "cms.synonymgroup"),
    *("directory.topic", "directory.district", "dates.place", "dates.councilsession"),
]
ALL = [name for model in SNIPPETS for name in roles.all_of(*model.split("."))]
PEOPLE = ["cms.add_user", "cms.change_user", "cms.delete_user", "auth.change_group", "wagtailcore.change_site"]
REPORTS = ["home.view_barrierreport", "home.change_barrierreport"]
SETTINGS = ["cms.change_sitesettings"]
LOGS = ["axes.view_accessattempt", "axes.delete_accesslog", "otp_totp.change_totpdevice", "home.delete_barrierreport"]

TABLE = [
    (roles.PRESS, [*ALL, *REPORTS, *SETTINGS, "wagtail_localize.submit_translation"], True),
    (roles.PRESS, [*PEOPLE, *LOGS], False),
    (roles.KI, [*ALL, *REPORTS, *SETTINGS, *PEOPLE, *LOGS, "wagtail_localize.submit_translation"], False),
    (roles.ADMINISTRATORS, [*ALL, *REPORTS, *SETTINGS, *PEOPLE], True),
    (roles.ADMINISTRATORS, LOGS, False),
    (roles.translators("ar"), [*ALL, *REPORTS, *SETTINGS, *PEOPLE, *LOGS], False),
]


def label(value: object) -> str:
    """The same in every process: sets have no order of their own."""
    return "+".join(sorted(value)) if isinstance(value, set) else str(value)[:24]


@pytest.mark.parametrize(("group", "permissions", "allowed"), TABLE, ids=label)
def test_what_a_role_may_do_with_records(group: str, permissions: list[str], allowed: bool) -> None:
    user = of_group(group)
    assert {name for name in permissions if user.has_perm(name) is not allowed} == set()


@pytest.mark.parametrize("group", [*STAFF, *map(roles.translators, TRANSLATED)])
def test_every_role_of_staff_enters_the_admin(group: str) -> None:
    assert of_group(group).has_perm("wagtailadmin.access_admin")


def test_members_and_people_without_a_role_do_not_enter_the_admin(client: Client) -> None:
    site = factories.municipality()
    member = factories.member(factories.organisation(factories.directory(site)))
    for user in (member, of_group()):
        assert not user.has_perm("wagtailadmin.access_admin")
        client.force_login(user)
        assert client.get("/admin/").status_code in {302, 403}
        assert client.get("/admin/pages/", follow=True).redirect_chain[-1][0].startswith("/admin/login/")


# Pages


@pytest.fixture
def site(db: None) -> Site:
    """German pages of each kind, each translated into Arabic and Turkish."""
    site = factories.municipality()
    news = factories.news_index(site, slug="aktuelles")
    article = factories.article(news, slug="artikel")
    directory = factories.directory(site, slug="organisationen")
    club = factories.organisation(directory, slug="verein")
    other = factories.organisation(directory, "Anderer Verein", slug="anderer")
    for page in (article, club, other):
        for code in ("ar", "tr"):
            factories.translated(page, code)
    factories.content(site, "Über uns", slug="ueber-uns")
    return site


def page_at(slug: str, code: str = "de") -> Page:
    return Page.objects.get(slug=slug, locale__language_code=code).specific


RIGHTS = [
    # role, page, its language, what may be done
    (roles.PRESS, "aktuelles", "de", {"add", "edit", "publish", "delete", "unpublish"}),
    (roles.PRESS, "artikel", "de", {"edit", "publish", "delete", "unpublish"}),
    (roles.PRESS, "artikel", "ar", {"edit", "publish", "delete", "unpublish"}),
    (roles.PRESS, "verein", "de", {"add", "edit", "publish", "delete", "unpublish"}),
    (roles.PRESS, "ueber-uns", "de", {"add", "edit", "publish", "delete", "unpublish"}),
    (roles.ADMINISTRATORS, "artikel", "de", {"edit", "publish", "delete", "unpublish"}),
    (roles.ADMINISTRATORS, "ueber-uns", "de", {"add", "edit", "publish", "delete", "unpublish"}),
    (roles.KI, "aktuelles", "de", set()),
    (roles.KI, "artikel", "de", set()),
    (roles.KI, "artikel", "ar", set()),
    (roles.KI, "ueber-uns", "de", set()),
    (roles.KI, "organisationen", "de", {"add"}),
    (roles.KI, "verein", "de", {"add", "edit", "publish"}),
    (roles.translators("ar"), "artikel", "ar", {"edit"}),
    (roles.translators("ar"), "verein", "ar", {"edit"}),
    (roles.translators("ar"), "artikel", "de", set()),
    (roles.translators("ar"), "verein", "de", set()),
    (roles.translators("ar"), "artikel", "tr", set()),
    (roles.translators("tr"), "artikel", "tr", {"edit"}),
    (roles.translators("tr"), "artikel", "ar", set()),
    (roles.translators("ru"), "artikel", "ar", set()),
    ("member", "verein", "de", {"add", "edit"}),
    ("member", "anderer", "de", set()),
    ("member", "artikel", "de", set()),
    ("member", "organisationen", "de", set()),
    ("nobody", "artikel", "de", set()),
]


@pytest.mark.parametrize(("role", "slug", "code", "allowed"), RIGHTS, ids=label)
def test_what_a_role_may_do_with_a_page(site: Site, role: str, slug: str, code: str, allowed: set[str]) -> None:
    user = factories.member(page_at("verein")) if role == "member" else of_group(*{role} - {"nobody"})
    tester = page_at(slug, code).permissions_for_user(user)
    may = {
        "add": tester.can_add_subpage(),
        "edit": tester.can_edit(),
        "publish": tester.can_publish(),
        "delete": tester.can_delete(),
        "unpublish": tester.can_unpublish(),
    }
    assert {action for action, granted in may.items() if granted} == allowed


@pytest.mark.parametrize(
    ("role", "slug", "code", "status"),
    [
        (roles.PRESS, "artikel", "de", 200),
        (roles.PRESS, "artikel", "ar", 200),
        (roles.KI, "verein", "de", 200),
        (roles.KI, "artikel", "de", 302),
        (roles.translators("ar"), "artikel", "ar", 200),
        (roles.translators("ar"), "artikel", "de", 302),
        (roles.translators("ar"), "artikel", "tr", 302),
        (roles.ADMINISTRATORS, "artikel", "de", 200),
    ],
)
def test_the_editor_opens_for_who_may_edit(
    site: Site, client: Client, role: str, slug: str, code: str, status: int
) -> None:
    client.force_login(of_group(role))
    assert client.get(f"/admin/pages/{page_at(slug, code).pk}/edit/").status_code == status


def test_a_translator_sends_words_without_publishing_them(site: Site, client: Client) -> None:
    """Only the press puts words before visitors: whatever the form asks for, a draft comes of it."""
    client.force_login(of_group(roles.translators("ar")))
    page = page_at("artikel", "ar")
    address = f"/admin/pages/{page.pk}/edit/"
    form = content.workbench_fields(client, address, "خبر")
    client.post(address, {**form, "action": "publish", "action-publish": "1"})
    stored = NewsPage.objects.get(pk=page.pk)
    assert stored.title == page.title
    assert stored.get_latest_revision_as_object().title == "خبر"
    assert client.post(f"/admin/pages/{page.pk}/unpublish/").status_code in {302, 403}
    assert NewsPage.objects.get(pk=page.pk).live


@pytest.mark.parametrize("code", TRANSLATED)
def test_translators_of_each_language_get_their_pages_when_the_site_is_translated(code: str) -> None:
    site = factories.municipality()
    article = factories.translated(factories.article(factories.news_index(site)), code)
    assert article.permissions_for_user(of_group(roles.translators(code))).can_edit()
    granted = GroupPagePermission.objects.filter(group__role__key__startswith=roles.TRANSLATORS)
    assert set(granted.values_list("group__role__key", "page__locale__language_code", "permission__codename")) == {
        (roles.translators(code), code, "change_page")
    }


def test_the_directory_of_a_second_site_is_open_to_the_ki_as_well() -> None:
    clubs = [
        factories.organisation(factories.directory(factories.municipality(hostname=host)), slug="verein")
        for host in ("", "hemer.localhost")
    ]
    user = of_group(roles.KI)
    assert all(club.permissions_for_user(user).can_edit() for club in clubs)


# Pictures and documents


@pytest.mark.parametrize(
    ("role", "codenames"),
    [
        (roles.PRESS, set(roles.MEDIA)),
        (roles.ADMINISTRATORS, set(roles.MEDIA)),
        (roles.KI, {"add_image", "choose_image"}),
        (roles.translators("ar"), set()),
    ],
)
def test_what_a_role_may_do_with_pictures_and_documents(site: Site, role: str, codenames: set[str]) -> None:
    granted = GroupCollectionPermission.objects.filter(group__role__key=role, collection__depth=1)
    assert set(granted.values_list("permission__codename", flat=True)) == codenames


def test_no_member_has_a_right_on_a_collection_by_a_group(site: Site) -> None:
    groups = set(Group.objects.values_list("pk", flat=True))
    member = factories.member(page_at("verein"))
    assert not member.groups.exists()
    assert set(Group.objects.values_list("pk", flat=True)) == groups
    assert not GroupCollectionPermission.objects.exclude(group__in=groups).exists()


# Again and again


def state() -> dict[str, list[Any]]:
    return {
        "groups": list(Group.objects.order_by("pk").values_list("pk", "name")),
        "permissions": sorted(Group.permissions.through.objects.values_list("group", "permission")),
        "pages": sorted(GroupPagePermission.objects.values_list("group", "page", "permission")),
        "media": sorted(GroupCollectionPermission.objects.values_list("group", "collection", "permission")),
        "known": [Permission.objects.count()],
    }


def test_a_second_migrate_changes_nothing(site: Site) -> None:
    before = state()
    call_command("migrate", verbosity=0)
    assert state() == before


def test_what_people_changed_stays_changed(site: Site) -> None:
    press = roles.group_of(roles.PRESS)
    press.permissions.remove(Permission.objects.get(codename="change_sitesettings"))
    GroupPagePermission.objects.filter(group=press, permission__codename="lock_page").delete()
    GroupCollectionPermission.objects.filter(group=press).delete()
    Group.objects.create(name="Praktikum").permissions.add(Permission.objects.get(codename="access_admin"))
    before = state()
    roles.create_groups()
    assert state() == before


def test_a_group_that_was_deleted_comes_back_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cms.admin.guards.is_of_a_role", lambda group: False)  # as when it was deleted in the database
    before = set(roles.group_of(roles.PRESS).permissions.values_list("codename", flat=True))
    roles.group_of(roles.PRESS).delete()
    roles.create_groups()
    assert set(roles.group_of(roles.PRESS).permissions.values_list("codename", flat=True)) == before


def test_wagtails_groups_do_not_come_back_to_stay() -> None:
    Group.objects.create(name="Editors")
    roles.create_groups()
    assert not Group.objects.filter(name="Editors").exists()


def test_groups_are_made_after_every_migrate() -> None:
    receivers = [key[0] for key, *_ in post_migrate.receivers]
    assert "cms.roles" in receivers


# Updates


def test_an_update_gives_what_is_new_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    press = roles.group_of(roles.PRESS)
    press.permissions.remove(Permission.objects.get(codename="change_sitesettings"))
    assert not of_group(roles.PRESS).has_perm("cms.add_user")
    more = {**roles._model_permissions, roles.PRESS: (*roles._model_permissions[roles.PRESS], "cms.add_user")}
    monkeypatch.setattr(roles, "_model_permissions", more)
    roles.create_groups()
    assert of_group(roles.PRESS).has_perm("cms.add_user")
    assert not of_group(roles.PRESS).has_perm("cms.change_sitesettings")
    press.permissions.remove(Permission.objects.get(codename="add_user", content_type__app_label="cms"))
    roles.create_groups()
    assert not of_group(roles.PRESS).has_perm("cms.add_user"), "taken away on purpose"


def test_a_renamed_group_keeps_its_role() -> None:
    Group.objects.filter(role__key=roles.KI).update(name="Integrationszentrum")
    before = state()
    roles.create_groups()
    assert state() == before
    assert roles.group_of(roles.KI).name == "Integrationszentrum"


def test_a_group_older_than_the_notes_gets_new_models_and_keeps_what_was_taken_away() -> None:
    press = roles.group_of(roles.PRESS)
    roles.Role.objects.all().delete()
    press.permissions.remove(Permission.objects.get(codename="delete_topic"))
    press.permissions.remove(*Permission.objects.filter(content_type__model="place"))
    GroupPagePermission.objects.filter(group=press, permission__codename="lock_page").delete()
    roles.create_groups()
    user = of_group(roles.PRESS)
    assert roles.group_of(roles.PRESS) == press
    assert user.has_perm("dates.add_place") and not user.has_perm("directory.delete_topic")
    assert not GroupPagePermission.objects.filter(group=press, permission__codename="lock_page").exists()


def test_groups_are_named_for_people_who_read_german() -> None:
    assert roles.label(roles.translators("de-simple")) == "Übersetzung: Einfache Sprache"
    every = roles.keys()
    assert len({roles.label(key) for key in every}) == len(every)


def test_a_group_that_the_city_has_named_keeps_its_name() -> None:
    migration = importlib.import_module("cms.migrations.0028_group_names")
    press, arabic = roles.group_of(roles.PRESS), roles.group_of(roles.translators("ar"))
    Group.objects.filter(pk=press.pk).update(name="Unsere Redaktion")
    Group.objects.filter(pk=arabic.pk).update(name="Translators: ar")
    for step, name in ((migration.forwards, "Übersetzung: Arabisch"), (migration.backwards, "Translators: ar")):
        step(apps, None)
        assert Group.objects.get(pk=press.pk).name == "Unsere Redaktion"
        assert Group.objects.get(pk=arabic.pk).name == name

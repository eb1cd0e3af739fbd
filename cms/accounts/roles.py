"""The groups of staff and what each may do. Members of organisations have a group of their own each, elsewhere.

Wagtail's groups ``Editors`` and ``Moderators`` may edit everything from the root down, so they are removed, and with
them the workflow that asks the latter.

A role is found by its key; the name of its group is a label that a city may change. What a role was given once is
noted: an update gives only what is new, so that what a city has taken away stays away.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page, Workflow

from cms.localization import languages

PRESS = "press"
KI = "ki"
ADMINISTRATORS = "administrators"
LABELS = {PRESS: "Pressestelle", KI: "Integrationszentrum (KI)", ADMINISTRATORS: "Administration"}
"""Names of groups are kept in the database, hence in the language of the office, which may change them."""
TRANSLATORS = "translators-"
WAGTAIL_DEFAULTS = ("Editors", "Moderators")
WAGTAIL_WORKFLOW = "Moderators approval"

EDITING = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
MEDIA = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


class Role(models.Model):
    """What a group is for."""

    key = models.CharField(max_length=40, unique=True)
    group = models.OneToOneField(Group, models.CASCADE, related_name="role")

    def __str__(self) -> str:
        return self.key


class GivenRight(models.Model):
    """A right that a role was given by the program, whether or not the city has left it there."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="given")
    right = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "right"], name="given_right_once")]

    def __str__(self) -> str:
        return f"{self.role_id}: {self.right}"


def translators(code: str) -> str:
    """Key of the translators into language ``code``."""
    return f"{TRANSLATORS}{code}"


def keys() -> list[str]:
    codes = [language.code for language in languages.LANGUAGES if language.code != languages.SOURCE]
    return [*LABELS, *map(translators, codes)]


def label(key: str) -> str:
    """The name with which the group of a role begins."""
    return LABELS.get(key) or f"Übersetzung: {languages.name_in(key.removeprefix(TRANSLATORS), languages.SOURCE)}"


def key_of(group: Group) -> str:
    """The key of the role that ``group`` stands for; empty for any other group."""
    role = Role.objects.filter(group=group).first()
    return role.key if role else ""


def group_of(key: str) -> Group:
    """The group of a role; made when it is missing."""
    role = Role.objects.filter(key=key).select_related("group").first()
    return role.group if role else _begin(key).group


def _begin(key: str) -> Role:
    """A role with an empty group; one of its name that is older than roles becomes its group, as it is."""
    with transaction.atomic():
        group, is_new = Group.objects.get_or_create(name=label(key))
        role, _created = Role.objects.get_or_create(key=key, defaults={"group": group})
        if not is_new:
            _note_what_it_was_given(role)
    return role


# Giving


def grant(group: Group, *codenames: str) -> None:
    """Gives ``group`` model permissions by ``app_label.codename``."""
    for name in codenames:
        app_label, codename = name.split(".")
        group.permissions.add(Permission.objects.get(content_type__app_label=app_label, codename=codename))


def grant_pages(group: Group, page: Page, codenames: Iterable[str]) -> None:
    """Gives ``group`` Wagtail page permissions on ``page`` and all below it."""
    for codename in codenames:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def grant_media(group: Group, collection: Collection, codenames: Iterable[str] = MEDIA) -> None:
    """Gives ``group`` permissions on the pictures and documents of ``collection`` and those below it."""
    for codename in codenames:
        app_label = "cms" if codename.endswith("image") else "wagtaildocs"
        permission = Permission.objects.get(content_type__app_label=app_label, codename=codename)
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)


def all_of(app_label: str, model: str) -> tuple[str, ...]:
    """Names of the permissions to add, change, delete and view ``model``."""
    return tuple(f"{app_label}.{action}_{model}" for action in ("add", "change", "delete", "view"))


_model_permissions: dict[str, tuple[str, ...]] = {}


def register(role: str, *codenames: str) -> None:
    """Called by each app, when it is ready, for what a role may do with its models.

    Administrators may what any role may: nobody gives a right that they do not have, and they give the roles.
    """
    for key in {role, ADMINISTRATORS}:
        _model_permissions[key] = (*_model_permissions.get(key, ()), *codenames)


SETTINGS = ("cms.change_sitesettings", "cms.change_emergencynumbers")
register(PRESS, "wagtailadmin.access_admin", *SETTINGS, *all_of("cms", "contactpoint"))
register(PRESS, *all_of("cms", "synonymgroup"))
register(KI, "wagtailadmin.access_admin")
register(ADMINISTRATORS, "cms.view_letter", "cms.change_letter", "cms.change_opendatasettings")
register(ADMINISTRATORS, *all_of("cms", "user"), *all_of("auth", "group"), *all_of("wagtailcore", "site"))
register(ADMINISTRATORS, "django_tasks_database.change_dbtaskresult")


def rights_of(key: str) -> list[str]:
    """What a role should have: model permissions by name; on all pages ``page:…``, on all files ``media:…``."""
    if key.startswith(TRANSLATORS):
        return ["wagtailadmin.access_admin"]
    rights = list(dict.fromkeys(_model_permissions[key]))
    if key != KI:
        rights += [f"page:{codename}" for codename in EDITING] + [f"media:{codename}" for codename in MEDIA]
    return rights


def give_what_is_new(role: Role) -> list[str]:
    """Gives what the role should have and was never given before; says what that was."""
    before = set(role.given.values_list("right", flat=True))
    new = [right for right in rights_of(role.key) if right not in before]
    with transaction.atomic():
        for right in new:
            kind, _colon, codename = right.rpartition(":")
            if kind == "page":
                grant_pages(role.group, Page.get_first_root_node(), (codename,))
            elif kind == "media":
                grant_media(role.group, Collection.get_first_root_node(), (codename,))
            else:
                grant(role.group, right)
        GivenRight.objects.bulk_create([GivenRight(role=role, right=right) for right in new], ignore_conflicts=True)
    return new


def _note_what_it_was_given(role: Role) -> None:
    """For a group that is older than these notes. It was given all that it has, and once had, on pages and files.

    Of a model, it was given all or nothing: where it has some rights, the others were taken away on purpose; where it
    has none, the model is newer than the group.
    """
    held = {f"{each.content_type.app_label}.{each.codename}": each.content_type_id for each in _permissions(role.group)}
    models_known, noted = set(held.values()), []
    for right in rights_of(role.key):
        app_label, _dot, codename = right.partition(".")
        found = Permission.objects.filter(content_type__app_label=app_label, codename=codename).first()
        if ":" in right or right in held or (found is not None and found.content_type_id in models_known):
            noted.append(GivenRight(role=role, right=right))
    GivenRight.objects.bulk_create(noted, ignore_conflicts=True)


def _permissions(group: Group) -> models.QuerySet[Permission]:
    return group.permissions.select_related("content_type")


def create_groups(**_signal: Any) -> None:
    """After migrations: the groups of the role table that do not depend on content, and what is new for them.

    Safe to repeat. A group is left as the city has made it, but for what it could not know yet.
    """
    Group.objects.filter(name__in=WAGTAIL_DEFAULTS, role=None).delete()
    Workflow.objects.filter(name=WAGTAIL_WORKFLOW).delete()  # what it approves would reach nobody
    GroupApprovalTask.objects.filter(name=WAGTAIL_WORKFLOW, groups=None).delete()
    if Page.get_first_root_node() is None or Collection.get_first_root_node() is None:
        return  # Wagtail's own migrations have not run yet (a partial migrate)
    for app_config in apps.get_app_configs():
        create_permissions(app_config, verbosity=0)
    known = {role.key: role for role in Role.objects.select_related("group")}
    for key in keys():
        give_what_is_new(known.get(key) or _begin(key))

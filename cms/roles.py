"""The groups of staff and what each may do. Members of organisations have a group of their own each, elsewhere.

Wagtail's groups ``Editors`` and ``Moderators`` may edit everything from the root down, so they are removed, and with
them the workflow that asks the latter.
"""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page, Workflow

from cms import languages

PRESS = "Press office"
KI = "Integration centre (KI)"
ADMINISTRATORS = "Administrators"
WAGTAIL_DEFAULTS = ("Editors", "Moderators")
WAGTAIL_WORKFLOW = "Moderators approval"

EDITING = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
MEDIA = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


def translators(code: str) -> str:
    """Name of the group of translators into language ``code``."""
    return f"Translators: {code}"


def grant(group: Group, *codenames: str) -> None:
    """Gives ``group`` model permissions by ``app_label.codename``."""
    for name in codenames:
        app_label, codename = name.split(".")
        group.permissions.add(Permission.objects.get(content_type__app_label=app_label, codename=codename))


def grant_pages(group: Group, page: Page, codenames: tuple[str, ...]) -> None:
    """Gives ``group`` Wagtail page permissions on ``page`` and all below it."""
    for codename in codenames:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def grant_media(group: Group, collection: Collection, codenames: tuple[str, ...] = MEDIA) -> None:
    """Gives ``group`` permissions on the pictures and documents of ``collection`` and those below it."""
    for codename in codenames:
        app_label = "cms" if codename.endswith("image") else "wagtaildocs"
        permission = Permission.objects.get(content_type__app_label=app_label, codename=codename)
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)


def all_of(app_label: str, model: str) -> tuple[str, ...]:
    """Names of the permissions to add, change, delete and view ``model``."""
    return tuple(f"{app_label}.{action}_{model}" for action in ("add", "change", "delete", "view"))


_model_permissions: dict[str, tuple[str, ...]] = {}


def register(group_name: str, *codenames: str) -> None:
    """Called by each app, when it is ready, for what a role may do with its models."""
    _model_permissions[group_name] = (*_model_permissions.get(group_name, ()), *codenames)


for _name in (PRESS, ADMINISTRATORS):
    register(_name, "wagtailadmin.access_admin", "cms.change_sitesettings", *all_of("cms", "contactpoint"))
register(KI, "wagtailadmin.access_admin")
register(ADMINISTRATORS, "cms.view_letter", "cms.change_letter")
register(ADMINISTRATORS, *all_of("cms", "user"), *all_of("auth", "group"), *all_of("wagtailcore", "site"))


def create_groups(**_signal: Any) -> None:
    """After migrations: the groups of the role table that do not depend on content; safe to repeat.

    A group that exists is left as the city has made it.
    """
    Group.objects.filter(name__in=WAGTAIL_DEFAULTS).delete()
    Workflow.objects.filter(name=WAGTAIL_WORKFLOW).delete()  # what it approves would reach nobody
    GroupApprovalTask.objects.filter(name=WAGTAIL_WORKFLOW, groups=None).delete()
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    if root is None or collection is None:
        return  # Wagtail's own migrations have not run yet (a partial migrate)
    for app_config in apps.get_app_configs():
        create_permissions(app_config, verbosity=0)
    for name in (PRESS, KI, ADMINISTRATORS):
        group, created = Group.objects.get_or_create(name=name)
        if created:
            grant(group, *_model_permissions[name])
            if name != KI:
                grant_pages(group, root, EDITING)
                grant_media(group, collection)
    for language in languages.LANGUAGES:
        if language.code != languages.SOURCE:
            group, created = Group.objects.get_or_create(name=translators(language.code))
            if created:
                grant(group, "wagtailadmin.access_admin")

"""Who may do what in the directory."""

from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef
from wagtail.models import Collection, GroupPagePermission, Page, PageQuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms import roles
from cms.page_permissions import EditorPermissionTester
from cms.request_memory import remembered

KI_PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")
MEMBER_PAGE_PERMISSIONS = ("add_page", "change_page")
MEMBER_MEDIA_PERMISSIONS = ("add_image", "choose_image")
SITE_ROOT_DEPTH = 2


class RecordPermissionTester(EditorPermissionTester):
    """Who keeps the records adds and changes them; taking one away is for those who edit the whole site.

    So is bringing one back that was taken offline. Nobody publishes past a review in which they have no part, and no
    member who is staff as well past that of their own.
    """

    def can_publish(self) -> bool:
        if not super().can_publish() or self.is_past_review():
            return False
        return self.page.pk not in _taken_offline() or self.keeps_site()

    def keeps_site(self) -> bool:
        home = self.page.path[: SITE_ROOT_DEPTH * Page.steplen]
        rights = self.permission_policy.get_cached_permissions_for_user(self.user) if self.user.is_active else ()
        if any(each.permission.codename == "change_page" and home.startswith(each.page.path) for each in rights):
            return True
        return remembered(("keeps site", self.user.pk, home), self._asks_who_keeps_site)

    def _asks_who_keeps_site(self) -> bool:
        home = self.page.get_ancestors().get(depth=SITE_ROOT_DEPTH)
        return bool(home.permissions_for_user(self.user).can_edit())

    def is_past_review(self) -> bool:
        task = self.page.current_workflow_task
        if task is None:
            return False
        is_own = is_member(self.user, self.page) and is_own_submission(self.user, self.page)
        return bool(is_own or task.locked_for_user(self.page, self.user))

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and self.keeps_site()

    def can_unpublish(self) -> bool:
        return super().can_unpublish() and self.keeps_site()

    def can_move(self) -> bool:
        return super().can_move() and self.keeps_site()

    def can_set_view_restrictions(self) -> bool:
        return super().can_set_view_restrictions() and self.keeps_site()


def _taken_offline() -> frozenset[int]:
    """Of all organisations, since a list asks about each of its rows."""
    records = apps.get_model("directory", "OrganisationRecord").objects.filter(offline_since__isnull=False)
    return remembered(("taken offline",), lambda: frozenset(records.values_list("organisation_id", flat=True)))


class DirectoryPermissionTester(RecordPermissionTester):
    """The entrance itself belongs to those who edit the whole site."""

    def can_edit(self) -> bool:
        return super().can_edit() and self.keeps_site()

    def can_publish(self) -> bool:
        return super().can_publish() and self.keeps_site()


MEMBERS_OF = "Organisation "


def group_name(organisation: Page) -> str:
    """Name of the group of an organisation's members; bound to the page, not to its name."""
    return f"{MEMBERS_OF}{organisation.translation_key}"


def is_member(user: Any, organisation: Page) -> bool:
    """Whether ``user`` belongs to the organisation (its source page); staff are no members."""
    return bool(user.is_active and user.groups.filter(name=group_name(organisation)).exists())


def is_vacant(organisation: Page) -> bool:
    """Whether nobody looks after the organisation (its source page)."""
    return not get_user_model().objects.filter(groups__name=group_name(organisation), is_active=True).exists()


def has_members() -> Exists:
    """Condition: somebody looks after the organisation of this row (a source page); for queries that read it anyway."""
    groups = GroupPagePermission.objects.filter(page=OuterRef("pk"), group__name__startswith=MEMBERS_OF)
    return Exists(groups.filter(group__user__is_active=True))


def organisations_of(user: Any) -> list[str]:
    """Translation keys of the organisations that ``user`` belongs to."""
    names = user.groups.filter(name__startswith=MEMBERS_OF).values_list("name", flat=True) if user.is_active else ()
    return [name.removeprefix(MEMBERS_OF) for name in names]


def has_role(user: Any) -> bool:
    """Whether the city has given ``user`` a role, beside what organisations they belong to."""
    return bool(user.is_superuser or user.groups.exclude(name__startswith=MEMBERS_OF).exists())


def keeps_directory(user: Any, directory: Page) -> bool:
    """Whether ``user`` looks after organisations for the city: adds them, as no member or translator does."""
    return bool(user.has_perm("wagtailadmin.access_admin") and directory.permissions_for_user(user).can_add_subpage())


def keeps_record(user: Any, organisation: Page) -> bool:
    """Whether ``user`` looks after this organisation for the city: verifies, invites, decides about requests."""
    return keeps_directory(user, organisation.get_parent().specific)


def directories_kept_by(user: Any) -> PageQuerySet:
    """All of which ``keeps_directory`` holds, in one query."""
    addable = PagePermissionPolicy().instances_user_has_permission_for(user, "add")
    if not user.has_perm("wagtailadmin.access_admin"):
        addable = addable.none()
    return addable.filter(content_type__app_label="directory", content_type__model="directorypage")


def may_keep_some_directory(user: Any) -> bool:
    """Whether a menu offers the work with organisations: asks the database nothing that Wagtail has not asked."""
    return bool(user.has_perm("wagtailadmin.access_admin") and PagePermissionPolicy().user_has_permission(user, "add"))


def may_invite(user: Any, organisation: Page) -> bool:
    """Members invite their colleagues, the offices whom they know."""
    return is_member(user, organisation) or keeps_record(user, organisation)


def may_import(user: Any, directory: Page) -> bool:
    """Take lists of organisations in and out."""
    return keeps_directory(user, directory)


def may_publish_imports(user: Any, directory: Page) -> bool:
    """Let a list go live without anybody looking at each organisation."""
    return may_import(user, directory) and bool(directory.permissions_for_user(user).can_publish_subpage())


def is_own_submission(user: Any, page: Page) -> bool:
    """Whether ``user`` has sent what of ``page`` waits for review, or written it."""
    review = page.current_workflow_state
    if review is None or review.current_task_state is None:
        return False
    return user.pk in (review.requested_by_id, review.current_task_state.revision.user_id)


def may_review(user: Any, page: Page) -> bool:
    """Whether ``user`` decides about what of ``page`` waits: the groups of its task do, never about their own."""
    task = page.current_workflow_task if user.is_active else None
    return task is not None and any(name == "approve" for name, *_ in task.get_actions(page, user))


def grant_ki(directory: Page) -> None:
    """Lets the integration centre keep the records of a directory; news stays with the press."""
    group = roles.group_of(roles.KI)
    roles.grant_pages(group, directory, KI_PAGE_PERMISSIONS)
    collection = Collection.get_first_root_node()
    if collection is not None:
        roles.grant_media(group, collection, ("add_image", "choose_image"))


def group_of(organisation: Page) -> Group:
    """The group of an organisation's members, with its rights: change the profile, add pictures of its own."""
    group, created = Group.objects.get_or_create(name=group_name(organisation))
    if created:
        roles.grant_pages(group, organisation, MEMBER_PAGE_PERMISSIONS)
        collection = Collection.get_first_root_node().add_child(name=str(organisation)[:255])
        roles.grant_media(group, collection, MEMBER_MEDIA_PERMISSIONS)
    return group


def on_directory_saved(instance: Any, created: bool, raw: bool = False, **_signal: Any) -> None:
    if created and not raw and instance.facts is instance:
        grant_ki(instance)

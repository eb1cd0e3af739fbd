"""Who may do what in the directory."""

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef
from wagtail.models import Collection, Page, PageQuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.accounts import roles
from cms.admin.page_permissions import EditorPermissionTester
from cms.database.request_memory import remembered

KI_PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")
MEMBER_RIGHTS = frozenset({"add", "change"})
"""On the organisation's page and all below it: events are added there. Never to publish, and none in the admin."""
SITE_ROOT_DEPTH = 2


class RecordPermissionTester(EditorPermissionTester):
    """Who keeps the records adds and changes them; taking one away is for those who edit the whole site.

    So is bringing one back that was taken offline. Nobody publishes past a review in which they have no part, and no
    member who is staff as well past that of their own. What members may follows from their membership and nothing else.
    """

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        is_asked = user.is_active and not user.is_superuser and not set(self.permissions) >= MEMBER_RIGHTS
        if is_asked and page.path.startswith(_paths_of(user)):
            self.permissions |= MEMBER_RIGHTS

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


def may_take_down(user: Any, organisation: Page) -> bool:
    return bool(organisation.permissions_for_user(user).can_unpublish())


def may_bring_back(user: Any, organisation: Page) -> bool:
    """Who could have taken it offline, while it is."""
    record = getattr(organisation, "record", None)
    return record is not None and record.offline_since is not None and keeps_offline(user, organisation)


def keeps_offline(user: Any, organisation: Page) -> bool:
    """Who takes it off the site and brings it back, however it stands now."""
    rights = organisation.permissions_for_user(user)
    return bool(rights.can_publish() and rights.keeps_site())


class DirectoryPermissionTester(RecordPermissionTester):
    """The entrance itself belongs to those who edit the whole site."""

    def can_edit(self) -> bool:
        return super().can_edit() and self.keeps_site()

    def can_publish(self) -> bool:
        return super().can_publish() and self.keeps_site()


# Members


def _memberships() -> Any:
    return apps.get_model("directory", "Membership").objects


def _paths_of(user: Any) -> tuple[str, ...]:
    """Where the pages of the organisations of ``user`` stand in the tree; kept at the person, as Wagtail keeps rights,
    since a list asks about each of its rows.
    """
    if not hasattr(user, "_member_paths"):
        user._member_paths = tuple(_memberships().filter(user=user).values_list("organisation__path", flat=True))
    paths: tuple[str, ...] = user._member_paths
    return paths


def rights_on_pages(user: Any) -> list[tuple[str, str]]:
    """What a membership gives, also of an account that is switched off: nobody changes who has more than they do."""
    paths = [membership.organisation.path for membership in user.memberships.all()]  # which lists read ahead
    return [(path, f"{right}_page") for path in paths for right in sorted(MEMBER_RIGHTS)]


def forget_memberships(user: Any) -> None:
    """They have just changed."""
    user.__dict__.pop("_member_paths", None)


def is_member(user: Any, organisation: Page) -> bool:
    """Whether ``user`` belongs to the organisation; staff are no members."""
    return bool(user.is_active and _memberships().of(organisation).filter(user=user.pk).exists())


def is_vacant(organisation: Page) -> bool:
    """Whether nobody looks after the organisation."""
    return not _memberships().of(organisation).active().exists()


def has_members() -> Exists:
    """Condition: somebody looks after the organisation of this row (a source page); for queries that read it anyway."""
    return Exists(_memberships().active().filter(organisation=OuterRef("pk")))


def organisations_of(user: Any) -> list[str]:
    """Translation keys of the organisations that ``user`` belongs to; those in the bin too, until they are gone."""
    keys = _memberships().filter(user=user.pk).values_list("organisation__translation_key", flat=True)
    return [str(key) for key in keys] if user.is_active else []


def has_role(user: Any) -> bool:
    """Whether the city has given ``user`` a role, beside what organisations they belong to."""
    return bool(user.is_superuser or user.groups.exists())


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


def edits_profile(user: Any, organisation: Page) -> bool:
    return bool(organisation.permissions_for_user(user).can_edit())


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


def on_directory_saved(instance: Any, created: bool, raw: bool = False, **_signal: Any) -> None:
    if created and not raw and instance.facts is instance:
        grant_ki(instance)

"""Who may change whose account and which group: nobody gives a right that they do not have, or takes over who has more.

Rights are read from what was given, not asked of the backend: an account that is switched off has the rights that it
would have when it is switched on.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupCollectionPermission, GroupPagePermission, GroupSitePermission

from cms.accounts import User
from cms.database.request_memory import remembered

Below = frozenset[tuple[str, str]]
"""Rights on a tree: the path from which they hold downwards, and what they allow."""


@dataclass(frozen=True)
class Rights:
    """What somebody may: everything, or these model permissions, and these on pages, collections and Sites."""

    everything: bool = False
    models: frozenset[int] = frozenset()
    pages: Below = frozenset()
    collections: Below = frozenset()
    sites: frozenset[tuple[int, int]] = frozenset()

    def covers(self, other: "Rights") -> bool:
        if self.everything or other.everything:
            return self.everything
        return (
            other.models <= self.models
            and _covers(self.pages, other.pages)
            and _covers(self.collections, other.collections)
            and all(pair in self.sites or pair[1] in self.models for pair in other.sites)
        )


def _covers(mine: Below, others: Below) -> bool:
    return all(any(path.startswith(root) and what == mine_what for root, mine_what in mine) for path, what in others)


_pages: list[Callable[[User], Iterable[tuple[str, str]]]] = []


def register_pages(rights: Callable[[User], Iterable[tuple[str, str]]]) -> None:
    """Rights on pages that somebody has by no group: where in the tree, and what they allow."""
    _pages.append(rights)


def rights_of_groups(groups: Iterable[Group]) -> Rights:
    numbers = [group.pk for group in groups]
    pages = GroupPagePermission.objects.filter(group__in=numbers)
    collections = GroupCollectionPermission.objects.filter(group__in=numbers)
    return Rights(
        models=frozenset(Permission.objects.filter(group__in=numbers).values_list("pk", flat=True)),
        pages=frozenset(pages.values_list("page__path", "permission__codename")),
        collections=frozenset(
            (path, str(permission)) for path, permission in collections.values_list("collection__path", "permission")
        ),
        sites=frozenset(GroupSitePermission.objects.filter(group__in=numbers).values_list("site", "permission")),
    )


def rights_of(user: User) -> Rights:
    if user.is_superuser:
        return Rights(everything=True)
    groups = list(user.groups.all())
    key = ("rights of groups", frozenset(group.pk for group in groups))
    given = remembered(key, lambda: rights_of_groups(groups))
    own = frozenset(permission.pk for permission in user.user_permissions.all())
    pages = frozenset(right for rights in _pages for right in rights(user))
    return replace(given, models=given.models | own, pages=given.pages | pages)


def may_manage(actor: User, person: User) -> bool:
    """Change, switch off or delete an account; whoever sets its password or its address can use all its rights."""
    if actor == person:
        return True
    mine = remembered(("rights", actor.pk), lambda: rights_of(actor))
    return mine.everything or mine.covers(rights_of(person))


def may_give(actor: User, group: Group) -> bool:
    """Put people into a group, change what it may, or delete it."""
    return rights_of(actor).covers(rights_of_groups([group]))


def groups_to_give(actor: User) -> list[Group]:
    mine = rights_of(actor)
    return [group for group in Group.objects.all() if mine.covers(rights_of_groups([group]))]


def may_make_superusers(actor: User) -> bool:
    return bool(actor.is_active and actor.is_superuser)

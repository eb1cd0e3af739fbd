"""Who sees what lies in the bin, restores it or removes it for good: who could delete it where it stood."""

from copy import copy
from typing import Any

from wagtail.documents.permissions import permission_policy as documents
from wagtail.images.permissions import permission_policy as images
from wagtail.models import Page

from cms.bin import media, tree
from cms.bin.models import BinEntry, BinKind


def may_decide(user: Any, entry: BinEntry) -> bool:
    """Restoring makes public again what was public, so it needs the right to publish as well."""
    if not user.is_active:
        return False
    if entry.kind == BinKind.PAGE:
        return _may_decide_about_page(user, entry)
    policy = images if entry.kind == BinKind.PICTURE else documents
    return bool(policy.user_has_permission_for_instance(user, "delete", media.row_of(entry)))


def _may_decide_about_page(user: Any, entry: BinEntry) -> bool:
    if user.is_superuser:
        return True
    former = Page.objects.filter(tree.OUTSIDE, pk__in=entry.kept["parents"]).order_by("-depth").first()
    if former is None:
        return False
    page = copy(entry.page.specific)
    # As if it stood there still: rights are read from the path.
    page.path, page.depth = former.path + page.path[-Page.steplen :], former.depth + 1
    page.url_path = f"{former.url_path}{page.slug}/"
    page.live = bool(entry.kept["live"])
    tester = page.permissions_for_user(user)
    is_own = page.owner_id == user.pk and page.is_leaf()
    if not tester.can_delete() or not ("change" in tester.permissions or is_own):
        return False
    return not entry.kept["live"] or bool(tester.can_publish())


def entries_for(user: Any) -> list[BinEntry]:
    entries = BinEntry.objects.select_related("deleted_by", "page__content_type")
    return [entry for entry in entries if may_decide(user, entry)]

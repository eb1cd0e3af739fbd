"""What is done with several pages, pictures or documents: Wagtail's own acts, asking as often for fifty as for two.

Rights on pages are those of each kind of page, as when one is opened; Wagtail asks only those that all kinds share.
"""

from collections import Counter
from os.path import commonprefix
from typing import Any

from django.db.models import Model
from django.shortcuts import get_list_or_404
from wagtail.admin.views.pages.bulk_actions import (
    DeleteBulkAction,
    MoveBulkAction,
    PublishBulkAction,
    UnpublishBulkAction,
)
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.documents.views import bulk_actions as documents
from wagtail.images.views import bulk_actions as images
from wagtail.models import Page

from cms.bin import usage


class AllAtOnce:
    """Goes before an action of Wagtail's; ``counts`` names what its question says of the pages below each."""

    counts = ""
    which_live: tuple[bool, ...] = (True, False)
    below: Counter[int]

    @classmethod
    def get_queryset(cls, model: type[Page], object_ids: Any) -> list[Page]:
        chosen = model.objects.filter(pk__in=object_ids)
        return get_list_or_404(chosen.specific().annotate_approved_schedule().prefetch_workflow_states())

    def annotate_items(self, items: list[Page]) -> list[Page]:
        self.below = _below(items, self.which_live)
        return super().annotate_items(items)  # type: ignore[misc,no-any-return]

    def object_context(self, page: Page) -> dict[str, Any]:
        return {**PageBulkAction.object_context(self, page), self.counts: self.below[page.pk]}


def _below(pages: list[Page], which_live: tuple[bool, ...]) -> Counter[int]:
    """How many pages are below each."""
    by_path = {page.path: page.pk for page in pages}
    above_all = commonprefix(list(by_path))  # noqa: RUF071 (paths of the tree, not of files)
    rows = Page.objects.filter(path__startswith=above_all, live__in=which_live)
    paths = rows.order_by().values_list("path", flat=True) if any(page.numchild for page in pages) else ()
    above = (path[:end] for path in paths for end in range(Page.steplen, len(path), Page.steplen))
    return Counter(by_path[path] for path in above if path in by_path)


class Delete(AllAtOnce, DeleteBulkAction):
    counts = "descendant_count"

    def object_context(self, page: Page) -> dict[str, Any]:
        named = page._usage_references
        used = {"usage_count": named.count(), "usage_url": self.get_usage_url(page), "is_protected": named.is_protected}
        return {**super().object_context(page), **used}


class Publish(AllAtOnce, PublishBulkAction):
    counts, which_live = "draft_descendant_count", (False,)


class Unpublish(AllAtOnce, UnpublishBulkAction):
    counts, which_live = "live_descendant_count", (True,)


class Move(AllAtOnce, MoveBulkAction):
    counts = "child_pages"


# Pictures and documents


class WithCollections:
    """Goes before an action of Wagtail's: rights on files are read from their collection."""

    @classmethod
    def get_queryset(cls, model: type[Model], object_ids: Any) -> list[Any]:
        return get_list_or_404(model._default_manager.filter(pk__in=object_ids).select_related("collection"))


class WithUsage(WithCollections):
    may_go = 0
    """How many of the chosen are not shown to visitors; without one there is nothing to press."""

    def annotate_items(self, items: list[Any]) -> list[Any]:
        items = super().annotate_items(items)  # type: ignore[misc]
        found = usage.of_all(items) if items else {}
        for item in items:
            item.used = found[item.pk]
            self.may_go += not item.used.public
            item.get_usage = {"count": len(item.used.public) + len(item.used.drafts)}  # the question asks for no more
        return items


class DeletePictures(WithUsage, images.DeleteBulkAction):
    pass


class MovePictures(WithCollections, images.AddToCollectionBulkAction):
    pass


class TagPictures(WithCollections, images.AddTagsBulkAction):
    pass


class DeleteDocuments(WithUsage, documents.DeleteBulkAction):
    pass


class MoveDocuments(WithCollections, documents.AddToCollectionBulkAction):
    pass


class TagDocuments(WithCollections, documents.AddTagsBulkAction):
    pass


PAGES = (Delete, Publish, Unpublish, Move)
FILES = (DeletePictures, MovePictures, TagPictures, DeleteDocuments, MoveDocuments, TagDocuments)
ACTIONS = (*PAGES, *FILES)

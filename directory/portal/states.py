"""How pages of members stand: public, waiting for review, to be changed, not sent."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, WorkflowState

from cms.pages.base_page import BasePage

Kind = Literal["draft", "waiting", "changes_requested", "rejected", "live", "offline"]


@dataclass(frozen=True)
class PageState:
    """Where a page of members stands. ``comment`` is the reviewer's (or the reason for taking it offline).

    ``has_unpublished_changes``: there is a draft that is neither public nor under review. ``is_changed_since``: members
    have written on since ``since``. ``revision_id`` is what waits, while something does.
    """

    kind: Kind
    comment: str = ""
    since: dt.datetime | None = None
    has_unpublished_changes: bool = False
    is_changed_since: bool = False
    revision_id: int | None = field(default=None, compare=False)

    @property
    def is_asked(self) -> bool:
        """Whether it is for the members to act upon what a reviewer has said."""
        return self.kind in ("changes_requested", "rejected")

    @property
    def can_send(self) -> bool:
        """What was sent back is sent again when something of it has changed."""
        return self.has_unpublished_changes and self.kind != "offline" and (not self.is_asked or self.is_changed_since)


def state_of(page: BasePage) -> PageState:
    """The state of a source page as its members read it."""
    return states_of([page])[page.pk]


def states_of(pages: Iterable[BasePage]) -> dict[int, PageState]:
    """Those of several pages by their numbers; one query, and one for each organisation among them."""
    pages = list(pages)
    reviews = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), object_id__in=[str(page.pk) for page in pages]
    )
    decided = reviews.select_related("current_task_state__reviewtaskstate")
    last = {review.object_id: review for review in decided.order_by("created_at", "pk")}
    return {page.pk: _state(page, last.get(str(page.pk))) for page in pages}


def _state(page: BasePage, review: WorkflowState | None) -> PageState:
    drafted = page.has_unpublished_changes
    if is_taken_down(page):
        record = page.record  # is_offline has found it
        return PageState("offline", record.offline_reason, record.offline_since, drafted)
    decision: Any = review and review.current_task_state
    status = review.status if review is not None else ""
    if status == WorkflowState.STATUS_IN_PROGRESS:
        sent, is_behind = decision.revision_id, page.latest_revision_id != decision.revision_id
        return PageState("waiting", since=decision.started_at, has_unpublished_changes=is_behind, revision_id=sent)
    is_final = getattr(getattr(decision, "reviewtaskstate", None), "is_final", False)
    is_refused = is_final and not _is_older(decision, page)
    if status == WorkflowState.STATUS_NEEDS_CHANGES or is_refused:
        kind: Kind = "rejected" if is_refused else "changes_requested"
        written, decided = page.latest_revision_created_at, decision.finished_at
        return PageState(kind, decision.comment, decided, drafted, bool(written and decided and written > decided))
    if page.live:
        return PageState("live", since=page.last_published_at, has_unpublished_changes=drafted)
    return PageState("draft", since=page.latest_revision_created_at, has_unpublished_changes=True)


def is_taken_down(page: BasePage) -> bool:
    """Whether the city has taken this organisation off the site."""
    record = getattr(page, "record", None)
    return record is not None and record.offline_since is not None and not page.live


def _is_older(decision: Any, page: BasePage) -> bool:
    return bool(page.live and page.last_published_at and page.last_published_at > decision.finished_at)

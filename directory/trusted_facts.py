"""Trusted organisations: their facts go live at once, their words are always reviewed.

What is published is the live version with those facts, never a word of the draft. What waits for review gets the same
facts, or its approval would bring the old ones back; and the draft stays the latest revision.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from wagtail.models import Page, WorkflowState

from directory.record import OrganisationRecord

FACTS = frozenset(
    "phone email website whatsapp social_links street postal_code city district latitude longitude step_free "
    "topics languages_spoken is_cancelled".split()
)
"""Fields that hold no words."""

ROWS = {"offers": ("weekday", "starts", "ends", "language_codes")}
"""Facts of child rows. A row that is gone goes at once; a new one has words and waits."""

BOOKKEEPING = ("latest_revision", "latest_revision_created_at", "live_revision", "last_published_at", "draft_title")

Content = dict[str, Any]


def with_facts(content: Content, draft: Content, fields: Iterable[str]) -> Content:
    """``content`` with the facts among ``fields`` as they are in ``draft``."""
    result = dict(content)
    for name in fields:
        if name in FACTS and name in content and name in draft:
            result[name] = draft[name]
        elif name in ROWS and name in content and name in draft:
            result[name] = _rows(content[name], draft[name], ROWS[name])
    return result


def _rows(rows: list[Content], drafted: list[Content], facts: tuple[str, ...]) -> list[Content]:
    by_key = {row["translation_key"]: row for row in drafted}
    return [
        {**row, **{name: by_key[row["translation_key"]][name] for name in facts}}
        for row in rows
        if row["translation_key"] in by_key
    ]


def says_the_same(one: Content, other: Content) -> bool:
    return {**one, **dict.fromkeys(BOOKKEEPING)} == {**other, **dict.fromkeys(BOOKKEEPING)}


def is_trusted(page: Page) -> bool:
    """Whether the organisation whose page (or event) this is may publish its facts."""
    return OrganisationRecord.objects.filter(
        organisation__in=page.get_ancestors(inclusive=True), is_trusted=True
    ).exists()


@transaction.atomic
def publish_trusted_facts(*, page: Page, user: Any, fields: Iterable[str]) -> bool:
    """Publishes those of ``fields`` (of the latest draft) that are facts; False when nothing of it may or needs to.

    Only for pages that are public, of organisations that the city trusts.
    """
    page = Page.objects.select_for_update().get(pk=page.pk).specific
    if not page.live or page.locked or page.latest_revision is None or not is_trusted(page):
        return False
    draft, live = page.latest_revision, page.serializable_data()
    content = with_facts(live, draft.content, fields)
    if says_the_same(content, live):
        return False
    review = page.workflow_states.filter(status__in=("in_progress", "needs_changes")).first()
    _publish(page, content, user, review)
    if review is not None:
        _amend(page, review, draft, fields)
    if not says_the_same(content, draft.content):
        _save(page, draft.content, draft.user)
    return True


def _publish(page: Page, content: Content, user: Any, review: WorkflowState | None) -> None:
    """Wagtail ends a review with any publication; this one passes it by."""
    reviews = WorkflowState.objects.filter(pk=review.pk if review else None)
    reviews.update(status=WorkflowState.STATUS_APPROVED)
    _save(page, content, user).publish(user=user)
    if review is not None:
        reviews.update(status=review.status)


def _amend(page: Page, review: WorkflowState, draft: Any, fields: Iterable[str]) -> None:
    task_state = review.current_task_state
    sent = task_state.revision
    task_state.revision = _save(page, with_facts(sent.content, draft.content, fields), sent.user)
    task_state.save(update_fields=["revision"])


def _save(page: Page, content: Content, user: Any) -> Any:
    current = type(page).objects.get(pk=page.pk)
    return current.with_content_json(content).save_revision(user=user, log_action=False, clean=False)

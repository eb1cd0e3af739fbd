"""Trusted organisations: their facts go live at once, their words are always reviewed.

What is published is the live version with those facts, never a word of the draft. What waits for review gets the same
facts, or its approval would bring the old ones back; and the draft stays the latest revision.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import log
from wagtail.models import Page, WorkflowState

from cms.pages.facts import trusted
from cms.pages.page_acts import publish_beside_review
from directory.records.record import OrganisationRecord
from directory.review import revisions
from directory.review.revisions import Content


def with_facts(model: type[Page], content: Content, draft: Content, fields: Iterable[str]) -> Content:
    """``content`` of a page of ``model`` with the trusted facts among ``fields`` as they are in ``draft``.

    Of rows that have words too, one that is gone goes at once, and a new one waits.
    """
    result, facts = dict(content), trusted(model)
    rows = {each.get_accessor_name(): trusted(each.related_model) for each in get_all_child_relations(model)}
    for name in fields:
        if name in facts and name in content and name in draft:
            result[name] = draft[name]
        elif rows.get(name) and name in content and name in draft:
            result[name] = _rows(content[name], draft[name], rows[name])
    return result


def _rows(rows: list[Content], drafted: list[Content], facts: frozenset[str]) -> list[Content]:
    by_key = {row["translation_key"]: row for row in drafted}
    return [
        {**row, **{name: by_key[row["translation_key"]][name] for name in facts}}
        for row in rows
        if row["translation_key"] in by_key
    ]


def is_trusted(page: Page) -> bool:
    """Whether the organisation whose page (or event) this is may publish its facts."""
    ancestors = page.get_ancestors(inclusive=True).values("pk")
    return OrganisationRecord.objects.filter(organisation__in=ancestors, is_trusted=True).exists()


@transaction.atomic
def publish_trusted_facts(*, page: Page, user: Any, fields: Iterable[str]) -> bool:
    """Publishes those of ``fields`` (of the latest draft) that are facts; False when nothing of it may or needs to.

    Only for pages that are public, of organisations that the city trusts.
    """
    page = Page.objects.select_for_update().get(pk=page.pk).specific
    if not page.live or page.locked or page.latest_revision is None or not is_trusted(page):
        return False
    fields, draft, live = list(fields), page.latest_revision, revisions.content_of(page)
    content = with_facts(type(page), live, draft.content, fields)
    changed = revisions.changed_fields(live, content)
    if not changed:
        return False
    review = page.current_workflow_state
    publish_beside_review(revision=revisions.save(page, content, user), user=user)
    if review is not None:
        _amend(page, review, draft, fields)
    if revisions.changed_fields(content, draft.content):
        revisions.save(page, draft.content, draft.user)
    log(instance=page, action="directory.facts", user=user, data={"fields": changed})
    return True


def _amend(page: Page, review: WorkflowState, draft: Any, fields: Iterable[str]) -> None:
    task_state = review.current_task_state
    sent = task_state.revision
    task_state.revision = revisions.save(page, with_facts(type(page), sent.content, draft.content, fields), sent.user)
    task_state.save(update_fields=["revision"])

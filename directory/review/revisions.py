"""Versions of a page as Wagtail keeps them: saved again with other content, compared, laid over one another."""

import json
from typing import Any

from wagtail.models import Page, Revision

Content = dict[str, Any]
"""A page as a revision keeps it: what JSON can hold."""

BOOKKEEPING = frozenset(
    "pk path depth numchild url_path translation_key locale latest_revision latest_revision_created_at live_revision "
    "first_published_at last_published_at draft_title live has_unpublished_changes owner locked locked_by locked_at "
    "content_type alias_of expired wagtail_admin_comments index_entries page_ptr is_example".split()
)
"""What no editor writes."""


def content_of(page: Page) -> Content:
    """``page`` as a revision of it would be kept; of the row itself: what visitors see of a public page."""
    content: Content = json.loads(page.to_json())
    return content


def save(page: Page, content: Content, user: Any) -> Revision:
    """Makes ``content`` the latest draft of ``page``; nothing public changes."""
    current = type(page).objects.get(pk=page.pk)
    revision: Revision = current.with_content_json(content).save_revision(user=user, clean=False)
    return revision


def changed_fields(before: Content, after: Content) -> list[str]:
    """Names of the fields in which the two differ."""
    return [name for name in after if name not in BOOKKEEPING and after[name] != before.get(name)]


def laid_over(draft: Content, base: Content, published: Content) -> Content:
    """``published`` with what ``draft`` changes against ``base``: nobody's words are lost."""
    return {name: value if value != base.get(name) else published.get(name, value) for name, value in draft.items()}

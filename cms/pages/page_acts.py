"""What people do with pages: one function for each act, which does the steps that follow (``cms.pages.steps``).

Published, unpublished, moved and deleted are told by Wagtail, whichever way they were done; into the bin and back by
``cms.bin.pages``; what is sent for review and decided by ``cms.pages.review_acts``.
"""

from functools import partial
from typing import Any

from django.db.models.signals import post_delete
from wagtail import signals
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import get_active_log_context
from wagtail.models import COMMENTS_RELATION_NAME, Page, Revision

from cms.pages.base_page import BasePage
from cms.pages.steps import Act, define, follow, unfinished

Given = tuple[Any, ...] | None


def _again(*, page: int, user: Any, revision: int | None, live: bool) -> Given:
    found = Page.objects.filter(pk=page, live=live).first()
    return (found.specific, Revision.objects.filter(pk=revision).first(), user) if found is not None else None


def _moved_again(*, page: int, user: Any) -> Given:
    found = Page.objects.filter(pk=page).first()
    return (found, user) if found is not None else None


def _deleted_again(*, page: int, user: Any, was: dict[str, Any]) -> Given:
    return Page(pk=page, **was), user


PUBLISHED = define(
    Act("published", partial(_again, live=True), anew=("published", "unpublished"), template="cms/mail/not_finished")
)
"""Steps get the page as it is now, the revision that was published, and who decided it; None for a machine."""
UNPUBLISHED = define(
    Act("unpublished", partial(_again, live=False), anew=("published", "unpublished"), template="cms/mail/not_finished")
)
"""Steps get the same, and mostly no revision."""
MOVED = define(Act("moved", _moved_again, anew=("moved",)))
"""Steps get the page, as a ``Page``, and the person."""
DELETED = define(Act("deleted", _deleted_again))
"""Steps get the same; of a page whose row is gone only its key, title, kind and language are to be relied on."""


def published(page: BasePage, revision: Revision | None = None) -> None:
    """What follows when ``page`` was published."""
    _follow_publication(PUBLISHED, page, revision)


def unpublished(page: BasePage, revision: Revision | None = None) -> None:
    """What follows when ``page`` was taken off the site."""
    _follow_publication(UNPUBLISHED, page, revision)


def _follow_publication(act: Act, page: BasePage, revision: Revision | None) -> None:
    acting = get_active_log_context().user
    user = acting if acting is not None else (revision.user if revision else None)
    follow(act, page, user, page, revision, user, revision=revision.pk if revision else None)


def moved(page: Page) -> None:
    """What follows when ``page`` was moved."""
    user = get_active_log_context().user
    follow(MOVED, page, user, page, user)


def deleted(page: Page) -> None:
    """What follows when ``page`` was deleted for good."""
    user = get_active_log_context().user
    was = {
        "title": page.title,
        "content_type_id": page.content_type_id,
        "translation_key": str(page.translation_key),
        "locale_id": page.locale_id,
    }
    follow(DELETED, page, user, page, user, was=was)


def is_unfinished(page: Page) -> bool:
    return page.pk in unfinished(PUBLISHED, UNPUBLISHED)


class PublishBesideReview(PublishPageRevisionAction):
    """Wagtail's own act, but for its last line: a review goes on that any other publication ends."""

    def _after_publish(self) -> None:
        page = self.object
        for comment in getattr(page, COMMENTS_RELATION_NAME).all().only("position"):
            comment.save(update_fields=["position"])
        signals.page_published.send(sender=page.specific_class, instance=page.specific, revision=self.revision)
        signals.published.send(sender=type(page), instance=page, revision=self.revision)
        page.update_aliases(revision=self.revision, _content=self.revision.content)


def publish_beside_review(*, revision: Revision, user: Any) -> None:
    """Makes ``revision`` public and leaves what waits for review where it is; asks for no right."""
    PublishBesideReview(revision, user=user).execute(skip_permission_checks=True)


# Signals


def _is_ours(page: Any) -> bool:
    return isinstance(page, Page) and issubclass(page.specific_class or Page, BasePage)


def on_published(instance: Page, revision: Revision | None = None, **_signal: Any) -> None:
    """Wagtail sends this as well for a page that will be published later, and takes it off until then."""
    if _is_ours(instance):
        published(instance, revision) if instance.live else unpublished(instance, revision)


def on_unpublished(instance: Page, **_signal: Any) -> None:
    """Wagtail sends this before it deletes a page as well, whose row is live still: nothing is to follow then."""
    if _is_ours(instance) and not Page.objects.filter(pk=instance.pk, live=True).exists():
        unpublished(instance)


def on_moved(instance: Page, **_signal: Any) -> None:
    if _is_ours(instance):
        moved(instance)


def on_deleted(instance: Page, **_signal: Any) -> None:
    """Asked for ``Page``: the row of its own model goes first, when the page can still be found."""
    if _is_ours(instance):
        deleted(instance)


def connect() -> None:
    signals.page_published.connect(on_published, dispatch_uid="cms.page_acts.published")
    signals.page_unpublished.connect(on_unpublished, dispatch_uid="cms.page_acts.unpublished")
    signals.post_page_move.connect(on_moved, dispatch_uid="cms.page_acts.moved")
    post_delete.connect(on_deleted, sender=Page, dispatch_uid="cms.page_acts.deleted")

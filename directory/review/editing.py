"""Wagtail's editor while an organisation's page waits for review: what is decided there is what is on the screen.

Wagtail edits the latest revision. While a submission waits, its author may have written on: then the reviewer is
given what was sent, and what they send back is laid on what they have seen, never on words that came meanwhile.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.models import Page, Revision

from directory.moderation import shown_revision
from directory.permissions import may_review
from directory.review.views import edit_address


@hooks.register("before_edit_page")
def what_was_sent(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Only in the editor of the latest revision; who opens an older one has chosen it."""
    is_plain = request.resolver_match is not None and request.resolver_match.url_name == "edit"
    if not is_plain or hasattr(request, "edits_what_was_seen") or not may_review(request.user, page):
        return None
    if request.method == "POST":
        return _laid_on_what_was_seen(request, page)
    shown = shown_revision(page.current_workflow_state, request.user, page.get_latest_revision())
    if shown.pk == page.latest_revision_id:
        return None
    messages.info(
        request, _("The organisation has written on since. This is what it has sent; the newer draft is kept.")
    )
    return redirect(edit_address(page, shown))


def _laid_on_what_was_seen(request: HttpRequest, page: Page) -> HttpResponse | None:
    seen = request.POST.get("overwrite_revision_id") or request.POST.get("loaded_revision_id") or ""
    is_autosave = not request.accepts("text/html")  # Wagtail compares there itself
    if is_autosave or not seen.isdecimal() or int(seen) == page.latest_revision_id:
        return None
    if not Revision.page_revisions.filter(pk=int(seen), object_id=str(page.pk)).exists():
        return None
    request.edits_what_was_seen = True  # type: ignore[attr-defined] (the other view runs this hook again)
    answer: HttpResponse = RevisionsRevertView.as_view()(request, page.pk, revision_id=int(seen))
    return answer


@hooks.register("before_edit_page", order=-20)
def the_revision_under_review_stays(request: HttpRequest, page: Page) -> None:
    """Wagtail's autosave overwrites the last revision of the same person, also while that one is reviewed."""
    seen = request.POST.get("overwrite_revision_id") or ""
    task_state = page.current_workflow_task_state if seen else None
    if task_state is None or seen != str(task_state.revision_id):
        return
    posted = request.POST.copy()
    del posted["overwrite_revision_id"]
    posted["loaded_revision_id"] = seen
    posted["loaded_revision_created_at"] = task_state.revision.created_at.isoformat()
    request.POST = posted  # type: ignore[assignment]

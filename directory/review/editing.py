"""Wagtail's editor for those who review a page: what is decided there is what is on the screen.

While a submission waits, its author may have written on. Reviewers get what was sent, and what they send back is laid
on what they have seen, never on words that came meanwhile. That nothing is saved into what waits is a rule of
``cms.pages.base_page.BasePage``.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page, Revision

from directory.permissions import may_review
from directory.review.moderation import shown_revision


@hooks.register("before_edit_page", order=1000)  # whoever else takes the editor's place comes first
def edit_what_was_sent(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Only in the editor of the latest revision; who opens an older one has chosen it."""
    is_plain = request.resolver_match is not None and request.resolver_match.url_name == "edit"
    if not is_plain or not may_review(request.user, page):
        return None
    answer: HttpResponse = EditUnderReview.as_view()(request, page.pk)
    return answer


class EditUnderReview(EditView):
    seen: Revision
    """What the form was filled from."""

    def run_hook(self, hook_name: str, *args: Any, **kwargs: Any) -> Any:
        """All that come before the editor have been asked; the last one has led here."""
        return None if hook_name == "before_edit_page" else super().run_hook(hook_name, *args, **kwargs)

    def get_object(self) -> Page:
        self.seen = self._posted() if self.request.method == "POST" else self._shown()
        return self.seen.as_object()

    def _shown(self) -> Any:
        return shown_revision(self.real_page_record.current_workflow_state, self.request.user, self.latest_revision)

    def _posted(self) -> Any:
        number = self.request.POST.get("overwrite_revision_id") or self.request.POST.get("loaded_revision_id") or ""
        own = self.real_page_record.revisions.filter(pk=int(number)) if number.isdecimal() else Revision.objects.none()
        return own.first() or self.latest_revision

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.seen.pk != self.latest_revision.pk:
            messages.info(
                request,
                _("The organisation has written on since. This is what it has sent; the newer draft is kept."),
            )
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form sends back what it was filled from. Autosave would find a newer draft then, and refuse."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if not self.expects_json_response:
            self.page.latest_revision = self.seen  # read by the template
        is_latest = self.seen.pk == self.latest_revision.pk
        return {**context, "autosave_enabled": context["autosave_enabled"] and is_latest}

    def publish_action(self) -> HttpResponse:
        return self._look_again() if self._was_sent_anew() else super().publish_action()

    def perform_workflow_action(self) -> HttpResponse:
        is_other = not self.has_content_changes and self._shown().pk != self.seen.pk
        return self._look_again() if is_other or self._was_sent_anew() else super().perform_workflow_action()

    def _was_sent_anew(self) -> bool:
        waiting = self.real_page_record.current_workflow_state.current_task_state
        return bool(waiting.revision_id > self.seen.pk)

    def _look_again(self) -> HttpResponse:
        """With what was typed, which can still be copied or saved as a draft."""
        messages.error(
            self.request, _("The organisation has sent something newer. Please look at it before you decide.")
        )
        self.has_unsaved_changes = True
        answer: HttpResponse = self.render_to_response(self.get_context_data())
        return answer

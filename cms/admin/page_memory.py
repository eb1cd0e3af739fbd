"""What the admin asks about a page many times while it shows one screen: its review, its parent, its newest version.

Wagtail's own properties ask the database each time, and each copy of the page that a view holds asks anew.
"""

from functools import partial
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Page, Revision, Task, Workflow, WorkflowPage, WorkflowState

from cms.database.request_memory import is_remembering, remembered
from cms.localization import locales
from cms.pages import version_rows

READ_FOR_RIGHTS = ("path", "depth", "url_path", "live", "owner", "locale", "translation_key")
KEPT_OF_THE_PAGE = ("content_type", "owner", "locked_by", "latest_revision", "locale", "alias_of")
"""What Wagtail takes from the page whatever a version says: there is no need to look whether that still exists."""


class AskedOnce:
    """Goes before ``Page`` among the bases of a model."""

    pk: Any
    path: str
    steplen: int
    latest_revision_id: int | None

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any) -> Self:
        found: Any = super().from_db(db, field_names, values)  # type: ignore[misc]
        attach_locale(found)
        return found  # type: ignore[no-any-return]

    def with_content_json(self, content: dict[str, Any]) -> Self:
        own = {name: value for name, value in content.items() if name not in KEPT_OF_THE_PAGE}
        found: Any = super().with_content_json(own)  # type: ignore[misc]
        attach_locale(found)
        return found  # type: ignore[no-any-return]

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False) -> Any:
        parent = super()
        if not (check_fks and is_remembering()) or strict_fks:
            return parent.from_serializable_data(data, check_fks, strict_fks)  # type: ignore[misc]
        content = version_rows.checked(cls, data)  # type: ignore[arg-type]
        return parent.from_serializable_data(content, check_fks=False)  # type: ignore[misc]

    def get_latest_revision(self) -> Revision | None:
        return remembered(("revision", self.latest_revision_id), self._asks_for_latest_revision)

    def _asks_for_latest_revision(self) -> Revision | None:
        if self.latest_revision_id is None or "latest_revision" in self._state.fields_cache:  # type: ignore[attr-defined]
            return super().get_latest_revision()  # type: ignore[misc,no-any-return]
        return Revision.objects.select_related("user").filter(pk=self.latest_revision_id).first()

    @property
    def scheduled_revision(self) -> Revision | None:
        return remembered(("scheduled", self.pk), lambda: super(AskedOnce, self).scheduled_revision)  # type: ignore[misc]

    def get_parent(self, update: bool = False) -> Page | None:
        ask = partial(super().get_parent, update)  # type: ignore[misc]
        return remembered(("parent", self.path[: -self.steplen]), ask) if self.path and not update else ask()

    # Reviews

    @property
    def current_workflow_state(self) -> WorkflowState | None:
        """With what the admin shows of it; for a screen the reviews of all pages are read at once."""
        if self.pk is None or hasattr(self, "_current_workflow_states") or not is_remembering():
            return super().current_workflow_state  # type: ignore[misc,no-any-return]
        return remembered(("reviews",), _all_reviews).get(str(self.pk))

    @property
    def current_workflow_task(self) -> Task | None:
        review = self.current_workflow_state
        if review is None or review.status != WorkflowState.STATUS_IN_PROGRESS or review.current_task_state is None:
            return None
        task = review.current_task_state.task
        return remembered(("task", task.pk), lambda: task.specific)

    @property
    def workflow_in_progress(self) -> bool:
        review = self.current_workflow_state
        return review is not None and review.status == WorkflowState.STATUS_IN_PROGRESS

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None

    def get_workflow(self) -> Workflow | None:
        """The active workflow of the page, or of the nearest one above it that has one."""
        return remembered(("workflow", self.path), self._asks_for_workflow)

    def _asks_for_workflow(self) -> Workflow | None:
        above = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        assigned = WorkflowPage.objects.filter(page__path__in=above, workflow__active=True).select_related("workflow")
        nearest = assigned.order_by("-page__depth").first()
        return nearest.workflow if nearest else None


def _all_reviews() -> dict[str, WorkflowState]:
    """The open review of each page that has one, by the page's number."""
    states = WorkflowState.objects.active().filter(base_content_type=ContentType.objects.get_for_model(Page))
    shown = states.select_related("workflow", "requested_by", "current_task_state__task").order_by("-pk")
    return {state.object_id: state for state in shown}


def attach_locale(page: models.Model) -> None:
    """Languages are known by heart: no page asks for its own."""
    number = page.__dict__.get("locale_id")
    row = locales.row(number) if number is not None else None
    if row is not None:
        page.locale = row  # type: ignore[attr-defined]

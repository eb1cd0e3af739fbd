"""Jobs that may be done again: whoever declares one as such says that doing it twice does no harm.

A job that fails is tried again after growing pauses when it was declared so, and counts as failed for good otherwise.
A job whose worker died, or lost the database, is taken up again in any case: every job must bear that.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django_tasks import task
from django_tasks.base import Task

PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))

_retries: dict[str, int] = {
    "modelsearch.tasks.insert_or_update_object_task": len(PAUSES),
    "wagtail.contrib.frontend_cache.tasks.purge_urls_from_cache_task": len(PAUSES),
    "wagtail.images.tasks.set_image_focal_point_task": len(PAUSES),
    "wagtail.tasks.delete_file_from_storage_task": len(PAUSES),
    "wagtail.tasks.update_reference_index_task": len(PAUSES),
}
ABOUT_ONE_ROW = frozenset(
    {
        "modelsearch.tasks.insert_or_update_object_task",
        "wagtail.images.tasks.set_image_focal_point_task",
        "wagtail.tasks.update_reference_index_task",
    }
)
"""They raise when their row was deleted meanwhile, and have nothing to do then."""


def job(*, retries: int = len(PAUSES), **options: Any) -> Callable[[Callable[..., Any]], Task[..., Any]]:
    """As ``django_tasks.task``, for what may be done again when it has failed; ``options`` are those of ``task``."""

    def declared(function: Callable[..., Any]) -> Task[..., Any]:
        made: Task[..., Any] = task(**options)(function)
        _retries[made.module_path] = retries
        return made

    return declared


def pause_before_next(task_path: str, failures: int) -> dt.timedelta | None:
    """How long to wait after so many failures; None when it was the last one."""
    if failures > _retries.get(task_path, 0):
        return None
    return PAUSES[min(failures, len(PAUSES)) - 1]


def has_nothing_to_do(task_path: str, error: Exception) -> bool:
    return task_path in ABOUT_ONE_ROW and isinstance(error, ObjectDoesNotExist)

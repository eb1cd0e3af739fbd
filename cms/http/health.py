"""Is this installation able to work? For load balancers and monitoring."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max, Min
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.database import refused

LATE = dt.timedelta(minutes=5)
"""Without a sign of a clock or a worker for so long somebody should look."""


class HealthMiddleware:
    """Answers before anything else asks for the host: load balancers come by number, not by name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return healthz(request) if request.path_info == "/healthz" else self.get_response(request)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and every migration is applied, else 503 with what is wrong.

    ``degraded`` (200) means that this process could not write at least once within the last minute.
    ``/healthz?full``, for monitoring, also says how clock, worker and jobs are, and answers 503 when they are late. A
    load balancer asks without it: a web server is not to be taken out because the clock stands still.
    """
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            wrong = {"status": "error", "database": "ok", "migrations": f"{len(missing)} missing"}
            return JsonResponse(wrong, status=503)
        answer: dict[str, Any] = {"status": "ok", "database": "ok", "migrations": "ok"}
        if "full" in request.GET:
            answer |= behind_the_scenes(timezone.now())
    except DatabaseError:
        return JsonResponse({"status": "error", "database": "unreachable"}, status=503)
    why = refused.lately()
    if why and answer["status"] == "ok":
        # Still 200: a server that is taken out of service could not even be read.
        answer |= {"status": "degraded", "writing": why}
    return JsonResponse(answer, status=503 if answer["status"] == "late" else 200)


def behind_the_scenes(now: dt.datetime) -> dict[str, Any]:
    """When clock and worker were last seen, and what waits or has failed; counts only, for anybody may ask."""
    from django_tasks_db.models import DBTaskResult

    from cms.models import RunningProcess, ScheduleFailure, Turn

    clock = Turn.objects.aggregate(at=Max("ended_at"))["at"]
    worker = RunningProcess.objects.workers().aggregate(at=Max("seen_at"))["at"]
    waiting = DBTaskResult.objects.ready()
    oldest = waiting.aggregate(at=Min("enqueued_at"))["at"]
    late = [name for name, seen in (("clock", clock), ("worker", worker)) if seen is None or now - seen > LATE]
    return {
        "status": "late" if late else "ok",
        **{
            name: {"status": "late" if name in late else "ok", "last_seen": seen}
            for name, seen in (("clock", clock), ("worker", worker))
        },
        "jobs": {"waiting": waiting.count(), "oldest": oldest, "failed": DBTaskResult.objects.failed().count()},
        "schedule": {"failed": ScheduleFailure.objects.count()},
    }

"""Is this installation able to work? For load balancers and monitoring."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.database import refused


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and every migration is applied, else 503 with what is wrong.

    ``degraded`` (200) means that this process could not write at least once within the last minute.
    """
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"status": "error", "database": "unreachable"}, status=503)
    if missing:
        return JsonResponse({"status": "error", "database": "ok", "migrations": f"{len(missing)} missing"}, status=503)
    answer = {"status": "ok", "database": "ok", "migrations": "ok"}
    if why := refused.lately():
        # Still 200: a server that is taken out of service could not even be read.
        answer |= {"status": "degraded", "writing": why}
    return JsonResponse(answer)

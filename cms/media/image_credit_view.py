"""Answers the admin's form for a new picture: what the chosen file says of its maker. Stores nothing."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from cms.media import credits, image_process
from cms.media.images import OFFERED

MOST = 1024 * 1024
"""Bytes of the beginning of the file, where what it says of itself stands."""


@require_POST
def offered_credit(request: HttpRequest) -> JsonResponse:
    if not credits.may_upload(request.user):
        raise PermissionDenied
    file = request.FILES.get("beginning")
    credit = image_process.credit(file.read(MOST)) if file else ""
    return JsonResponse({"credit": credit, "note": str(OFFERED) if credit else ""})

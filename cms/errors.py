"""Error pages in the visitor's language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.maintenance import render_without_database


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long or was sent from elsewhere."""
    return render(request, "403.html", {"expired_form": True}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_without_database("500.html", request), status=500)

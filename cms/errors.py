"""Error pages in the visitor's language."""

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cms.database import refused
from cms.maintenance import render_without_database


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long or was sent from elsewhere."""
    return render(request, "403.html", {"expired_form": True}, status=403)


def locked_out(request: HttpRequest, *_given: object) -> HttpResponse:
    """For axes: too many wrong passwords, in the admin's log-in as in that of members."""
    minutes = int(settings.AXES_COOLOFF_TIME * 60)
    reason = _(
        "Too many attempts. Please wait %(minutes)d minutes, or set a new password: then you can log in at once."
    ) % {"minutes": minutes}
    return render(request, "403.html", {"reason": reason}, status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Also for middleware that could not write; views that could not have been answered before."""
    return refused.answer(request, sys.exception()) or HttpResponse(
        render_without_database("500.html", request), status=500
    )

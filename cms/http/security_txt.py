"""``/.well-known/security.txt`` (RFC 9116): where people who have found a hole can say so."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.localization import languages
from cms.open_data.licence import settings_of
from cms.routing import sites

ADDRESS = ".well-known/security.txt"
HOLDS = dt.timedelta(days=180)
"""From the first of the month on, so that the file is the same for a month; RFC 9116 asks for less than a year."""
READ = ("de", "en")
"""Languages in which reports are understood."""


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """404 until the Site has an address for it."""
    settings = settings_of(sites.of_request(request))
    if not settings.security_email:
        raise Http404
    month = timezone.localdate().replace(day=1)
    expires = dt.datetime.combine(month, dt.time.min, tzinfo=dt.UTC) + HOLDS
    lines = [
        f"Contact: mailto:{settings.security_email}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code in READ if code in languages.BY_CODE)}",
        f"Canonical: {request.build_absolute_uri(f'/{ADDRESS}')}",
    ]
    if settings.security_policy:
        lines.append(f"Policy: {settings.security_policy}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")

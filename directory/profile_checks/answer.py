"""The link of a reminder: shows what visitors see, and one tap confirms it. It opens nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from cms.accounts import authentication
from cms.localization import locales
from cms.localization.languages import SOURCE
from cms.routing.serving import in_readers_language
from directory.profile_checks.confirmation import Link, LinkOver, confirm_by_link
from directory.records.record import OrganisationRecord


# The link itself is the secret, and a token in the form would set a cookie.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_correct(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows and changes nothing (programs that check mails follow links); POST confirms."""
    client = authentication.client_address(request)
    authentication.LINKS.check(client=client)
    try:
        link = Link.read(token)
    except LinkOver:
        authentication.LINKS.count(client=client)
        link = None
    row = _public(link)
    if link is None or row is None:
        response = render(
            request,
            "directory/profile_checks/link_over.html",
            {"title": _("This link does not work any more")},
            status=404,
        )
    elif request.method == "POST":
        confirm_by_link(link)
        response = redirect("still_correct", token)
    else:
        response = render(request, "directory/profile_checks/still_correct.html", _shown(link, row))
    response["Referrer-Policy"] = "no-referrer"
    return response


def _public(link: Link | None) -> Page | None:
    if link is None:
        return None
    rows = Page.objects.filter(translation_key=link.organisation, locale_id=locales.id_of(SOURCE), live=True)
    return rows.select_related("content_type").first()


def _shown(link: Link, row: Page) -> dict[str, object]:
    page = in_readers_language(row.specific_class, row.translation_key)
    record = OrganisationRecord.objects.filter(organisation_id=row.pk).first() or OrganisationRecord()
    return {
        "title": _("Is this still correct?"),
        "page": page,
        "facts": page.facts,
        "words": page.words,
        "hours": page.opening,
        "offers": page.offers_in_words(),
        "confirmed_at": record.last_confirmed_at if link.is_used(record) else None,
        "is_of_this_version": link.is_of_this_version(row),
    }

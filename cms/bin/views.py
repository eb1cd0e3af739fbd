"""The bin in the admin: what lies there, back by one press, or gone for good."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.bin import deleting, media, pages, permissions
from cms.bin.models import KEPT_FOR, BinEntry, BinKind

PER_PAGE = 50


def index(request: HttpRequest) -> HttpResponse:
    """What this person may restore, newest first."""
    entries = Paginator(permissions.entries_for(request.user), PER_PAGE).get_page(request.GET.get("p"))
    return TemplateResponse(request, "cms/bin/index.html", {"entries": entries, "days": KEPT_FOR.days})


def _entry(request: HttpRequest, pk: int) -> BinEntry:
    entry = get_object_or_404(BinEntry.objects.select_related("page"), pk=pk)
    if not permissions.may_decide(request.user, entry):
        raise PermissionDenied
    return entry


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    entry = _entry(request, pk)
    try:
        if entry.kind == BinKind.PAGE:
            restored = pages.restore(entry=entry, user=request.user)
            address, notes = reverse("wagtailadmin_pages:edit", args=[restored.page.pk]), restored.notes
        else:
            found = media.restore(entry=entry, user=request.user)
            name = "wagtailimages:edit" if entry.kind == BinKind.PICTURE else "wagtaildocs:edit"
            address, notes = reverse(name, args=[found.pk]), []
    except pages.Refused as refused:
        messages.error(request, str(refused))
        return redirect("bin:index")
    told = _("“%(title)s” is back.") % {"title": entry.title}
    messages.success(request, told, buttons=[messages.button(address, _("Open"))])
    for note in notes:
        messages.warning(request, note)
    return redirect("bin:index")


def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then removes for good."""
    entry = _entry(request, pk)
    if request.method != "POST":
        return TemplateResponse(request, "cms/bin/delete.html", {"entry": entry})
    deleting.remove(entry)
    messages.success(request, _("“%(title)s” is deleted for good.") % {"title": entry.title})
    return redirect("bin:index")


app_name = "bin"
urlpatterns = [
    path("", index, name="index"),
    path("<int:pk>/restore/", restore, name="restore"),
    path("<int:pk>/delete/", delete, name="delete"),
]

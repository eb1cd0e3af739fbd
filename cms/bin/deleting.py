"""Every way of deleting pages, pictures and documents in the admin leads into the bin."""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from wagtail.admin import messages
from wagtail.admin.api.actions.delete import DeletePageAPIAction
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages.utils import type_to_delete_confirmation
from wagtail.documents import get_document_model
from wagtail.documents.views import documents
from wagtail.documents.views import multiple as many_documents
from wagtail.images.views import images
from wagtail.images.views import multiple as many_images
from wagtail.models import Page

from cms.admin import guards, refusals
from cms.bin import media, pages, usage
from cms.bin.models import KEPT_FOR, BinEntry, BinKind
from cms.media import Image

AT_ONCE = 20
"""So that the clock goes on; the others follow a minute later."""

logger = logging.getLogger(__name__)


def remove(entry: BinEntry) -> None:
    if entry.kind == BinKind.PAGE:
        pages.remove(entry=entry)
    else:
        media.remove(entry=entry)


def remove_what_is_over() -> None:
    """For the clock; what cannot be removed stays and stops nothing else."""
    for entry in BinEntry.objects.over().order_by("deleted_at")[:AT_ONCE]:
        try:
            remove(entry)
        except Exception:
            logger.exception("Entry %s of the bin cannot be removed", entry.pk)


def tell(request: HttpRequest, count: int, title: str = "") -> None:
    """``title`` of the only thing that was put there; without it they are counted."""
    counted = ngettext("%(count)d thing is in the bin.", "%(count)d things are in the bin.", count) % {"count": count}
    told = _("“%(title)s” is in the bin.") % {"title": title} if title else counted
    rest = _("For %(days)d days they can be restored there.") % {"days": KEPT_FOR.days}
    messages.success(request, f"{told} {rest}", buttons=[messages.button(reverse("bin:index"), _("Bin"))])


# Pages


def page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """``before_delete_page``: Wagtail has asked for the right and shows the question; the answer is ours."""
    if request.method != "POST":
        return None
    if not type_to_delete_confirmation(request):
        return redirect(request.get_full_path())
    parent = page.get_parent()
    try:
        pages.put(page=page, user=request.user)
    except pages.Refused as refused:
        messages.error(request, str(refused))
    else:
        tell(request, 1, page.get_admin_display_title())
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_explore", args=[parent.pk]))


class DeletePageByApi(DeletePageAPIAction):
    def execute(self, instance: Page, data: Any) -> Response:
        self._action_from_data(instance, data).check()
        try:
            guards.require_dispensable(instance)  # no hook of the admin's screens is asked here
            pages.put(page=instance, user=self.request.user)
        except (refusals.Refused, pages.Refused) as refused:
            raise ValidationError({"detail": str(refused)}) from refused
        return Response(status=status.HTTP_204_NO_CONTENT)


# Several at once


def in_bulk(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """``before_bulk_action``: Wagtail has asked for the rights. All of them, or none when one is refused."""
    model = action.model
    if action_type != "delete" or not (issubclass(model, Page) or model in (Image, get_document_model())):
        return None
    put = _put_pages if issubclass(model, Page) else _put_media
    refused = put(objects, request.user)
    for sentence in refused:
        messages.error(request, sentence)
    if len(objects) > len(refused):
        tell(request, len(objects) - len(refused), str(objects[0]) if len(objects) == 1 else "")
    return redirect(action.next_url)


def _put_pages(objects: list[Page], user: Any) -> list[str]:
    refused = []
    for each in sorted(objects, key=lambda each: each.path):
        if any(each.path.startswith(other.path) for other in objects if other is not each):
            continue  # goes with the one above it
        try:
            pages.put(page=each, user=user)
        except pages.Refused as sentence:
            refused.append(str(sentence))
    return refused


def _put_media(objects: list[Any], user: Any) -> list[str]:
    refused = []
    for each in objects:
        try:
            media.put(media=each, user=user)
        except pages.Refused as sentence:
            refused.append(str(sentence))
    return refused


# Pictures and documents


class IntoTheBin:
    """Wagtail's question, with where the thing is used; its answer is the bin."""

    template_name = "cms/bin/delete_media.html"
    request: HttpRequest
    object: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        used = usage.of(self.object)
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**context, "used": used, "is_protected": bool(used.public), "days": KEPT_FOR.days}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            media.put(media=self.object, user=self.request.user)
        except pages.Refused as refused:
            messages.error(self.request, str(refused))
            return redirect(self.get_delete_url())  # type: ignore[attr-defined]
        tell(self.request, 1, self.object.title)
        return redirect(self.get_success_url())  # type: ignore[attr-defined]


class DeletePicture(IntoTheBin, images.DeleteView):
    pass


class DeleteDocument(IntoTheBin, documents.DeleteView):
    pass


class _FromUploadForm:
    """The button beside what has just been uploaded with others."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = get_object_or_404(self.get_model(), pk=kwargs[self.pk_url_kwarg])  # type: ignore[attr-defined]
        if not self.permission_policy.user_has_permission_for_instance(  # type: ignore[attr-defined]
            request.user, "delete", found
        ):
            raise PermissionDenied
        number = found.pk
        try:
            media.put(media=found, user=request.user)
        except pages.Refused as refused:
            return JsonResponse({"success": False, "error_message": str(refused)})
        return JsonResponse({"success": True, self.context_object_id_name: number})  # type: ignore[attr-defined]


class DeleteUploadedPicture(_FromUploadForm, many_images.DeleteView):
    pass


class DeleteUploadedDocument(_FromUploadForm, many_documents.DeleteView):
    pass

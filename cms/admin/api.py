"""The admin's own API: pictures and documents for those who may choose them; what it deletes goes into the bin."""

from typing import Any, ClassVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from rest_framework.exceptions import ValidationError as SerializerError
from rest_framework.filters import BaseFilterBackend
from rest_framework.response import Response
from wagtail import hooks
from wagtail.admin.api.actions.unpublish import UnpublishPageAPIAction
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.permissions import permission_policy as documents
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.permissions import permission_policy as images
from wagtail.models import Page

from cms.admin import guards, refusals
from cms.admin.draft_titles import known_to
from cms.bin.deleting import DeletePageByApi
from cms.bin.models import outside
from cms.localization import accepted_dates


class PlausibleDates(BaseFilterBackend):
    """Comes before Wagtail's filter by fields, which hands to the database whatever the address says."""

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        for name, text in request.GET.items():
            try:
                field = queryset.model._meta.get_field(name)
            except FieldDoesNotExist:
                continue
            if isinstance(field, models.DateField):
                try:
                    accepted_dates.validate(field.to_python(text))
                except ValidationError as error:
                    raise BadRequestError(" ".join(error.messages)) from error
        return queryset


class UnpublishReachable(UnpublishPageAPIAction):
    def execute(self, instance: Page, data: Any) -> Response:
        try:
            guards.require_reachable(instance, below_too=data["recursive"])  # no hook of the screens is asked here
            return super().execute(instance, data)
        except refusals.Refused as refused:
            raise SerializerError({"detail": str(refused)}) from refused


class PagesOutsideTheBin(PagesAdminAPIViewSet):
    actions: ClassVar[dict[str, Any]] = {
        **PagesAdminAPIViewSet.actions,
        "delete": DeletePageByApi,
        "unpublish": UnpublishReachable,
    }
    filter_backends = [PlausibleDates, *PagesAdminAPIViewSet.filter_backends]

    def get_queryset(self) -> Any:
        known = super().get_queryset().filter(known_to(self.request.user))
        return outside(known).annotate_approved_schedule().prefetch_workflow_states()


class ChoosableImages(ImagesAdminAPIViewSet):
    filter_backends = [PlausibleDates, *ImagesAdminAPIViewSet.filter_backends]

    def get_queryset(self) -> Any:
        own = images.instances_user_has_any_permission_for(self.request.user, ["choose"])
        return super().get_queryset() & own


class ChoosableDocuments(DocumentsAdminAPIViewSet):
    filter_backends = [PlausibleDates, *DocumentsAdminAPIViewSet.filter_backends]

    def get_queryset(self) -> Any:
        own = documents.instances_user_has_any_permission_for(self.request.user, ["choose"])
        return super().get_queryset() & own


@hooks.register("construct_admin_api", order=100)  # after Wagtail's own
def only_what_may_be_chosen(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", PagesOutsideTheBin)
    router.register_endpoint("images", ChoosableImages)
    router.register_endpoint("documents", ChoosableDocuments)

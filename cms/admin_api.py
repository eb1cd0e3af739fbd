"""The admin's own API lists pictures and documents only to those who may choose them."""

from typing import Any

from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.permissions import permission_policy as documents
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.permissions import permission_policy as images


class ChoosableImages(ImagesAdminAPIViewSet):
    def get_queryset(self) -> Any:
        return super().get_queryset() & images.instances_user_has_any_permission_for(self.request.user, ["choose"])


class ChoosableDocuments(DocumentsAdminAPIViewSet):
    def get_queryset(self) -> Any:
        return super().get_queryset() & documents.instances_user_has_any_permission_for(self.request.user, ["choose"])


@hooks.register("construct_admin_api", order=100)  # after Wagtail's own
def only_what_may_be_chosen(router: WagtailAPIRouter) -> None:
    router.register_endpoint("images", ChoosableImages)
    router.register_endpoint("documents", ChoosableDocuments)

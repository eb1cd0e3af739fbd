"""Records that only the program makes, such as what visitors have sent: read, ticked off, deleted, never added."""

from typing import Any

from django.urls import URLPattern
from django.utils.functional import cached_property
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy


class RecordsPolicy(ModelPermissionPolicy):
    """Nobody adds, superusers included: a copy would be an addition as well."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "add" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return super().user_has_any_permission(user, [action for action in actions if action != "add"])


class RecordsViewSet(ModelViewSet):
    copy_view_enabled = False

    @cached_property
    def permission_policy(self) -> RecordsPolicy:
        return RecordsPolicy(self.model)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "add"]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**{"add_url_name": None, **kwargs})

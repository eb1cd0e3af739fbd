"""Who may touch a picture that visitors see.

Wagtail lets everybody who may add pictures change and delete their own, and a page shows the new file, credit or gap
at once, past every review. Here that needs the right to change pictures; who only adds, adds a new one.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, ReferenceIndex
from wagtail.permission_policies.collections import CollectionPermissionPolicy

from cms.media import Image


def is_public(image: Image) -> bool:
    """Whether a live page shows it."""
    pages = ReferenceIndex.get_references_to(image).filter(base_content_type__app_label="wagtailcore")
    numbers = [int(number) for number in pages.values_list("object_id", flat=True)]
    return bool(Page.objects.filter(pk__in=numbers, live=True).exists())


def may_change(user: Any, image: Image) -> bool:
    """Whether ``user`` may change or delete it, for those whom Wagtail lets."""
    policy = CollectionPermissionPolicy(Image, auth_model="wagtailimages.Image")
    return bool(policy.user_has_permission_for_instance(user, "change", image) or not is_public(image))


def on_delete(instance: Image, **_signal: Any) -> None:
    """Somebody in the admin; what the platform itself tidies up has no user."""
    user = get_active_log_context().user
    if user is not None and not may_change(user, instance):
        raise PermissionDenied

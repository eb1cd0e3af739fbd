"""A picture that visitors see keeps its credit: the law asks for it, and every page shows the change at once."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.images.permissions import permission_policy

from cms.admin.refusals import Refused
from cms.bin import usage
from cms.media.models import Image

NAMED = 5


def require(image: Image) -> None:
    """Raises Refused when ``image`` has a credit in the database and is shown; one without is let be."""
    before = Image._base_manager.filter(pk=image.pk).values_list("credit", flat=True).first() if image.pk else ""
    places = usage.of(image).public if before else []
    if places:
        named = ", ".join(places[:NAMED]) + (" …" if len(places) > NAMED else "")
        raise Refused(
            _("“%(title)s” is shown here and needs its credit: %(places)s. Write who made it.")
            % {"title": image.title, "places": named}
        )


def on_save(instance: Image, **_signal: Any) -> None:
    """Before a picture is saved, whatever saves it."""
    if not instance.credit.strip():
        require(instance)


def may_upload(user: Any) -> bool:
    return bool(permission_policy.user_has_permission(user, "add"))

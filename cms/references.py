"""What a page refers to: pictures, documents and pages in its fields, blocks and texts."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.documents import get_document_model
from wagtail.documents.permissions import permission_policy as documents
from wagtail.images.permissions import permission_policy as images
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import page_permission_policy

from cms.media import Image

Reference = tuple[Any, str]
"""Model and primary key."""


def of(page: Page) -> set[Reference]:
    """The pictures, documents and pages that ``page`` refers to, saved or not; not those of its child rows."""
    found = ReferenceIndex._extract_references_from_object(page)
    kinds = {ContentType.objects.get_for_model(model).pk: model for model in (Image, get_document_model(), Page)}
    return {(kinds[kind], key) for kind, key, *_path in found if kind in kinds}


def refused(user: Any, references: Iterable[Reference]) -> list[Reference]:
    """Those of ``references`` that ``user`` could not have chosen in the editor."""
    choosable = {
        Image: [images.instances_user_has_any_permission_for(user, ["choose"])],
        get_document_model(): [documents.instances_user_has_any_permission_for(user, ["choose"])],
        Page: [Page.objects.live().public(), page_permission_policy.explorable_instances(user)],
    }
    return [
        (model, key) for model, key in references if not any(each.filter(pk=key).exists() for each in choosable[model])
    ]


class PageForm(WagtailAdminPageForm):
    """The editor's form of every page: takes only references that this person may choose or that stood there before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_references = of(self.instance) if self.is_bound else set()

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.for_user is None or self.for_user.is_superuser:
            return
        if refused(self.for_user, of(self.instance) - self.known_references):
            sentence = _("This refers to a picture, document or page that you may not choose.")
            self.add_error(None, ValidationError(sentence, code="reference"))

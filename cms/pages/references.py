"""What a page refers to: pictures, documents and pages in its fields, blocks and texts."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.forms import ModelForm, ModelMultipleChoiceField
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.documents import get_document_model
from wagtail.documents.permissions import permission_policy as documents
from wagtail.images.permissions import permission_policy as images
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import page_permission_policy

from cms.admin import form_rows
from cms.media import Image
from cms.pages import slugs

Reference = tuple[Any, str]
"""Model and primary key."""


def of(content: Model) -> set[Reference]:
    """The pictures, documents and pages that a page, or one row of it, refers to, saved or not."""
    found = ReferenceIndex._extract_references_from_object(content)
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


def untouched_rows(formset: Any) -> list[ModelForm]:
    """Rows that were added and not filled in yet: only their place in the order was sent."""
    forms = formset.forms if formset.is_bound else ()
    return [form for form in forms if form.empty_permitted and set(form.changed_data) <= {"ORDER"}]


class PageForm(WagtailAdminPageForm):
    """The editor's form of every page: takes only references that this person may choose or that stood there before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        for formset in self.formsets.values():
            form_rows.with_what_names_need(formset)
            for row in untouched_rows(formset):
                row.changed_data = []  # which makes it no row
        self._offer_what_is_of_its_site()
        form_rows.share([self, *(row for formset in self.formsets.values() for row in formset.forms)])
        self.known_references = of(self.instance) if self.is_bound else set()

    def _offer_what_is_of_its_site(self) -> None:
        """Of what a Site may have for itself, such as topics; what has been chosen before stays."""
        place = self.instance if self.instance.pk else self.parent_page
        for name, field in self.fields.items():
            if not isinstance(field, ModelMultipleChoiceField) or not hasattr(field.queryset.model, "offered"):
                continue
            if place is not None:
                offered = field.queryset.model.offered(place.get_site()).order_by().values("pk")
                chosen = [getattr(each, "pk", each) for each in self.initial.get(name) or ()]
                field.queryset = field.queryset.filter(Q(pk__in=offered) | Q(pk__in=chosen))

    def clean_slug(self) -> str:
        """Nobody has to think of one: empty, or as the browser made it, it is the title's, with a number if need be."""
        slug, title = str(self.cleaned_data.get("slug") or ""), str(self.cleaned_data.get("title") or "")
        is_public = self.instance.pk is not None and self.instance.live
        is_made = not slug or (slug == slugs.of(title) and not is_public)
        if is_made and title and self.parent_page is not None:
            return slugs.free(self.parent_page, title, page=self.instance)
        return slug

    def clean(self) -> dict[str, Any]:
        """An end that is over goes, so that a page which has expired can be published anew."""
        expires, before = self.cleaned_data.get("expire_at"), self.initial.get("expire_at")
        is_over = expires and expires < timezone.now() and not self.instance.live
        if is_over and before and before.replace(second=0, microsecond=0) == expires.replace(second=0, microsecond=0):
            self.cleaned_data["expire_at"] = None
        cleaned: dict[str, Any] = super().clean()
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        self.refuse_foreign(self, self.instance)

    def is_valid(self) -> bool:
        """Rows of the page, such as related pages, are looked at as well, once each can be read."""
        valid = super().is_valid()
        for formset in self.formsets.values():
            for row in untouched_rows(formset):
                row.cleaned_data = {"ORDER": None, **getattr(row, "cleaned_data", {})}  # by which Wagtail sorts them
        for formset in self.formsets.values() if valid else ():
            for row in formset.forms:
                if row not in formset.deleted_forms and not self.refuse_foreign(row, row.instance):
                    valid = False
        return valid

    def refuse_foreign(self, form: ModelForm, content: Model) -> bool:
        """Adds an error to ``form`` when ``content`` refers to what this person may not choose; True if it is fine."""
        if self.for_user is None or self.for_user.is_superuser:
            return True
        if not refused(self.for_user, of(content) - self.known_references):
            return True
        sentence = _("This refers to a picture, document or page that you may not choose.")
        form.add_error(None, ValidationError(sentence, code="reference"))
        return False

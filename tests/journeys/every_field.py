"""Fills what every form of the admin shows, and tells what is stored; runs inside the product.

Prints for one row of each of our models that has a form: its name, the address of the form, and its fields. With
``FILL`` set streams get one block of each kind, down to the deepest, and texts in every language their words; what
stood there before is kept in ``before.json`` of the data folder.
"""

import json
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.files.base import ContentFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail import blocks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.models import DraftStateMixin, Page, Site

from cms.accounts import User
from cms.localization import languages
from cms.localization.localized_text import LocalizedTextField
from cms.pages.contacts import PhoneBlock
from home.models import BarrierReport
from translations.machine.models import GlossaryTerm, KeptName, TranslationPolicy

OURS = {"cms", "news", "dates", "directory", "home", "translations"}
HTML = '<p data-block-key="ab1cd">Ein <b>fetter</b> Satz &amp; mehr: „ü“ – اللغة.</p>'
NOT_TYPED = {
    "latest_revision",
    "latest_revision_created_at",
    "last_published_at",
    "updated_at",
    "has_unpublished_changes",
}


def words() -> dict[str, str]:
    return {language.code: f"{language.native_name} – „Wörter“ & mehr" for language in languages.LANGUAGES}


def filled(block: Any) -> Any:
    """What is stored for ``block``, every part of it filled."""
    if isinstance(block, blocks.StructBlock):
        return {name: filled(child) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.StreamBlock):
        return [{"type": name, "value": filled(child)} for name, child in block.child_blocks.items()]
    if isinstance(block, blocks.ListBlock):
        return [{"type": "item", "value": filled(block.child_block), "id": str(uuid4())} for _number in range(2)]
    if isinstance(block, blocks.PageChooserBlock):
        return rows()["home.ContentPage"].pk
    if isinstance(block, blocks.ChooserBlock):
        return block.model_class._default_manager.last().pk
    if isinstance(block, blocks.BooleanBlock):
        return True
    if isinstance(block, blocks.RichTextBlock):
        return HTML
    if isinstance(block, PhoneBlock):
        return "116117"
    if isinstance(block, blocks.MultipleChoiceBlock):
        return [value for value, _label in block.field.choices][:2]
    if isinstance(block, blocks.ChoiceBlock):
        return [value for value, _label in block.field.choices if value][-1]
    if isinstance(block, blocks.TimeBlock):
        return "17:30:00"
    if isinstance(block, blocks.URLBlock):
        return "https://example.org/a?b=c&d=%C3%BC"
    if isinstance(block, (blocks.CharBlock, blocks.TextBlock)):
        return "Ein „Wort“ & <mehr>: ü – اللغة"
    if type(block).__name__ == "LocalizedTextBlock":
        return words()
    raise NotImplementedError(f"Say what fills a {type(block).__name__}.")


def fill(row: models.Model) -> None:
    for field in row._meta.concrete_fields:
        if isinstance(field, StreamField):
            setattr(row, field.attname, field.stream_block.to_python(filled(field.stream_block)))
        elif isinstance(field, LocalizedTextField):
            setattr(row, field.attname, words())
        elif isinstance(field, RichTextField):
            setattr(row, field.attname, HTML)
    if isinstance(row, Page):
        row.save_revision()
    else:
        row.save()


def stored(row: Any) -> dict[str, Any]:
    """Fields and rows of ``row`` as the editor has them: of what has drafts, those of the draft."""
    if isinstance(row, DraftStateMixin):
        row = row.get_latest_revision_as_object()
    found = {
        field.name: field.value_to_string(row) for field in row._meta.concrete_fields if field.name not in NOT_TYPED
    }
    if "language_codes" in found:
        found["language_codes"] = str(sorted(row.language_codes))  # a choice out of a list, which has no order
    for field in row._meta.many_to_many:
        related = getattr(row, field.name).all()
        found[field.name] = sorted(str(each.pk) for each in related)
    if isinstance(row, ClusterableModel):
        for relation in get_all_child_relations(row):
            if relation.related_model._meta.app_label in OURS:
                rows = getattr(row, relation.get_accessor_name()).all()
                found[relation.get_accessor_name()] = [
                    {f.name: f.value_to_string(each) for f in each._meta.concrete_fields} for each in rows
                ]
    return found


def rows() -> dict[str, models.Model]:
    """One row of each model, in the source language."""
    found: dict[str, models.Model] = {}
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            objects = model._default_manager.order_by("pk")
            if issubclass(model, Page):
                objects = objects.filter(locale__language_code=languages.SOURCE)
            if (row := objects.first()) is not None:
                found[model._meta.label] = row
    return found


def add_what_demo_content_lacks() -> None:
    if not get_document_model().objects.exists():
        get_document_model().objects.create(title="Satzung", file=ContentFile(b"%PDF-1.4", "satzung.pdf"))
    GlossaryTerm.objects.get_or_create(german=words()["de"], defaults={"translations": words()})
    KeptName.objects.get_or_create(name="Kulturhof")
    TranslationPolicy.objects.get_or_create(site=Site.objects.first(), defaults={"unreviewed": ["en", "ar"]})
    BarrierReport.objects.get_or_create(message="Zeile 1\n\nZeile 2 „ü“", page="/de/", site=Site.objects.first())


def main() -> None:
    is_filling = globals().get("FILL", False)
    if is_filling:
        kept = serializers.serialize("json", [row for row in rows().values() if not isinstance(row, Page)])
        (settings.DATA_DIR / "before.json").write_text(kept)
        add_what_demo_content_lacks()
    finder = AdminURLFinder(User.objects.filter(is_superuser=True).first())
    told = {}
    for label, row in rows().items():
        address = finder.get_edit_url(row)
        if address is None:
            continue
        if is_filling:
            fill(row)
        told[label] = {"address": address, "stored": stored(type(row)._default_manager.get(pk=row.pk))}
    print("ROWS" + json.dumps(told, cls=DjangoJSONEncoder))


main()

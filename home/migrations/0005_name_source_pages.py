"""What names a translation of a page names its source from now on: fields, blocks, links and the newest drafts."""

import logging
from typing import Any

from django.db import IntegrityError, migrations, transaction

from cms.localization import languages
from cms.pages import source_pages

logger = logging.getLogger(__name__)
APPS = ("cms", "directory", "dates", "news", "home")


def name_sources(apps: Any, schema_editor: Any) -> None:
    page_model = apps.get_model("wagtailcore", "Page")
    by_key = dict(
        page_model.objects.filter(locale__language_code=languages.SOURCE).values_list("translation_key", "pk")
    )
    translations = page_model.objects.exclude(locale__language_code=languages.SOURCE)
    sources = {pk: by_key[key] for pk, key in translations.values_list("pk", "translation_key") if key in by_key}
    if not sources:
        return

    def exchange(number: int) -> int:
        return sources.get(int(number), number)

    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            for row in model.objects.iterator():
                changed = source_pages.in_row(row, exchange, page_model)
                if changed:
                    store(model, row.pk, changed)
    revise(apps, exchange, page_model)


def store(model: Any, number: Any, changed: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            model.objects.filter(pk=number).update(**changed)
    except IntegrityError:  # the source has such a row of its own
        logger.warning("%s %s still names a translation: its source is taken", model._meta.label, number)


def revise(apps: Any, exchange: source_pages.Exchange, page_model: Any) -> None:
    """Drafts that will be opened or published."""
    revisions = apps.get_model("wagtailcore", "Revision").objects
    kinds = {kind.pk: kind for kind in apps.get_model("contenttypes", "ContentType").objects.filter(app_label__in=APPS)}
    newest = page_model.objects.filter(latest_revision__isnull=False).values("latest_revision")
    scheduled = revisions.filter(approved_go_live_at__isnull=False)
    for revision in (revisions.filter(pk__in=newest) | scheduled).filter(content_type__in=kinds).iterator():
        kind = kinds[revision.content_type_id]
        try:
            model = apps.get_model(kind.app_label, kind.model)
            content = source_pages.in_content(model, revision.content, exchange, page_model)
        except (LookupError, ValueError, TypeError) as error:  # a draft of a shape that is no more costs itself
            logger.warning("Revision %s was left as it is: %s", revision.pk, error)
            continue
        if content != revision.content:
            revisions.filter(pk=revision.pk).update(content=content)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0004_state_says_what_done_said"),
        ("news", "0001_initial"),
        ("dates", "0040_followed_calendars"),
        ("directory", "0044_spreadsheet_readings"),
        ("cms", "0030_translations_follow"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(name_sources, migrations.RunPython.noop)]

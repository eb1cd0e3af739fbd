"""An installation that has pages begins with groups of synonyms, too; a new one gets them when it is set up."""

from typing import Any

from django.db import migrations

from cms.search import synonyms


def add(apps: Any, _schema_editor: Any) -> None:
    if apps.get_model("wagtailcore", "Page").objects.filter(depth__gt=2).exists():
        synonyms.add_first(apps.get_model("cms", "SynonymGroup"))


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0040_open_data_settings"),
    ]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]

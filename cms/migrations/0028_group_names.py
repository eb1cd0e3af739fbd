"""Groups of roles that still have the names with which the program began are named in German.

Groups that the city has named itself stay as they are.
"""

from django.db import migrations

NAMES = {
    "Press office": "Pressestelle",
    "Integration centre (KI)": "Integrationszentrum (KI)",
    "Administrators": "Administration",
    "Translators: de-simple": "Übersetzung: Einfache Sprache",
    "Translators: en": "Übersetzung: Englisch",
    "Translators: ar": "Übersetzung: Arabisch",
    "Translators: uk": "Übersetzung: Ukrainisch",
    "Translators: tr": "Übersetzung: Türkisch",
    "Translators: ru": "Übersetzung: Russisch",
    "Translators: fa": "Übersetzung: Persisch",
    "Translators: bg": "Übersetzung: Bulgarisch",
    "Translators: ro": "Übersetzung: Rumänisch",
}


def rename(apps, names):
    groups = apps.get_model("auth", "Group").objects
    for before, after in names.items():
        if not groups.filter(name=after).exists():
            groups.filter(name=before, role__isnull=False).update(name=after)


def forwards(apps, schema_editor):
    rename(apps, NAMES)


def backwards(apps, schema_editor):
    rename(apps, {after: before for before, after in NAMES.items()})


class Migration(migrations.Migration):
    dependencies = [("cms", "0027_city_time_for_all"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(forwards, backwards)]

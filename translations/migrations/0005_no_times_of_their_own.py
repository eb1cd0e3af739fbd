from django.db import migrations

SOURCE = "de"


def forget_times(apps, schema_editor):
    """Translations were copied with the times of the German page; they come and go with it now."""
    pages = apps.get_model("wagtailcore", "Page").objects.exclude(locale__language_code=SOURCE)
    pages.exclude(go_live_at=None, expire_at=None).update(go_live_at=None, expire_at=None)


class Migration(migrations.Migration):
    dependencies = [("translations", "0004_following"), ("wagtailcore", "0094_alter_page_locale")]

    operations = [migrations.RunPython(forget_times, migrations.RunPython.noop)]

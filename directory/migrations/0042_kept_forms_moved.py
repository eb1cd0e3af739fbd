from django.db import migrations


def move(apps, schema_editor):
    """What waits for somebody to log in again waits on the ground floor now."""
    new = apps.get_model("cms", "KeptForm").objects
    for form in apps.get_model("directory", "KeptForm").objects.all():
        new.get_or_create(
            user_id=form.user_id, path=form.path, defaults={"fields": form.fields, "at": form.at}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0041_kept_forms"),
        ("cms", "0029_kept_forms"),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0042_kept_forms_moved"),
    ]

    operations = [migrations.DeleteModel(name="KeptForm")]

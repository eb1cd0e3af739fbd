import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dates", "0011_uid_for_each_session")]

    operations = [
        migrations.AlterField(
            model_name="councilsession",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]



import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dates', '0045_places_in_lines'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(max_length=1000)),
                ('etag', models.CharField(blank=True, max_length=255)),
                ('modified', models.CharField(blank=True, max_length=100)),
                ('body', models.TextField()),
                ('told_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='dates.oparlsource')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'url'), name='oparl_answer_once')],
            },
        ),
    ]

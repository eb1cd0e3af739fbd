import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dates', '0049_session_takes_place_instead'),
    ]

    operations = [
        migrations.CreateModel(
            name='BodyBreak',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('summer', 'Summer break'), ('winter', 'Winter break'), ('election', 'Break because of an election'), ('other', 'No meetings')], default='summer', max_length=10, verbose_name='kind')),
                ('first_day', models.DateField(verbose_name='first day')),
                ('last_day', models.DateField(verbose_name='last day')),
                ('body', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='breaks', to='dates.councilbody')),
            ],
            options={
                'verbose_name': 'break without meetings',
                'verbose_name_plural': 'breaks without meetings',
                'ordering': ['first_day'],
            },
        ),
    ]

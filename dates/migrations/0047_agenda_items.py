import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dates', '0046_keep_oparl_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='councilsession',
            name='agenda_removed',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('number', models.CharField(blank=True, max_length=20, verbose_name='number')),
                ('title', models.CharField(help_text='In German, as in the invitation.', max_length=500, verbose_name='what it is about')),
                ('paper_url', models.URLField(blank=True, verbose_name='paper')),
                ('is_public', models.BooleanField(default=True, verbose_name='shown on the website')),
                ('result', models.CharField(blank=True, choices=[('adopted', 'adopted'), ('changed', 'adopted with changes'), ('rejected', 'rejected'), ('noted', 'noted'), ('postponed', 'postponed'), ('referred', 'referred')], max_length=10, verbose_name='result')),
                ('result_words', models.CharField(blank=True, help_text='In German. Only if none of the results above says it.', max_length=200, verbose_name='result in a few words')),
                ('oparl_id', models.CharField(blank=True, editable=False, max_length=500)),
                ('overridden', models.JSONField(default=list, editable=False)),
                ('session', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='dates.councilsession')),
            ],
            options={
                'verbose_name': 'agenda item',
                'verbose_name_plural': 'agenda items',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dates', '0047_agenda_items'),
    ]

    operations = [
        migrations.AddField(
            model_name='councilsession',
            name='joint_bodies',
            field=models.ManyToManyField(blank=True, help_text='Other bodies that meet at the same time in the same room. The meeting stands on their pages, too.', related_name='joint_sessions', to='dates.councilbody', verbose_name='together with'),
        ),
    ]

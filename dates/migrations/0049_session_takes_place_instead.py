import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dates', '0048_joint_sessions'),
    ]

    operations = [
        migrations.AddField(
            model_name='councilsession',
            name='moved_to',
            field=models.ForeignKey(blank=True, help_text='The meeting that people should come to when this one is cancelled or withdrawn.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='dates.councilsession', verbose_name='takes place instead'),
        ),
    ]

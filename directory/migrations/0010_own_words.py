
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0002_record'),
    ]

    operations = [
        migrations.AddField(
            model_name='organisationpage',
            name='latitude',
            field=models.DecimalField(blank=True, decimal_places=5, max_digits=7, null=True, verbose_name='latitude'),
        ),
        migrations.AddField(
            model_name='organisationpage',
            name='longitude',
            field=models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name='longitude'),
        ),
        migrations.AddField(
            model_name='organisationpage',
            name='own_about',
            field=wagtail.fields.RichTextField(blank=True, verbose_name='about us in its own language'),
        ),
        migrations.AddField(
            model_name='organisationpage',
            name='own_short_description',
            field=models.CharField(blank=True, max_length=300, verbose_name='short description in its own language'),
        ),
        migrations.AddField(
            model_name='organisationrecord',
            name='own_words',
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name='own words that were published'),
        ),
        migrations.AlterField(
            model_name='organisationpage',
            name='native_language',
            field=models.CharField(blank=True, choices=[('de', 'de'), ('ar', 'ar'), ('en', 'en'), ('uk', 'uk'), ('tr', 'tr'), ('ru', 'ru'), ('fa', 'fa'), ('bg', 'bg'), ('ro', 'ro'), ('sq', 'sq'), ('am', 'am'), ('az', 'az'), ('bn', 'bn'), ('bs', 'bs'), ('ckb', 'ckb'), ('cs', 'cs'), ('da', 'da'), ('el', 'el'), ('es', 'es'), ('et', 'et'), ('fi', 'fi'), ('fr', 'fr'), ('he', 'he'), ('hi', 'hi'), ('hr', 'hr'), ('hu', 'hu'), ('hy', 'hy'), ('id', 'id'), ('it', 'it'), ('ja', 'ja'), ('ka', 'ka'), ('kk', 'kk'), ('ko', 'ko'), ('ku', 'ku'), ('lt', 'lt'), ('lv', 'lv'), ('mk', 'mk'), ('ne', 'ne'), ('nl', 'nl'), ('pl', 'pl'), ('ps', 'ps'), ('pt', 'pt'), ('rom', 'rom'), ('sk', 'sk'), ('sl', 'sl'), ('so', 'so'), ('sr', 'sr'), ('sv', 'sv'), ('sw', 'sw'), ('ta', 'ta'), ('th', 'th'), ('ti', 'ti'), ('ur', 'ur'), ('uz', 'uz'), ('vi', 'vi'), ('wo', 'wo'), ('yi', 'yi'), ('zh', 'zh')], max_length=16, verbose_name='own language'),
        ),
    ]

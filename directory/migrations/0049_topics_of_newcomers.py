"""Completes the topics of an installation with those that people who are new look for.

What is there stays: language courses come below learning German, culture, sport, religion and mother tongue are part of
the tree. Where there are no topics yet, setting up makes them. The way back takes away what is ours and nobody has.
"""

from django.db import migrations

from directory.profiles import standard_topics


def forwards(apps, schema_editor):
    topics = apps.get_model("directory", "Topic")
    if topics.objects.exists():
        standard_topics.complete(topics)


def backwards(apps, schema_editor):
    topics = apps.get_model("directory", "Topic")
    ours = {row["key"] for row in standard_topics.rows()}
    used = set(apps.get_model("directory", "OrganisationPage").topics.through.objects.values_list("topic", flat=True))
    if "dates_eventpage_topics" in schema_editor.connection.introspection.table_names():
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT topic_id FROM dates_eventpage_topics")
            used |= {pk for (pk,) in cursor.fetchall()}
    topics.objects.update(parent=None)
    topics.objects.filter(key__in=ours).exclude(pk__in=used).delete()


class Migration(migrations.Migration):
    dependencies = [("directory", "0048_topic_tree")]

    operations = [migrations.RunPython(forwards, backwards)]

from django.db import migrations, models

FUNCTION = """
    CREATE FUNCTION cms_search_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        before text;
        after text;
    BEGIN
        IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - TG_ARGV[2]::text[] = to_jsonb(NEW) - TG_ARGV[2]::text[] THEN
            RETURN NULL;
        END IF;
        IF TG_OP <> 'INSERT' THEN before := to_jsonb(OLD) ->> TG_ARGV[0]; END IF;
        IF TG_OP <> 'DELETE' THEN after := to_jsonb(NEW) ->> TG_ARGV[0]; END IF;
        INSERT INTO cms_searchchange (source, value)
        SELECT DISTINCT TG_ARGV[1], noted FROM (VALUES (before), (after)) AS row (noted) WHERE noted IS NOT NULL;
        RETURN NULL;
    END $$
"""


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION cms_search_changed() CASCADE")  # with the triggers
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search_changed%'")
        triggers = [name for (name,) in cursor.fetchall()]
    for name in triggers:
        schema_editor.execute(f"DROP TRIGGER {schema_editor.quote_name(name)}")


class Migration(migrations.Migration):
    """Where changes are noted that the search has to follow. The triggers are made after migrations."""

    dependencies = [
        ("cms", "0035_search_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="searchdocument",
            name="digest",
            field=models.CharField(default="", editable=False, max_length=32),
        ),
        migrations.CreateModel(
            name="SearchChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=96)),
                ("value", models.CharField(max_length=64)),
            ],
        ),
        migrations.RunPython(make, remove),
    ]

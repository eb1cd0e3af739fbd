from django.db import migrations

SQLITE = [
    "CREATE TABLE cms_content_version (version BLOB NOT NULL)",
    "INSERT INTO cms_content_version VALUES (randomblob(8))",
]
POSTGRESQL = [
    """
    CREATE TABLE cms_content_change (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        mark bigint NOT NULL DEFAULT (random() * 9007199254740992)::bigint
    )
    """,
    """
    CREATE FUNCTION cms_content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO cms_content_change DEFAULT VALUES;
        RETURN NULL;
    END $$
    """,
]


def make(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION cms_content_changed() CASCADE")  # with the triggers
        schema_editor.execute("DROP TABLE cms_content_change")
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'content_changed%'")
        triggers = [name for (name,) in cursor.fetchall()]
    for name in triggers:
        schema_editor.execute(f"DROP TRIGGER {schema_editor.quote_name(name)}")
    schema_editor.execute("DROP TABLE cms_content_version")


class Migration(migrations.Migration):
    """Where changes are counted. The triggers that count are made after migrations, for all tables there are then."""

    dependencies = [
        ("cms", "0032_sent_forms"),
    ]

    operations = [migrations.RunPython(make, remove)]

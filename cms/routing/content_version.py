"""The version of the content: another value after every change of what a public page may show.

The database counts, by triggers, in the transaction of the change itself: whatever writes (a bulk update, SQL by hand,
another program) is counted, and neither sooner nor later than its change can be read. A new table counts by itself;
what no public page reads is named in ``PRIVATE``.

What was made after reading a version may be kept under that version, never under one that is read afterwards.
"""

import logging
from typing import Any

from django.db import DatabaseError, connection

logger = logging.getLogger(__name__)

PRIVATE = frozenset(
    """
    axes_accessattempt axes_accessattemptexpiration axes_accessfailurelog axes_accesslog
    cms_content_change cms_content_version
    cms_count cms_fileremoval cms_givenright cms_keptform cms_letter cms_mailserver cms_missedword
    cms_runningprocess cms_schedulefailure cms_searchchange cms_searchposting cms_searchterm cms_sentform cms_turn
    cms_user_groups cms_user_user_permissions
    dates_followedcalendar dates_importrun dates_keptanswer dates_sourceevent dates_sourcemeeting
    directory_application directory_invitation directory_invitationrun directory_reviewtaskstate
    directory_spreadsheetimport directory_spreadsheetrow
    django_migrations django_session django_tasks_database_dbtaskresult
    home_barrierreport
    otp_static_staticdevice otp_static_statictoken otp_totp_totpdevice
    translations_draftjob translations_draftrun translations_providerpause translations_provideruse
    translations_reviewact
    wagtailadmin_editingsession wagtailadmin_formstate
    wagtailcore_comment wagtailcore_commentreply wagtailcore_modellogentry wagtailcore_pagelogentry
    wagtailcore_pagesubscription wagtailcore_referenceindex wagtailcore_revision wagtailcore_taskstate
    wagtailcore_uploadedfile wagtailcore_workflowstate
    wagtail_localize_translationlog
    wagtailusers_userprofile
    """.split()
)
"""Tables that are often written and that no page reads for somebody who is not logged in, or (postings and terms) that
are never written without a row of another table."""

TRIGGER = "content_changed"
EVENTS = ("insert", "update", "delete")
MOST_CHANGES = 1000
"""PostgreSQL keeps a row for each change; beyond so many, all but the newest are taken away."""

# The row of SQLite is random, the rows of PostgreSQL carry something random: a database that was put back to an older
# state counts on, but never comes by a version that it had before.
STATE = {
    "sqlite": "SELECT hex(version) FROM cms_content_version",
    "postgresql": "SELECT concat(count(*), '-', sum(mark)) FROM cms_content_change",
}
CHANGED = {
    "sqlite": "UPDATE cms_content_version SET version = randomblob(8)",
    "postgresql": "INSERT INTO cms_content_change DEFAULT VALUES",
}
TABLES = {
    "sqlite": """
        SELECT name FROM pragma_table_list
        WHERE schema = 'main' AND type = 'table' AND substr(name, 1, 7) <> 'sqlite_'
    """,
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}
TRIGGERS = {
    "sqlite": """
        SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, 16) = 'content_changed_'
    """,
    "postgresql": """
        SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE relnamespace = current_schema()::regnamespace AND tgname = 'content_changed' AND tgenabled IN ('O', 'A')
    """,
}

_complete: set[str] = set()
"""Databases of which this process knows that all changes are counted."""


def current() -> str | None:
    """The version of the content; None when nobody can tell, and nothing may be kept."""
    try:
        rows = _rows(STATE[connection.vendor])
        return rows[0][0] if rows and _is_complete() else None
    except DatabaseError as error:  # a database that is away, or not migrated yet
        logger.warning("The version of the content cannot be read: %s", error)
        return None


def _is_complete() -> bool:
    name = str(connection.settings_dict["NAME"])
    if name not in _complete:
        if lacking := missing():
            logger.error("Changes of %s are not counted: run manage.py migrate.", ", ".join(lacking))
            return False
        _complete.add(name)
    return True


def missing() -> list[str]:
    """Tables of which not every change is counted."""
    return sorted({table for table, _name in _wanted() - _existing()})


def is_installed() -> bool:
    return bool({"cms_content_version", "cms_content_change"} & _tables())


def install(**_signal: Any) -> None:
    """After migrations: triggers on all tables that have none (a rebuilt table of SQLite has lost its own)."""
    if not is_installed():
        return  # migrated back to a time before
    wanted, existing = _wanted(), _existing()
    with connection.cursor() as cursor:
        for table, name in existing - wanted:
            on = f" ON {_quoted(table)}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {_quoted(name)}{on}")
        for table, name in sorted(wanted - existing):
            cursor.execute(_trigger(table, name))
        if wanted != existing:  # what was changed meanwhile was not counted
            cursor.execute(CHANGED[connection.vendor])


def _trigger(table: str, name: str) -> str:
    if connection.vendor == "sqlite":
        event = name.removeprefix(f"{TRIGGER}_").partition("_")[0].upper()
        return f"CREATE TRIGGER {_quoted(name)} AFTER {event} ON {_quoted(table)} BEGIN {CHANGED['sqlite']}; END"
    return (
        f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {_quoted(table)} "
        "FOR EACH STATEMENT EXECUTE FUNCTION cms_content_changed()"
    )


def _wanted() -> set[tuple[str, str]]:
    """Each trigger by its table and name."""
    tables = _tables() - PRIVATE
    if connection.vendor == "sqlite":
        return {(table, f"{TRIGGER}_{event}_{table}") for table in tables for event in EVENTS}
    return {(table, TRIGGER) for table in tables}


def _tables() -> set[str]:
    return {table for (table,) in _rows(TABLES[connection.vendor])}


def _existing() -> set[tuple[str, str]]:
    return {(table, name) for table, name in _rows(TRIGGERS[connection.vendor])}


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def forget_old_changes() -> None:
    """Every minute. This is a change of the version like any other."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), max(id) FROM cms_content_change")
        count, newest = cursor.fetchone()
        if count > MOST_CHANGES:
            cursor.execute("DELETE FROM cms_content_change WHERE id < %s", [newest])

"""The version of the content moves with every change that a public page may show, neither sooner nor later."""

import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Revision

from cms import checks
from cms.routing import content_version
from directory.models import OrganisationPage, Topic
from news.models import NewsPage
from tests import factories
from tests.invariants.test_no_cookie_and_no_foreign_host import ADDRESSES, FORMS, WITHOUT_LANGUAGE
from tests.invariants.test_reading_during_locks import MACHINES

NAMED = re.compile(r'(?:FROM|JOIN|UPDATE|INTO)\s+"(\w+)"')


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def moved(act: Callable[[], object]) -> bool:
    before = content_version.current()
    assert before
    act()
    return content_version.current() != before


# Which tables count


@pytest.mark.django_db
def test_every_table_that_is_not_private_counts_its_changes() -> None:
    assert content_version.is_installed()
    assert content_version.missing() == []
    assert len(content_version._wanted()) > 60
    assert checks.changes_are_counted() == []


@pytest.mark.django_db
def test_private_tables_exist() -> None:
    others = {"cms_content_change" if connection.vendor == "sqlite" else "cms_content_version"}
    assert content_version.PRIVATE - content_version._tables() == others


@pytest.mark.django_db
def test_a_new_table_is_missed_until_it_counts() -> None:
    assert content_version.current()
    execute("CREATE TABLE dates_new (id integer)")
    assert content_version.missing() == ["dates_new"]
    [problem] = checks.changes_are_counted()
    assert problem.id == "cms.W003" and "dates_new" in problem.msg
    assert moved(content_version.install)
    assert content_version.missing() == []
    assert not moved(content_version.install)
    assert moved(lambda: execute("INSERT INTO dates_new VALUES (1)"))


@pytest.mark.django_db
def test_nothing_is_known_while_a_table_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_version, "_complete", set())
    execute("CREATE TABLE dates_new (id integer)")
    assert content_version.current() is None
    content_version.install()
    assert content_version.current()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL changes tables in place")
@pytest.mark.django_db
def test_a_table_that_was_built_anew_counts_again_after_migrations() -> None:
    execute("CREATE TABLE dates_new AS SELECT * FROM wagtailredirects_redirect")
    execute("DROP TABLE wagtailredirects_redirect")
    execute("ALTER TABLE dates_new RENAME TO wagtailredirects_redirect")
    assert content_version.missing() == ["wagtailredirects_redirect"]
    content_version.install()
    assert content_version.missing() == []


def test_no_page_reads_what_is_private(demo: None) -> None:
    """As anybody who is not logged in; forms that set a cookie are never kept."""
    named: dict[str, set[str]] = {}
    client = Client()  # not the one that has the search follow before it asks
    pages = [f"/{code}/{rest}" for code in ("de", "ar", "de-simple") for rest in (*ADDRESSES, *MACHINES)]
    organisation = OrganisationPage.objects.filter(live=True).first()
    pages += [f"/de/calendar/organisation/{organisation.translation_key}.ics", "/de/calendar/topic/bildung.ics"]
    for address in [*pages, *WITHOUT_LANGUAGE]:
        if any(form in address for form in (*FORMS, "/healthz")):
            continue
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        for query in queries.captured_queries:
            for table in NAMED.findall(query["sql"]):
                named.setdefault(table, set()).add(address)
    assert len(named) > 40, "this test sees no queries"
    assert {table: sorted(named[table])[:3] for table in content_version.PRIVATE & named.keys()} == {}


# Which changes count


def change_many() -> None:
    NewsPage.objects.update(lead="Neu")


def truncate() -> None:
    execute("TRUNCATE wagtailredirects_redirect" if connection.vendor == "postgresql" else "DELETE FROM dates_place")


@pytest.mark.django_db
def test_every_kind_of_change_counts() -> None:
    site = factories.municipality()
    article = factories.article(factories.news_index(site))
    factories.place()
    topic = factories.topic("bildung")
    organisation = factories.organisation(factories.directory(site))
    acts: list[Callable[[], object]] = [
        lambda: factories.topic("kultur"),
        lambda: Topic.objects.bulk_create([Topic(key="sport")], ignore_conflicts=True),
        change_many,
        lambda: NewsPage.objects.bulk_update([article], ["lead"]),
        lambda: organisation.topics.through.objects.create(organisationpage=organisation, topic=topic),
        lambda: execute("UPDATE wagtailcore_page SET title = 'Neu'"),
        lambda: article.unpublish(),
        lambda: article.delete(),
        truncate,
    ]
    assert [moved(act) for act in acts] == [True] * len(acts)


@pytest.mark.django_db
def test_what_no_page_shows_does_not_count() -> None:
    article = factories.article(factories.news_index(factories.municipality()))

    def act() -> None:
        Session.objects.create(session_key="a", session_data="", expire_date=timezone.now())
        Revision.objects.create(content_object=article, content={})

    assert not moved(act)


@pytest.mark.django_db
def test_what_is_taken_back_did_not_count() -> None:
    def act() -> None:
        with transaction.atomic():
            factories.topic("kultur")
            transaction.set_rollback(True)

    assert not moved(act)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps one row")
@pytest.mark.django_db
def test_old_changes_are_forgotten_and_the_version_stays_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_version, "MOST_CHANGES", 3)
    seen = set()
    for number in range(9):
        factories.topic(f"thema-{number}")
        content_version.forget_old_changes()
        seen.add(content_version.current())
    assert len(seen) == 9
    [[count]] = content_version._rows("SELECT count(*) FROM cms_content_change")
    assert count <= 4


# Two that don't wait for each other

WRITER = """
import sqlite3, sys, time
if sys.argv[1] == "sqlite":
    other = sqlite3.connect(sys.argv[2], isolation_level=None)
else:
    import psycopg
    other = psycopg.connect(sys.argv[2], autocommit=True)
other.execute("BEGIN")
other.execute("UPDATE directory_topic SET key = 'neu'")
print("written", flush=True)
time.sleep(60)
"""


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with a topic, and by what others open it."""
    if connection.vendor == "postgresql":
        request.getfixturevalue("database_of_its_own")
        factories.topic("alt")
        values = connection.get_connection_params()
        yield " ".join(f"{name}={values[name]}" for name in ("host", "port", "user", "dbname") if values.get(name))
        return
    request.getfixturevalue("db")
    factories.topic("alt")
    path = tmp_path / "copy.sqlite3"
    path.write_bytes(connection.connection.serialize())
    yield str(path)


@contextmanager
def opened(database: str) -> Iterator[Any]:
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(database, isolation_level=None)) as other:
            yield other
        return
    import psycopg

    with closing(psycopg.connect(database, autocommit=True)) as other:
        yield other


def read(other: Any) -> tuple[str, str]:
    """The version, and what a page would show then."""
    [[version]] = other.execute(content_version.STATE[connection.vendor]).fetchall()
    [[key]] = other.execute("SELECT key FROM directory_topic").fetchall()
    return version, key


def test_a_change_counts_when_it_can_be_read_and_not_before(database: str) -> None:
    with opened(database) as reader, opened(database) as writer:
        before = read(reader)
        writer.execute("BEGIN")
        writer.execute("UPDATE directory_topic SET key = 'neu'")
        assert read(reader) == before
        writer.execute("COMMIT")
        version, key = read(reader)
        assert version != before[0] and key == "neu"


def test_a_writer_that_is_killed_has_changed_nothing(database: str) -> None:
    with opened(database) as reader:
        before = read(reader)
        writer = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", WRITER, connection.vendor, database], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout and writer.stdout.readline() == "written\n"
        assert read(reader) == before
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        assert read(reader) == before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_writers_do_not_wait_for_each_other_and_both_count(database: str) -> None:
    """Also the one that began first and ends last, whose number is the lower one."""
    with opened(database) as reader, opened(database) as slow, opened(database) as quick:
        versions = [read(reader)[0]]
        slow.execute("BEGIN")
        slow.execute("UPDATE directory_topic SET key = 'langsam'")
        quick.execute("UPDATE dates_place SET key = 'schnell'")
        versions.append(read(reader)[0])
        slow.execute("COMMIT")
        versions.append(read(reader)[0])
        assert len(set(versions)) == 3

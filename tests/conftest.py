"""What every test stands on: compiled catalogues, a data folder of its own, and the demo content for those who ask."""

import gc
import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from cms.localization import languages
from cms.search import following
from cms.settings.environment import bin_storage, storage
from tests import migrated, on_postgres
from tests.skips import pytest_make_collect_report, pytest_runtest_makereport  # noqa: F401 (hooks)

hypothesis_settings.register_profile("patient", deadline=None, max_examples=40)
hypothesis_settings.load_profile("patient")


def pytest_configure(config: pytest.Config) -> None:
    """Compiles the catalogues once, before xdist starts its workers."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        call_command("compile_catalogues")


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the demo content run one after another on one worker, so that it is loaded once."""
    for item in items:
        if wants_demo(item):
            item.add_marker(pytest.mark.xdist_group("demo"))
    on_postgres.choose(items)
    items.sort(key=wants_demo)  # stable


def pytest_collection_finish() -> None:
    """What is there now stays to the end: looking through it again and again for garbage takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Files made for a test may carry the time, and every worker must call a test by the same name."""
    is_file = isinstance(val, bytes) and (len(val) > 40 or not val.decode("latin-1").isprintable())
    return argname if is_file else None


def pytest_runtest_setup(item: pytest.Item) -> None:
    if Kept.is_demo and not wants_demo(item):
        Kept.leave()


def pytest_sessionfinish() -> None:
    Kept.leave()


def wants_demo(item: pytest.Item) -> bool:
    return "demo" in getattr(item, "fixturenames", ())


@contextmanager
def content_kept(blocker: Any) -> Iterator[None]:
    """What is made inside is there for several tests, whose own transactions nest in this one, and gone afterwards."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
    forget_what_is_remembered()


class Kept:
    """Content that several tests share: that of one module, or the demo content, never both."""

    opened: ExitStack | None = None
    is_demo = False

    @classmethod
    def enter(cls, blocker: Any, *, demo: bool) -> ExitStack:
        cls.leave()
        cls.opened, cls.is_demo = ExitStack(), demo
        cls.opened.enter_context(content_kept(blocker))
        return cls.opened

    @classmethod
    def leave(cls) -> None:
        if cls.opened is not None:
            opened, cls.opened, cls.is_demo = cls.opened, None, False
            opened.close()


def forget_what_is_remembered() -> None:
    """Locales and pages of a transaction that is gone must not be found in memory."""
    from wagtail.models import Site

    from cms.localization import locales
    from cms.search.vocabulary import vocabulary

    vocabulary.forget()
    cache.clear()
    Site.clear_site_root_paths_cache()
    locales._forget()


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Uploads, log-ins and the like of this run (of each worker) go into a folder that pytest removes."""
    folder = tmp_path_factory.mktemp("data")
    storages = {
        **django_settings.STORAGES,
        "default": storage("", folder / "media"),
        "bin": bin_storage("", folder / "bin"),
    }
    for chatty in ("django_tasks", "wagtail", "django.request", "axes"):
        logging.getLogger(chatty).setLevel(logging.ERROR)
    queue = "cms.mail.backend.EmailBackend"  # Django's test environment has put one that sends into its place
    with override_settings(DATA_DIR=folder, MEDIA_ROOT=folder / "media", STORAGES=storages, EMAIL_BACKEND=queue):
        yield folder


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(request: pytest.FixtureRequest) -> None:
    """A database for each worker; that of SQLite lies in the worker's own memory, which pytest-django cannot know."""
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    if worker and connection.vendor != "sqlite":
        test = connection.settings_dict["TEST"]
        test["NAME"] = f"{test['NAME'] or 'test_' + connection.settings_dict['NAME']}_{worker}"
    migrated.take()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Migrated, or as the last run had migrated it."""
    with django_db_blocker.unblock():
        migrated.keep(connection)


@pytest.fixture(scope="session")
def migrated_database(django_db_setup: None) -> bytes:
    """For processes with a database of their own, as migrating takes long; empty when this run has migrated none."""
    return migrated.Migrated.contents


@pytest.fixture(scope="module")
def kept(data_folder: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For fixtures of a module that make content once for all its tests."""
    mine = Kept.enter(django_db_blocker, demo=False)
    translation.activate(languages.SOURCE)
    yield
    if Kept.opened is mine:
        Kept.leave()


@pytest.fixture(autouse=True)
def fresh_start() -> Iterator[None]:
    """No test sees what another one cached, nor the language that it left active."""
    from cms.search.vocabulary import vocabulary

    cache.clear()
    vocabulary.forget()  # its words had keys that others have now
    translation.activate(languages.SOURCE)
    yield
    translation.activate(languages.SOURCE)


class ReadingClient(Client):
    """Reads what is streamed at once: an answer that nobody reads closes the database when memory is tidied up.

    Before something is looked for, the search follows what tests have written past all views, as the clock has it do.
    """

    def request(self, **request: Any) -> Any:
        if "q=" in request.get("QUERY_STRING", ""):
            following.follow()
        response = super().request(**request)
        if response.streaming:
            response.streaming_content = [b"".join(response)]
        return response


@pytest.fixture
def client() -> Client:
    return ReadingClient()


@pytest.fixture(scope="module")
def demo_content(data_folder: Path, django_db_setup: None, django_db_blocker: Any) -> None:
    """Loads the demo content unless the module before has left it."""
    from home.demo import loading

    if not Kept.is_demo:
        Kept.enter(django_db_blocker, demo=True)
        try:
            loading.load_everything(lambda line: None)
        except BaseException:
            Kept.leave()
            raise


@pytest.fixture
def demo(demo_content: None, db: None) -> None:
    """The demo content as `make run` shows it; what the test changes is undone."""
    assert Kept.is_demo
    forget_what_is_remembered()


@pytest.fixture
def database_of_its_own(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the database of the tests, in which two connections see what the other one has committed."""
    original = connection.settings_dict["NAME"]
    copy = f"{original}_two"
    with django_db_blocker.unblock():
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{original}"')
        connection.settings_dict["NAME"] = copy
        forget_what_is_remembered()
        yield
        connection.close()
        connection.settings_dict["NAME"] = original
        forget_what_is_remembered()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{copy}"')

"""Settings from the environment fail closed and say what is missing."""

import os
import subprocess  # settings modules are read once a process
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.settings import environment

ROOT = Path(__file__).resolve().parent.parent.parent
COMPLETE = {
    "SECRET_KEY": "f3Jc8z1Qw0pLk5VtYb7NmXs2Gd9RhAe4UiOo6TqEyWxZ-CvBn_MjKlP",
    "ALLOWED_HOSTS": "www.example.org, example.org",
    "BASE_URL": "https://www.example.org",
    "DATABASE_URL": "postgres://user:password@db.example.org/miteinander",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "website@example.org",
}


def run(*command: str, folder: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """A command in production settings with ``COMPLETE`` and ``changes``; "" takes a variable away."""
    values = {**COMPLETE, **changes, "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "cms.settings.production"}
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "VIRTUAL_ENV") if name in os.environ}
    return subprocess.run(  # noqa: S603
        [sys.executable, *command],
        env={**inherited, **{name: value for name, value in values.items() if value}},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


LOAD = ("-c", "import cms.settings.production")


@pytest.mark.parametrize("name", COMPLETE)
def test_production_does_not_start_without_what_it_needs(tmp_path: Path, name: str) -> None:
    result = run(*LOAD, folder=tmp_path, **{name: ""})
    assert result.returncode != 0
    assert f"ImproperlyConfigured: {name} is not set. " in result.stderr


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name the hosts"),
        ({"BASE_URL": "http://www.example.org"}, "BASE_URL must begin with https://"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL cannot be read"),
        ({"STORAGE_URL": "ftp://files.example"}, "STORAGE_URL must look like"),
        ({"OUTBOUND_TEST_HOSTS": "127.0.0.1:8000"}, "OUTBOUND_TEST_HOSTS is for tests only"),
        ({"OUTBOUND_TEST_HOSTS": "10.0.0.1:8000"}, "OUTBOUND_TEST_HOSTS must look like 127.0.0.1:PORT"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_production_does_not_start_with_what_cannot_be_right(
    tmp_path: Path, changes: dict[str, str], sentence: str
) -> None:
    result = run(*LOAD, folder=tmp_path, **changes)
    assert result.returncode != 0
    assert sentence in result.stderr


def test_with_everything_given_the_deployment_check_is_clean(tmp_path: Path) -> None:
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", folder=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")


def test_demo_content_has_no_place_in_production(tmp_path: Path) -> None:
    result = run(
        "-c",
        "from cms.settings import production as p; print(p.DEBUG, p.DEMO_ACCOUNTS_ALLOWED, p.SESSION_COOKIE_SECURE)",
        folder=tmp_path,
    )
    assert result.stdout.split() == ["False", "False", "True"]


@pytest.mark.parametrize("settings_module", ["production", "dev"])
def test_what_developers_see_is_nowhere_else(tmp_path: Path, settings_module: str) -> None:
    """Neither mails nor the debug toolbar: `make run` is a real installation, too."""
    asked = (
        f"import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'cms.settings.{settings_module}'; import django\n"
        "django.setup()\n"
        "from django.conf import settings; from django.urls import Resolver404, resolve\n"
        "for address in ('/dev/mails/', '/dev/mails/1-a/html/', '/__debug__/render_panel/'):\n"
        "    try: print(resolve(address))\n"
        "    except Resolver404: print('nothing')\n"
        "print(settings.DEBUG, [name for name in settings.INSTALLED_APPS if 'debug' in name or 'development' in name])"
    )
    result = run("-c", asked, folder=tmp_path, DEBUG="true")
    assert result.stdout.split("\n")[:4] == ["nothing", "nothing", "nothing", "False []"], result.stderr


def test_other_hosts_of_the_city_are_left_alone(tmp_path: Path) -> None:
    """Below a city's domain stand services that speak http; the lists of browsers cannot be left for months."""
    asked = "from cms.settings import production as p; print(p.SECURE_HSTS_INCLUDE_SUBDOMAINS, p.SECURE_HSTS_PRELOAD)"
    assert run("-c", asked, folder=tmp_path).stdout.split() == ["False", "False"]
    wanted = {"SECURE_HSTS_INCLUDE_SUBDOMAINS": "true", "SECURE_HSTS_PRELOAD": "true"}
    assert run("-c", asked, folder=tmp_path, **wanted).stdout.split() == ["True", "True"]


# Addresses of services


def test_sqlite_waits_for_its_turn_to_write(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new/site.sqlite3")
    config = environment.database("")
    assert config["NAME"] == f"{tmp_path}/new/site.sqlite3"
    assert (tmp_path / "new").is_dir()
    assert config["ENGINE"] == "cms.database.sqlite3"
    assert config["OPTIONS"]["timeout"] == 20
    assert "journal_mode=WAL" in config["OPTIONS"]["init_command"]


def test_postgres_is_named_by_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://me:p%40ss@db.example:5433/site")
    config = environment.database("")
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert [config[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        *("me", "p@ss", "db.example", 5433, "site"),
    ]
    assert config["CONN_HEALTH_CHECKS"] is True


def test_without_an_address_the_default_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CACHE_URL", raising=False)
    assert "locmem" in environment.url_setting("CACHE_URL", "cache_url_config", "locmemcache://")["BACKEND"].lower()
    monkeypatch.setenv("CACHE_URL", "")
    assert "locmem" in environment.url_setting("CACHE_URL", "cache_url_config", "locmemcache://")["BACKEND"].lower()


@pytest.mark.parametrize(
    ("name", "reader", "value", "backend"),
    [
        ("CACHE_URL", "cache_url_config", "redis://cache.example:6379/1", "redis"),
        ("CACHE_URL", "cache_url_config", "rediss://cache.example:6379/1", "redis"),
        ("EMAIL_URL", "email_url_config", "smtp+tls://me:secret@mail.example:587", "smtp"),
        ("EMAIL_URL", "email_url_config", "consolemail://", "console"),
    ],
)
def test_caches_and_mail_servers_are_named_by_addresses(
    monkeypatch: pytest.MonkeyPatch, name: str, reader: str, value: str, backend: str
) -> None:
    monkeypatch.setenv(name, value)
    config = environment.url_setting(name, reader, "")
    assert backend in str(config.get("BACKEND") or config.get("EMAIL_BACKEND")).lower()


def test_a_shared_cache_can_be_used_by_django(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.utils.module_loading import import_string

    monkeypatch.setenv("CACHE_URL", "redis://cache.example:6379/1")
    config = environment.url_setting("CACHE_URL", "cache_url_config", "")
    location, options = config.pop("LOCATION"), {key: value for key, value in config.items() if key != "BACKEND"}
    assert import_string(config["BACKEND"])(location, options) is not None


@pytest.mark.parametrize(("name", "reader"), [("CACHE_URL", "cache_url_config"), ("EMAIL_URL", "email_url_config")])
@pytest.mark.parametrize("value", ["nonsense", "foo://bar", "://", "redis://[::1"])
def test_an_address_that_cannot_be_read_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, reader: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=f"^{name} cannot be read"):
        environment.url_setting(name, reader, "")


def test_without_an_address_files_lie_in_a_folder_that_the_platform_alone_reads(tmp_path: Path) -> None:
    config = environment.storage("", tmp_path)
    assert config["BACKEND"].endswith("FileSystemStorage")
    assert config["OPTIONS"] == {
        "location": str(tmp_path),
        "file_permissions_mode": 0o600,
        "directory_permissions_mode": 0o700,
    }


def test_an_s3_service_is_named_by_an_address(tmp_path: Path) -> None:
    config = environment.storage("s3://KEY:s%2Fcret@files.example:9000/bucket?region=eu&domain=cdn.example", tmp_path)
    expected: dict[str, Any] = {
        "bucket_name": "bucket",
        "endpoint_url": "https://files.example:9000",
        "access_key": "KEY",
        "secret_key": "s/cret",
        "region_name": "eu",
        "public_endpoint": "https://cdn.example",
        "file_overwrite": False,
        "querystring_auth": True,
        "signature_version": "s3v4",
    }
    assert config["OPTIONS"] == expected


@pytest.mark.parametrize(
    "value", ["nonsense", "s3://", "s3://files.example", "http://files.example/bucket", "s3://files.example:x/bucket"]
)
def test_a_storage_address_that_cannot_be_read_is_named(tmp_path: Path, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^STORAGE_URL"):
        environment.storage(value, tmp_path)

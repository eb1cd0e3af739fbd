"""Reads settings from environment variables and fails closed with a sentence that says what is missing."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

ADDRESSING_STYLES = ("path", "virtual")
ENGINES = ("django.db.backends.postgresql", "django.db.backends.sqlite3")


def required(name: str, purpose: str) -> str:
    """Value of the variable ``name``; without it the program does not start and says why it is needed."""
    value: str = env.str(name, default="").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {purpose}")
    return value


def one_of(name: str, values: tuple[str, ...]) -> str:
    """Value of the variable ``name``; the first of ``values`` when it is not set."""
    value: str = env.str(name, default="").strip() or values[0]
    if value not in values:
        raise ImproperlyConfigured(f"{name} must be one of: {', '.join(values)}.")
    return value


def require_origin(name: str, url: str) -> None:
    """An address to which paths are appended must have none itself, or every link would be wrong."""
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        parts, has_host = urlsplit(""), False
    if not has_host or parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise ImproperlyConfigured(f"{name} must be scheme and host only, for example https://example.org, not {url}.")


def url_setting(name: str, reader: str, default: str) -> dict[str, Any]:
    """``DATABASE_URL``, ``CACHE_URL`` or ``EMAIL_URL`` as Django's dictionary; an unreadable URL is named."""
    value = env.str(name, default="") or default
    try:
        config: dict[str, Any] = getattr(environ.Env, reader)(value)
    except Exception as error:
        raise ImproperlyConfigured(f"{name} cannot be read ({error}).") from error
    return config


def database(default: str) -> dict[str, Any]:
    """``DATABASE_URL`` with what each engine needs for safe concurrent writing."""
    config = url_setting("DATABASE_URL", "db_url_config", default)
    if config.get("ENGINE") not in ENGINES:
        raise ImproperlyConfigured("DATABASE_URL cannot be read (it must begin with postgres:// or sqlite:///).")
    if config["ENGINE"].endswith("sqlite3"):
        if config["NAME"] != ":memory:":
            Path(config["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        config["ENGINE"] = "cms.database.sqlite3"
        config["CONN_MAX_AGE"] = None  # opening it anew costs each request a third of its time
        config["OPTIONS"] = {
            "timeout": env.float("SQLITE_TIMEOUT", default=20.0),
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000; "
                "PRAGMA temp_store=MEMORY;"  # a full disk must not stop a reader that sorts
            ),
        }
    else:
        config["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
        config["CONN_HEALTH_CHECKS"] = True
    return config


def cache(default: str) -> dict[str, Any]:
    """``CACHE_URL``; of Redis a client that takes a server which is away for an empty one."""
    config = url_setting("CACHE_URL", "cache_url_config", default)
    if config["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
        config["BACKEND"] = "cms.cache.RedisCache"
    return config


def storage(url: str, media_root: Path, plain_http: Collection[str] = ()) -> dict[str, Any]:
    """``STORAGE_URL`` as an entry of Django's ``STORAGES``.

    Empty means the media folder; ``s3://KEY:SECRET@endpoint.example/bucket?region=eu-central-1`` means any
    S3-compatible service, reached by https (a test server among ``plain_http`` by http). ``style=path`` or
    ``style=virtual`` says where its addresses name the bucket, for a service that knows only one of them.
    """
    if not url:
        # A text: who takes a storage apart (Wagtail for its jobs) must be able to write it down.
        location = {"location": str(media_root), "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": location}
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise ImproperlyConfigured(f"STORAGE_URL cannot be read ({error}).") from error
    bucket = parts.path.strip("/")
    if parts.scheme != "s3" or not parts.hostname or not bucket:
        raise ImproperlyConfigured("STORAGE_URL must look like s3://KEY:SECRET@endpoint/bucket?region=REGION.")
    scheme = "http" if f"{parts.hostname}{port}" in plain_http else "https"
    options: dict[str, Any] = {
        "bucket_name": bucket,
        "endpoint_url": f"{scheme}://{parts.hostname}{port}",
        "file_overwrite": False,
        "querystring_auth": True,
        "signature_version": "s3v4",
    }
    if parts.username:
        options["access_key"] = unquote(parts.username)
        options["secret_key"] = unquote(parts.password or "")
    query = dict(parse_qsl(parts.query))
    if "region" in query:
        options["region_name"] = query["region"]
    if "style" in query:
        if query["style"] not in ADDRESSING_STYLES:
            raise ImproperlyConfigured(f"STORAGE_URL: style must be path or virtual, not {query['style']}.")
        options["addressing_style"] = query["style"]
    if "domain" in query:
        options["public_endpoint"] = f"{scheme}://{query['domain']}"
    return {"BACKEND": "cms.outbound.s3_storage.SignedStorage", "OPTIONS": options}


def bin_storage(url: str, folder: Path, plain_http: Collection[str] = ()) -> dict[str, Any]:
    """``STORAGE_URL`` as the storage of files in the bin: no address of the site leads there.

    On one machine a folder beside the one of files in use; in S3 the names below ``bin/``.
    """
    config = storage(url, folder, plain_http)
    if url:
        config["OPTIONS"]["location"] = "bin"
    return config


def test_hosts() -> list[str]:
    """``OUTBOUND_TEST_HOSTS``: servers on this machine to which the guarded client may speak plain http."""
    found: list[str] = env.list("OUTBOUND_TEST_HOSTS", default=[])
    for host in found:
        if not re.fullmatch(r"127\.0\.0\.1:\d{1,5}", host):
            raise ImproperlyConfigured(f"OUTBOUND_TEST_HOSTS must look like 127.0.0.1:PORT, not {host}.")
    return found

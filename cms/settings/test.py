"""Settings of the test suite: as the local installation, without its data folder."""

import os
import sys
import tempfile
from pathlib import Path

from cms.settings.base import *  # noqa: F403
from cms.settings.base import STORAGES
from cms.settings.environment import bin_storage, database, storage

# Compiled modules, and those that pytest has rewritten, are kept also where the environment forbids it, as containers
# do: else every start, and that of each process that a test starts, does it all again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver", ".localhost"]
DEMO_ACCOUNTS_ALLOWED = True
DATA_DIR = Path(tempfile.gettempdir()) / "miteinander-tests"
DATABASES = {"default": database(f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
MEDIA_ROOT = DATA_DIR / "private"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    **STORAGES,
    "default": storage("", MEDIA_ROOT),
    "bin": bin_storage("", DATA_DIR / "bin"),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

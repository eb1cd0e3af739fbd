"""The local installation of ``make run``: production's behaviour on one machine, with demo content."""

import secrets

from cms.settings.base import *  # noqa: F403
from cms.settings.base import DATA_DIR
from cms.settings.environment import env


def local_secret_key() -> str:
    """The key of this installation, made once and kept beside its database."""
    path = DATA_DIR / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


SECRET_KEY = env.str("SECRET_KEY", default="") or local_secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", ".localhost"])
DEMO_ACCOUNTS_ALLOWED = True

"""A city's own installation. Starts only when everything that it needs is given."""

from django.core.exceptions import ImproperlyConfigured

from cms.settings.base import *  # noqa: F403
from cms.settings.base import OUTBOUND_TEST_HOSTS
from cms.settings.environment import env, one_of, require_origin, required

DEBUG = False
SECRET_KEY = required("SECRET_KEY", "It signs sessions and links; make one with: openssl rand -base64 50")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is too short: it needs at least 50 characters.")
ALLOWED_HOSTS = [
    host.strip()
    for host in required("ALLOWED_HOSTS", "Name the site's host names, separated by commas.").split(",")
    if host.strip()
]
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured('ALLOWED_HOSTS must name the hosts; "*" would accept forged ones.')
if OUTBOUND_TEST_HOSTS:
    raise ImproperlyConfigured("OUTBOUND_TEST_HOSTS is for tests only: it would open servers inside the network.")
required("DATABASE_URL", "For example postgres://user:password@db.example/miteinander")
required("EMAIL_URL", "For example smtp+tls://user:password@mail.example:587")
BASE_URL = required("BASE_URL", "The address of the site as people type it, for example https://example.org")
require_origin("BASE_URL", BASE_URL)
if not BASE_URL.startswith("https://"):
    raise ImproperlyConfigured("BASE_URL must begin with https://, because cookies are sent by https only.")
DEFAULT_FROM_EMAIL = required("DEFAULT_FROM_EMAIL", "Mails to editors and organisations come from this address.")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

CSRF_TRUSTED_ORIGINS = [f"https://{host.removeprefix('.')}" for host in ALLOWED_HOSTS]
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
# A city has other services below its domain, which these two would lock out of http, the second one for good.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=True)
PROXY_COUNT = env.int("PROXY_COUNT", default=1)
PROXY_HEADER = one_of("PROXY_HEADER", ("X-Forwarded-For", "Forwarded"))

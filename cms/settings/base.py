"""What every installation shares; the other modules only add what differs."""

from pathlib import Path
from typing import Any

from django.conf import locale as django_locale

from cms.localization import languages
from cms.settings.environment import bin_storage, cache, database, env, storage, test_hosts, url_setting
from cms.settings.security import *  # noqa: F403 (settings modules are read as one namespace)
from cms.settings.translation import MACHINE_TRANSLATION  # noqa: F401

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data")))

INSTALLED_APPS = [
    "home",
    "news",
    "directory",
    "dates",
    "translations",
    "cms",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.apps.UsersConfig",
    "wagtail.snippets",
    "cms.bin.apps.DocumentsConfig",
    "cms.bin.apps.ImagesConfig",
    "wagtail.search",
    "cms.apps.AdminConfig",
    "wagtail",
    "modelcluster",
    "taggit",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "cms.database.reading.ReadingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "cms.http.security_headers.SecurityHeadersMiddleware",
    "cms.routing.sites.CurrentSiteMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.http.health.HealthMiddleware",
    "cms.http.proxies.ProxyMiddleware",
    "cms.http.maintenance.MaintenanceMiddleware",
    "cms.search.following.FollowMiddleware",
    "cms.http.caching.CacheControlMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.http.caching.TextCompressionMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "cms.routing.unchanged.UnchangedMiddleware",
    "cms.forms.sent_forms.SentFormMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.routing.language_prefix.LanguagePrefixMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cms.http.errors.ThrottlingMiddleware",
    "cms.database.request_memory.RequestMemoryMiddleware",
    "cms.admin.draft_titles.ReaderMiddleware",
    "cms.accounts.second_factor.SecondFactorMiddleware",
    "cms.bin.admin.BinMiddleware",
    "cms.admin.reports.ReportsMiddleware",
    "cms.routing.redirects.ReaderRedirectMiddleware",
    "cms.admin.refusals.RefusalMiddleware",
    "cms.admin.context.AdminContextMiddleware",
    "axes.middleware.AxesMiddleware",
    "cms.localization.clean_input.CleanInputMiddleware",
    "cms.forms.kept.KeptFormMiddleware",
    "cms.database.refused.RefusedWriteMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.routing.layout.context",
            ],
            "builtins": ["cms.templatetags.words"],
        },
    },
]

DATABASES = {"default": database(f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
CACHES = {"default": cache("locmemcache://")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

_mail = url_setting("EMAIL_URL", "email_url_config", "consolemail://")
MAIL_TRANSPORT = _mail.pop("EMAIL_BACKEND")  # speaks with the mail server; only `cms.mail.sending` uses it
globals().update(_mail)
EMAIL_BACKEND = "cms.mail.backend.EmailBackend"  # puts into the queue
EMAIL_TIMEOUT = 20  # seconds for each answer of the mail server
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="miteinander@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

OUTBOUND_TEST_HOSTS = test_hosts()

# Languages

LANGUAGE_CODE = languages.SOURCE
LANGUAGES = languages.django_languages()
WAGTAIL_CONTENT_LANGUAGES = languages.django_languages()
django_locale.LANG_INFO.update(languages.lang_info(django_locale.LANG_INFO))
LANGUAGES_BIDI = sorted(languages.RIGHT_TO_LEFT_SUBTAGS)
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["cms.localization.input_formats"]
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Berlin")
USE_I18N = True
USE_TZ = True

# Files

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
# Read by the platform alone: it looks who asks before it sends a file, as no other server does.
MEDIA_ROOT = DATA_DIR / "private"
STORAGE_URL = env.str("STORAGE_URL", default="")
STORAGES: dict[str, dict[str, Any]] = {
    "default": storage(STORAGE_URL, MEDIA_ROOT, OUTBOUND_TEST_HOSTS),
    "bin": bin_storage(STORAGE_URL, DATA_DIR / "bin", OUTBOUND_TEST_HOSTS),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # long pages in the editor have many fields

# Log-in

AUTH_USER_MODEL = "cms.User"
LOGIN_URL = "wagtailadmin_login"
MEMBERS_LOGIN_URL = "my_login"
DEMO_ACCOUNTS_ALLOWED = False

# Where readers say what is wrong with a page: a view that knows ``?page=``

FEEDBACK_URL = "barrier"

# Wagtail

WAGTAIL_SITE_NAME = "Miteinander"
WAGTAIL_I18N_ENABLED = True
# What is typed in the admin is the time of the city, wherever somebody sits: there is nothing to choose.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H:%M"
WAGTAILADMIN_USER_LOGIN_FORM = "cms.accounts.second_factor.LoginForm"
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default=f"http://localhost:{env.str('PORT', default='8000')}")
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.admin.workflows.publish_reviewed"
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = (
    False  # Wagtail's sends its mail in the request; there is one way, cms.urls leads to it
)
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", "Deutsch"), ("en", "English")]
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "link", "ul", "ol", "document-link"]},
    },
}
WAGTAILIMAGES_IMAGE_MODEL = "cms.Image"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.media.images.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "heic", "jpeg", "jpg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 110_000_000  # phones take up to 108 million
WAGTAILIMAGES_FEATURE_DETECTION_ENABLED = False
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ics", "mp4", "odt", "pdf", "txt", "webm", "xlsx"]
WAGTAILDOCS_PASSWORD_REQUIRED_TEMPLATE = "wagtailcore/password_required.html"  # noqa: S105 (a template)
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# Not all of the index in one transaction: on SQLite nobody else could write until its end.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "ATOMIC_REBUILD": False}}

# A submitted translation of a live page must not publish German words under another language.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# Deleting a translation keeps its words.
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "cms.log_lines.Formatter", "format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "one_line": {"()": "cms.log_lines.OneLine", "format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        # `db_worker` sets the level of its loggers itself and would write two lines for every job.
        "complaints": {"class": "logging.StreamHandler", "formatter": "line", "level": "WARNING"},
        "refusals": {"class": "logging.StreamHandler", "formatter": "one_line"},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "axes": {"level": "WARNING"},
        # What strangers send, a forged host for example: one line, and Django's logger for requests says it again.
        "django.security": {"handlers": ["refusals"], "level": "WARNING", "propagate": False},
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"handlers": ["complaints"], "level": "WARNING", "propagate": False},
        "django_tasks_db": {"handlers": ["complaints"], "level": "WARNING", "propagate": False},
    },
}

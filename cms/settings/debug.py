"""The local installation while somebody changes it (``make dev``): the same data, and nothing hidden from them."""

from csp.constants import SELF

from cms.settings.dev import *  # noqa: F403
from cms.settings.dev import CONTENT_SECURITY_POLICY, INSTALLED_APPS, MIDDLEWARE

DEBUG = True
INTERNAL_IPS = ["127.0.0.1", "::1"]
INSTALLED_APPS = ["cms.development", *INSTALLED_APPS, "debug_toolbar"]
ROOT_URLCONF = "cms.development.urls"

# Inside of what compresses and answers "not changed", or the bar would come too late for both.
_inside = MIDDLEWARE.index("django.middleware.http.ConditionalGetMiddleware") + 1
MIDDLEWARE = [*MIDDLEWARE[:_inside], "debug_toolbar.middleware.DebugToolbarMiddleware", *MIDDLEWARE[_inside:]]
DEBUG_TOOLBAR_CONFIG = {"SHOW_COLLAPSED": True}
# The bar brings its own script and asks for its panels. Inline script and style stay forbidden, as on the real site.
CONTENT_SECURITY_POLICY["DIRECTIVES"] |= {
    "script-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "img-src": [SELF, "data:"],
}

# Static files as they lie in the apps.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

MAIL_TRANSPORT = "cms.development.mails.EmailBackend"
